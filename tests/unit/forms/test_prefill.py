from dataclasses import dataclass, replace
from datetime import date

from kiosk.domain.identity import Holder
from kiosk.domain.text import Text
from kiosk.forms.checking import check
from kiosk.forms.model import Answers, Form
from kiosk.forms.prefill import CARD, answers_from, from_card, from_platform
from kiosk.forms.questions import remaining

SOURCE = Text("区民政局", "Civil Affairs")


@dataclass(frozen=True)
class Row:
    field: str
    value: str
    as_of: date | None = date(2026, 3, 12)
    source: Text = SOURCE


ROWS = [
    Row("population.phone", "138-0000-0421"),
    Row("population.residence_address", "广东省深圳市宝安区新安街道织网路7号3栋502"),
    Row("social.card_number", "A90421713"),
    Row("social.bank_name", "深圳织网银行"),
    Row("social.bank_tail", "0426"),
]


def test_the_card_answers_what_it_knows_and_says_so(allowance: Form, holder: Holder) -> None:
    data = from_card(allowance, holder)
    assert {datum.field: datum.value for datum in data} == {
        "applicant_name": "林阿婆",
        "applicant_number": "11010519491231002X",
        "applicant_sex": "2",
        "applicant_birth": "1949-12-31",
        "household_address": "广东省深圳市宝安区某路1号",
    }
    assert {datum.source for datum in data} == {CARD}


def test_what_the_card_does_not_say_is_asked(allowance: Form, holder: Holder) -> None:
    data = from_card(allowance, replace(holder, sex="9", address=""))
    asked = {field.name for field in remaining(allowance, {}, data)}
    assert {"applicant_sex", "household_address"} <= asked


def test_the_platform_answers_in_the_form_s_own_spelling(allowance: Form) -> None:
    data = {datum.field: datum for datum in from_platform(allowance, ROWS)}
    assert data["phone"].value == "13800000421"
    assert data["phone"].as_of == date(2026, 3, 12)
    assert data["phone"].source == SOURCE
    assert data["payout_account_tail"].value == "0426"


def test_a_row_that_no_field_wants_or_takes_is_dropped(registration: Form) -> None:
    rows = [Row("social.bank_name", "银行"), Row("population.phone", "不详"), Row("card.name", "冒名")]
    assert from_platform(registration, rows) == ()


def test_a_datum_that_is_not_used_answers_nothing(allowance: Form, holder: Holder) -> None:
    data = tuple(
        replace(datum, used=datum.field == "applicant_name") for datum in from_card(allowance, holder)
    )
    assert answers_from(allowance, data) == Answers({"applicant_name": "林阿婆"})


def test_card_and_platform_leave_three_questions_of_the_allowance(allowance: Form, holder: Holder) -> None:
    data = (*from_card(allowance, holder), *from_platform(allowance, ROWS))
    answers = answers_from(allowance, data)
    left = [field.name for field in remaining(allowance, answers, data)]
    assert left == ["care_situation", "emergency_name", "emergency_phone"]
    full = answers.with_("care_situation", "family").with_("emergency_name", "林小妹")
    assert check(allowance, full.with_("emergency_phone", "13900000421")) == ()


def test_without_the_platform_the_same_form_is_filled_by_hand(allowance: Form, holder: Holder) -> None:
    left = [field.name for field in remaining(allowance, {}, from_card(allowance, holder))]
    assert left[:2] == ["residence_address", "phone"]
    assert len(left) == 8
