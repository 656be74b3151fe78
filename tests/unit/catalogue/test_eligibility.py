from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalogue.eligibility import MOST, Known, Offer, birthday, offers
from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem, Withdrawn
from kiosk.catalogue.offer_rules import AgeSpan, ChildRule, FactRule, OfferRule
from kiosk.domain.text import Text

SHENZHEN = "广东省深圳市"
GUIDE = load_builtin().item("old-age-allowance")
WHY = Text("原因", "Reason")
QUESTION = Text("是吗？", "Is it so?")
TODAY = date(2026, 11, 25)


def item(*rules: OfferRule, code: str = "item", withdrawn: Withdrawn | None = None) -> ServiceItem:
    return replace(GUIDE, code=code, offer=rules, withdrawn=withdrawn)


def person(born: date, facts: dict[str, tuple[str, ...]] | None = None) -> Known:
    return Known(born, "2", f"{SHENZHEN}宝安区新安街道", facts)


def offered(rule: OfferRule | tuple[OfferRule, ...], known: Known, today: date) -> bool:
    return bool(offers([item(*(rule if isinstance(rule, tuple) else (rule,)))], known, today))


SENIOR = OfferRule(WHY, age=AgeSpan(65, 66))


@pytest.mark.parametrize(
    ("today", "fits"),
    [
        (date(2026, 5, 16), False),
        (date(2026, 5, 17), True),
        (date(2026, 5, 18), True),
        (date(2027, 5, 16), True),
        (date(2027, 5, 17), False),
    ],
)
def test_somebody_is_offered_it_from_the_day_they_turn_65_and_for_a_year(today: date, *, fits: bool) -> None:
    assert offered(SENIOR, person(date(1961, 5, 17)), today) is fits


@pytest.mark.parametrize(
    ("today", "fits"),
    [
        (date(2025, 2, 27), False),
        (date(2025, 2, 28), True),
        (date(2026, 2, 27), True),
        (date(2026, 2, 28), False),
    ],
)
def test_somebody_born_on_29_february_turns_65_on_the_28th_of_a_common_year(
    today: date, *, fits: bool
) -> None:
    assert offered(SENIOR, person(date(1960, 2, 29)), today) is fits


def test_somebody_born_on_29_february_turns_64_on_the_29th_of_a_leap_year() -> None:
    assert birthday(date(1960, 2, 29), 64) == date(2024, 2, 29)


@pytest.mark.parametrize(("today", "fits"), [(date(2026, 4, 16), False), (date(2026, 4, 17), True)])
def test_what_takes_time_is_offered_before_the_birthday(today: date, *, fits: bool) -> None:
    early = OfferRule(WHY, age=AgeSpan(65, 66, early_days=30))
    assert offered(early, person(date(1961, 5, 17)), today) is fits


def test_sex_and_the_beginning_of_the_address_are_read_from_the_card() -> None:
    known = person(date(1960, 1, 1))
    here = OfferRule(WHY, age=AgeSpan(60), address=("湖南省", SHENZHEN), sex="2")
    assert offered(here, known, TODAY)
    assert not offered(replace(here, sex="1"), known, TODAY)
    assert not offered(replace(here, address=("湖南省",)), known, TODAY)


CHILD = (
    OfferRule(WHY, child=ChildRule(6, 8, 31)),
    OfferRule(QUESTION, certain=False, age=AgeSpan(24, 50)),
)


@pytest.mark.parametrize(
    ("born", "today", "fits"),
    [
        ("2020-08-31", date(2026, 8, 31), True),
        ("2020-09-01", date(2026, 8, 31), False),
        ("2020-08-31", date(2026, 9, 1), False),
        ("2020-09-01", date(2026, 9, 1), True),
        ("2021-08-31", date(2026, 9, 1), True),
        ("2021-09-01", date(2026, 9, 1), False),
        ("2020-02-29", date(2026, 3, 1), True),
        ("no date", date(2026, 3, 1), False),
    ],
)
def test_a_parent_is_offered_school_for_the_child_who_is_six_when_it_starts(
    born: str, today: date, *, fits: bool
) -> None:
    known = person(date(1990, 1, 1), {"family.child_born": ("2012-01-01", born)})
    found = offers([item(*CHILD)], known, today)
    assert found == ((Offer(item(*CHILD), WHY, certain=True),) if fits else ())


@pytest.mark.parametrize("born", ["9999-12-31", "0001-01-01"])
def test_a_register_may_write_the_ends_of_the_calendar_for_a_day_it_does_not_know(born: str) -> None:
    parent = person(date(1990, 1, 1), {"family.child_born": (born,)})
    assert not offered(CHILD, parent, TODAY)
    early = OfferRule(WHY, age=AgeSpan(0, 6, early_days=90))
    assert not offered(early, person(date.fromisoformat(born)), TODAY)


def test_offline_somebody_of_a_parents_age_is_asked_instead() -> None:
    (offer,) = offers([item(*CHILD)], person(date(1990, 1, 1)), TODAY)
    assert (offer.reason, offer.certain) == (QUESTION, False)
    assert not offered(CHILD, person(date(1950, 1, 1)), TODAY)


def test_somebody_who_is_known_to_have_no_child_is_not_asked() -> None:
    assert not offered(CHILD, person(date(1990, 1, 1), {}), TODAY)


def test_a_fact_of_the_district_can_make_an_offer() -> None:
    rule = OfferRule(WHY, facts=(FactRule("disability.level", ("1", "2")),))
    assert offered(rule, person(date(1990, 1, 1), {"disability.level": ("2",)}), TODAY)
    assert not offered(rule, person(date(1990, 1, 1), {"disability.level": ("4",)}), TODAY)
    assert not offered(rule, person(date(1990, 1, 1)), TODAY)


def test_what_is_certain_stands_first_and_what_is_of_the_moment_before_what_always_fits() -> None:
    items = [
        item(*CHILD, code="asked"),
        item(OfferRule(WHY, age=AgeSpan(18)), code="always"),
        item(OfferRule(WHY, age=AgeSpan(36, 37)), code="now"),
    ]
    found = offers(items, person(date(1990, 1, 1)), TODAY)
    assert [offer.item.code for offer in found] == ["now", "always", "asked"]


def test_nobody_is_offered_more_than_they_can_look_at() -> None:
    items = [item(OfferRule(WHY, age=AgeSpan(18)), code=f"item-{number}") for number in range(9)]
    found = offers(items, person(date(1990, 1, 1)), TODAY)
    assert [offer.item.code for offer in found] == [f"item-{number}" for number in range(MOST)]


def test_what_is_no_longer_offered_is_not_offered() -> None:
    gone = item(OfferRule(WHY, age=AgeSpan(18)), withdrawn=Withdrawn(date(2026, 1, 1)))
    assert offers([gone], person(date(1990, 1, 1)), TODAY) == ()


def test_the_person_does_not_show_in_a_log() -> None:
    assert "1990" not in repr(person(date(1990, 1, 1)))
