import json
from dataclasses import replace
from datetime import UTC, date, datetime

from kiosk.domain.application import (
    Agent,
    Applicant,
    Application,
    CapturedPage,
    ItemFacts,
    MaterialLine,
    Source,
)
from kiosk.domain.text import Language, Text

APPLICATION = Application(
    item=ItemFacts(
        "old-age-allowance",
        "440511001000",
        "11440306SAMPLE",
        Text("津贴", "Allowance"),
        "05",
        Text("局", "Bureau"),
        "1",
    ),
    applicant=Applicant("林阿婆", "11010519491231002X", "resident"),
    phone="13800000000",
    answers={"b": "2", "a": 1},
    sources=(Source("b", Text("芯片", "Chip"), date(2026, 1, 2)), Source("a", Text("局", "Bureau"), None)),
    materials=(
        MaterialLine("register", Text("户口簿", "Register"), required=True, way="scan", pages=1),
        MaterialLine("contract", Text("合同", "Contract"), required=False, way="scan", pages=0),
    ),
    terminal="T0421",
    language=Language.ZH,
    declared_at=datetime(2026, 6, 1, 17, 30, tzinfo=UTC),
)


def test_the_application_speaks_in_the_terms_of_the_standard() -> None:
    told = APPLICATION.as_json()
    assert told["implementation_code"] == "11440306SAMPLE"
    assert told["applicant_name"] == "林阿婆"
    assert told["applicant_document_kind_code"] == "111"
    assert told["contact_phone"] == "13800000000"
    assert [line["collected"] for line in told["materials"]] == [True, False]
    assert told["form"]["sources"]["b"] == {"zh": "芯片", "en": "Chip", "as_of": "2026-01-02"}


def test_the_time_of_application_is_that_of_the_clock_on_the_wall() -> None:
    assert APPLICATION.as_json()["applied_at"] == "20260602T013000"
    assert APPLICATION.as_json()["declared_at"] == "2026-06-01T17:30:00+00:00"


def test_cards_without_a_code_in_the_code_set_are_told_as_other() -> None:
    codes = [
        replace(APPLICATION, applicant=replace(APPLICATION.applicant, document=document)).as_json()[
            "applicant_document_kind_code"
        ]
        for document in ("hmt", "foreign")
    ]
    assert codes == ["990", "553"]


def test_what_is_printed_of_an_application_shows_no_person() -> None:
    shown = repr(APPLICATION) + repr(APPLICATION.applicant) + repr(CapturedPage("m", b"secret", 1, 1, "scan"))
    assert "林" not in shown
    assert "secret" not in shown


def test_several_choices_and_repeated_entries_are_lists_and_objects() -> None:
    entries = ({"name": "陈小明", "fee": 800}, {"name": "陈小红"})
    told = replace(APPLICATION, answers={"needs": ("bed", "ramp"), "children": entries, "pets": ()}).as_json()
    assert told["form"]["answers"] == {"needs": ["bed", "ramp"], "children": list(entries), "pets": []}
    assert json.loads(json.dumps(told)) == told


def test_it_says_by_what_the_applicant_was_identified() -> None:
    by_code = replace(APPLICATION, applicant=replace(APPLICATION.applicant, proof="code"))
    assert (APPLICATION.as_json()["identified_by"], by_code.as_json()["identified_by"]) == ("card", "code")


def test_who_files_for_the_applicant_stands_in_it_with_what_they_are_to_them() -> None:
    agent = Agent("林晓", "440306197003041931", "hmt", "agent", "child", Text("申请人的子女", "their child"))
    told = replace(APPLICATION, agent=agent).as_json()
    assert {key: value for key, value in told.items() if key.startswith("agent_")} == {
        "agent_name": "林晓",
        "agent_document_kind_code": "990",
        "agent_document_number": "440306197003041931",
        "agent_kind": "agent",
        "agent_relation": "child",
        "agent_relation_name": "申请人的子女",
    }
    assert told["applicant_name"] == APPLICATION.applicant.name
    assert "林晓" not in repr(agent)


def test_whoever_files_for_themselves_has_no_agent() -> None:
    assert not any(key.startswith("agent_") for key in APPLICATION.as_json())
