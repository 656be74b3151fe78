from dataclasses import replace
from datetime import date

import pytest

from devices.model import CardRecord
from kiosk.domain.identity import Holder, IdentityProblem, holder_from

TODAY = date(2026, 6, 1)
CARD = CardRecord(
    layout="resident",
    name="林阿婆",
    sex="2",
    ethnic="01",
    born="19491231",
    address="广东省深圳市宝安区某路1号",
    number="11010519491231002X",
    issuer="深圳市公安局宝安分局",
    valid_from="20100101",
    valid_until=None,
)


def problem(card: CardRecord, today: date = TODAY) -> str:
    found = holder_from(card, today)
    assert isinstance(found, IdentityProblem)
    return found.code


def test_a_good_card_gives_its_holder() -> None:
    holder = holder_from(CARD, TODAY)
    assert isinstance(holder, Holder)
    assert (holder.name, holder.number, holder.born) == ("林阿婆", CARD.number, date(1949, 12, 31))
    assert holder.valid_until is None
    assert holder.document == "resident"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "110105194912310021"}, "identity.number-invalid"),
        ({"number": ""}, "identity.number-invalid"),
        ({"born": "19491230"}, "identity.birth-mismatch"),
        ({"born": "1949123"}, "identity.dates-invalid"),
        ({"born": "19491331"}, "identity.dates-invalid"),
        ({"valid_from": ""}, "identity.dates-invalid"),
        ({"valid_until": "长期有效"}, "identity.dates-invalid"),
        ({"sex": "1"}, "identity.sex-mismatch"),
        ({"name": "  "}, "identity.name-missing"),
        ({"valid_until": "20260531"}, "identity.card-expired"),
        ({"valid_from": "20260602"}, "identity.card-not-yet-valid"),
    ],
)
def test_a_card_that_contradicts_itself_or_the_calendar_identifies_nobody(
    change: dict[str, str], code: str
) -> None:
    assert problem(replace(CARD, **change)) == code


def test_a_card_is_good_until_the_end_of_its_last_day() -> None:
    card = replace(CARD, valid_until="20260601")
    assert isinstance(holder_from(card, TODAY), Holder)
    assert problem(card, date(2026, 6, 2)) == "identity.card-expired"


def test_a_sex_that_the_card_does_not_state_contradicts_nothing() -> None:
    assert isinstance(holder_from(replace(CARD, sex="9"), TODAY), Holder)


def test_the_2017_card_of_foreigners_has_a_number_of_its_own() -> None:
    card = replace(CARD, layout="foreign-2017", number="USA110075010101")
    holder = holder_from(card, TODAY)
    assert isinstance(holder, Holder)
    assert holder.document == "foreign"
    assert problem(replace(card, number=CARD.number)) == "identity.number-invalid"


def test_a_residence_permit_for_hong_kong_is_told_from_a_resident_card() -> None:
    holder = holder_from(replace(CARD, layout="hmt"), TODAY)
    assert isinstance(holder, Holder)
    assert holder.document == "hmt"


def test_neither_holder_nor_record_shows_the_person_when_printed() -> None:
    assert CARD.name not in repr(CARD)
    assert CARD.number not in repr(holder_from(CARD, TODAY))
