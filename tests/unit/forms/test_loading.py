from kiosk.demo.scenes import sample_form
from kiosk.domain.identity import Holder
from kiosk.domain.text import Language
from kiosk.forms.display import display
from kiosk.forms.model import Form


def test_fields_come_in_the_order_in_which_they_are_asked(allowance: Form) -> None:
    assert [field.name for field in allowance.fields][:3] == [
        "applicant_name",
        "applicant_number",
        "applicant_sex",
    ]
    assert [field.name for field in allowance.fields][-2:] == ["emergency_name", "emergency_phone"]


def test_the_schema_decides_the_kind_of_input(allowance: Form, registration: Form) -> None:
    kinds = {field.name: field.kind for field in (*allowance.fields, *registration.fields)}
    assert kinds["emergency_name"] == "text"
    assert kinds["emergency_phone"] == "phone"
    assert kinds["applicant_number"] == "id-number"
    assert kinds["payout_account_tail"] == "number"
    assert kinds["care_situation"] == "choice"
    assert kinds["move_in_date"] == "date"


def test_a_field_knows_its_limits_and_its_condition(allowance: Form) -> None:
    tail = allowance.field("payout_account_tail")
    assert (tail.limits.length_min, tail.limits.length_max) == (4, 4)
    institution = allowance.field("care_institution")
    assert institution.when == ("care_situation", ("institution",))
    assert institution.required


def test_who_applies_is_answered_by_the_card_alone(allowance: Form, registration: Form) -> None:
    for form in (allowance, registration):
        assert form.field("applicant_name").fixed
        assert form.field("applicant_number").fixed
        assert not form.field("phone").fixed


def test_answers_are_shown_in_words_and_masked_where_they_are_secret(allowance: Form, holder: Holder) -> None:
    number, phone = allowance.field("applicant_number"), allowance.field("phone")
    assert display(number, holder.number, Language.ZH) == "110***********002X"
    assert display(number, holder.number, Language.ZH, masked=False) == holder.number
    assert display(phone, "13812345678", Language.EN) == "138****5678"
    assert display(allowance.field("applicant_sex"), "2", Language.EN) == "Female"
    assert display(allowance.field("care_situation"), "family", Language.ZH) == "家人照料"
    assert display(allowance.field("applicant_birth"), "1949-12-31", Language.ZH) == "1949年12月31日"
    assert display(allowance.field("applicant_birth"), "1949-12-31", Language.EN) == "31 December 1949"
    assert display(allowance.field("payout_bank"), "", Language.ZH) == ""


def test_lists_and_addresses_are_shown_in_the_words_of_the_language() -> None:
    form, answers = sample_form.form(), sample_form.answers()
    assert display(form.field("needs"), answers["needs"], Language.ZH) == "护理床、坡道"
    assert display(form.field("needs"), answers["needs"], Language.EN) == "A care bed, A ramp"
    assert display(form.field("children"), answers["children"], Language.ZH).splitlines() == [
        "1. 陈小明，2018年3月8日，每月学费 800",
        "2. 陈小红，2020年11月30日，110***********002X",
    ]
    assert display(form.field("children"), answers["children"], Language.EN).splitlines()[0] == (
        "1. 陈小明, 8 March 2018, Monthly school fee 800"
    )
    assert display(form.field("pets"), (), Language.EN) == "None"


def test_long_numbers_are_grouped_and_years_are_not() -> None:
    rent = sample_form.form().field("rent")
    assert [display(rent, number, Language.EN) for number in (0, 2026, 12600)] == ["0", "2026", "12,600"]


def test_names_and_addresses_that_are_secret_keep_what_tells_nobody() -> None:
    form, answers = sample_form.form(), sample_form.answers()
    assert display(form.field("name"), answers["name"], Language.ZH) == "陈*"
    postal = form.field("home_again")
    assert display(postal, answers["home"], Language.ZH) == "广东省深圳市宝安区新安街道****"
    assert display(postal, answers["home"], Language.ZH, masked=False) == answers["home"]
