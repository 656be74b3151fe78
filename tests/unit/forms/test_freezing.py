from dataclasses import replace
from datetime import UTC, datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.demo.scenes import sample_form
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import Holder
from kiosk.domain.text import Language
from kiosk.forms.computing import with_computed
from kiosk.forms.freezing import freeze
from kiosk.forms.model import Answers, Form
from kiosk.forms.prefill import answers_from, from_card

AT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
PAGE = CapturedPage("household-register", b"jpeg", 10, 10, "scan")


def test_an_application_carries_answers_sources_and_materials(
    catalogue: Catalogue, allowance: Form, holder: Holder
) -> None:
    data = from_card(allowance, holder)
    answers = (
        answers_from(allowance, data)
        .with_("household_address", "搬到了别处的新地址")
        .with_("care_situation", "self")
        .with_("care_institution", "不再适用")
        .with_("phone", "13812345678")
    )
    application = freeze(
        item=catalogue.item("old-age-allowance"),
        form=allowance,
        holder=holder,
        data=data,
        answers=answers,
        pages=[PAGE],
        terminal="T0421",
        language=Language.ZH,
        declared_at=AT,
    )
    told = application.as_json()
    assert told["item_version"] == "2026.1"
    assert told["contact_phone"] == "13812345678"
    assert told["applicant_document_number"] == holder.number
    assert "care_institution" not in told["form"]["answers"]
    assert set(told["form"]["sources"]) == {
        "applicant_name",
        "applicant_number",
        "applicant_sex",
        "applicant_birth",
    }
    assert {line["code"]: line["count"] for line in told["materials"]} == {
        "household-register": 1,
        "social-security-card": 0,
    }


def test_a_declined_datum_leaves_no_source_behind(
    catalogue: Catalogue, registration: Form, holder: Holder
) -> None:
    data = tuple(replace(datum, used=False) for datum in from_card(registration, holder))
    application = freeze(
        item=catalogue.item("residence-registration"),
        form=registration,
        holder=holder,
        data=data,
        answers=Answers({datum.field: datum.value for datum in data}),
        pages=[],
        terminal="T0421",
        language=Language.EN,
        declared_at=AT,
    )
    assert application.sources == ()
    assert application.phone == ""


def test_what_was_computed_is_sealed_and_what_was_left_empty_in_an_entry_is_not(
    catalogue: Catalogue, holder: Holder
) -> None:
    form = sample_form.form()
    application = freeze(
        item=catalogue.item("old-age-allowance"),
        form=form,
        holder=holder,
        data=(),
        answers=with_computed(form, sample_form.answers(), AT.date()),
        pages=[],
        terminal="T0421",
        language=Language.ZH,
        declared_at=AT,
    )
    answers = application.as_json()["form"]["answers"]
    assert answers["needs"] == ["bed", "ramp"]
    assert answers["children"] == [
        {"name": "陈小明", "born": "2018-03-08", "fee": 800},
        {"name": "陈小红", "born": "2020-11-30", "number": "11010519491231002X"},
    ]
    assert (answers["pets"], answers["age"], answers["costs"]) == ([], 83, 3400)
    assert "陈小明" not in repr(application)
