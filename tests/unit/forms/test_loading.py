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
