from datetime import date

import pytest

from kiosk.demo.scenes import sample_form
from kiosk.forms.checking import check
from kiosk.forms.computing import with_computed
from kiosk.forms.entries import entries_of
from kiosk.forms.model import Answers, Form, Value

GOOD: dict[str, Value] = {
    "applicant_name": "林阿婆",
    "applicant_number": "11010519491231002X",
    "household_address": "广东省深圳市宝安区某路1号",
    "residence_address": "广东省深圳市宝安区某路2号",
    "housing_kind": "rented",
    "move_in_date": "2026-03-08",
    "reason": "study",
    "phone": "13812345678",
}


def codes(form: Form, **changes: Value) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in check(form, {**GOOD, **changes})]


def test_a_complete_form_has_no_problem(registration: Form) -> None:
    assert codes(registration) == []


def test_every_missing_answer_is_named_in_the_order_of_the_form(registration: Form) -> None:
    problems = check(registration, Answers())
    assert [problem.field for problem in problems] == [
        field.name for field in registration.fields if field.name != "employer"
    ]
    assert {problem.code for problem in problems} == {"form.required"}


def test_a_dependent_answer_is_required_while_it_applies(registration: Form) -> None:
    assert codes(registration, reason="work") == [("employer", "form.required")]
    assert codes(registration, reason="work", employer="某某公司") == []


def test_an_answer_that_does_not_apply_is_not_judged(registration: Form) -> None:
    assert codes(registration, reason="study", employer="一") == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("applicant_number", "110105194912310021", "form.not-an-id-number"),
        ("applicant_number", "11010519491231002x", "form.not-an-id-number"),
        ("residence_address", "短", "form.too-short"),
        ("residence_address", "长" * 121, "form.too-long"),
        ("housing_kind", "castle", "form.not-a-choice"),
        ("move_in_date", "20260308", "form.not-a-date"),
        ("move_in_date", "2026-02-30", "form.not-a-date"),
        ("phone", "138-1234-5678", "form.not-a-phone"),
        ("phone", 13812345678, "form.malformed"),
        ("phone", ("1", "2"), "form.malformed"),
    ],
)
def test_the_schema_has_the_final_say(registration: Form, field: str, value: Value, code: str) -> None:
    assert codes(registration, **{field: value}) == [(field, code)]


def test_the_digits_of_an_account_are_digits(allowance: Form) -> None:
    found = {problem.field: problem.code for problem in check(allowance, {"payout_account_tail": "04a6"})}
    assert found["payout_account_tail"] == "form.not-a-number"


def test_a_problem_never_repeats_the_answer(registration: Form) -> None:
    problems = check(registration, {**GOOD, "residence_address": "密", "phone": "秘密"})
    assert len(problems) == 2
    assert "密" not in repr(problems)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("needs", (), "form.too-few"),
        ("needs", ("bed", "care", "ramp"), "form.too-many"),
        ("needs", ("castle",), "form.not-a-choice"),
        ("needs", ("bed", "bed"), "form.malformed"),
        ("needs", "bed", "form.malformed"),
        ("home", "短", "form.too-short"),
        ("children", (), "form.too-few"),
        ("children", (Answers({"name": "陈小明"}),), "form.entry"),
        ("children", (Answers({"name": "陈小明", "born": "20180308"}),), "form.entry"),
        ("children", (Answers({"name": "陈小明", "born": "2018-03-08", "shoe": 30}),), "form.entry"),
        ("children", 3, "form.malformed"),
    ],
)
def test_lists_are_judged_as_a_whole_and_entry_by_entry(field: str, value: Value, code: str) -> None:
    form = sample_form.form()
    answers = with_computed(form, sample_form.answers().with_(field, value), date(2026, 11, 25))
    found = [(problem.field, problem.code) for problem in check(form, answers)]
    assert (field, code) in found


def test_the_entry_that_is_wrong_is_named() -> None:
    form = sample_form.form()
    first, second = entries_of(sample_form.answers(), "children")
    wrong = (first, second.with_("number", "123"))
    answers = with_computed(form, sample_form.answers().with_("children", wrong), date(2026, 11, 25))
    assert [dict(problem.parameters) for problem in check(form, answers)] == [{"entry": 2}]
