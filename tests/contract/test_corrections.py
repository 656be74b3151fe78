"""Documents that were asked for again reach the case they belong to; a card finds its holder's cases."""

import dataclasses

import pytest

from kiosk.backend import CaseProgress
from offline_queue.package import Part
from offline_queue.transport import Accepted
from tests.contract.platform import LAST4, NAME, NUMBER, Platform, application

MATERIALS = ["social-security-card"]


def _deliver(platform: Platform, corrects: str = "", *parts: Part) -> tuple[str, str]:
    form = dataclasses.replace(application(), corrects=corrects).as_json()
    sealed = platform.sealed(*parts, form=form)
    answer = platform.deliver(sealed)
    assert isinstance(answer, Accepted)
    return answer.ack.acceptance_no, sealed.meta.receipt_no


def _ask_for_more(platform: Platform, number: str) -> None:
    asked = {"status": "correction-required", "note": "请重拍社保卡", "materials": MATERIALS}
    assert platform.desk("POST", f"/v1/cases/{number}/statuses", json=asked).status_code == 201


def _progress(platform: Platform, number: str) -> CaseProgress:
    with platform.client() as client:
        progress = client.progress(number, LAST4)
    assert isinstance(progress, CaseProgress)
    return progress


def test_the_documents_asked_for_are_named(platform: Platform) -> None:
    number, _ = _deliver(platform)
    _ask_for_more(platform, number)
    assert _progress(platform, number).latest.materials == tuple(MATERIALS)


def test_a_correction_goes_to_its_case_and_moves_it_on(platform: Platform) -> None:
    first = Part("household-register.pdf", "application/pdf", b"%PDF-1")
    second = Part("social-security-card.pdf", "application/pdf", b"%PDF-2")
    number, _ = _deliver(platform, "", first)
    _ask_for_more(platform, number)
    corrected, receipt_no = _deliver(platform, number, second)
    assert corrected == number
    progress = _progress(platform, receipt_no)
    assert progress.number == number
    assert [entry.status for entry in progress.statuses] == [
        "received",
        "correction-required",
        "correction-received",
    ]
    whole = platform.desk("GET", f"/v1/cases/{number}/application").json()
    assert [(one["n"], one["name"]) for one in whole["attachments"]] == [
        (1, "household-register.pdf"),
        (2, "social-security-card.pdf"),
    ]


def test_documents_that_come_late_are_kept_and_move_nothing(platform: Platform) -> None:
    number, _ = _deliver(platform)
    corrected, _ = _deliver(platform, number, Part("late.pdf", "application/pdf", b"%PDF-3"))
    assert corrected == number
    assert [entry.status for entry in _progress(platform, number).statuses] == ["received"]
    assert len(platform.desk("GET", f"/v1/cases/{number}/application").json()["attachments"]) == 1


@pytest.mark.parametrize("of", ["nobody", "somebody-else"])
def test_a_correction_that_fits_no_case_of_the_applicant_is_a_case_of_its_own(
    platform: Platform, of: str
) -> None:
    named = "1" * 40
    if of == "somebody-else":
        other = application().as_json() | {"applicant_document_number": "440306199001011236"}
        answer = platform.deliver(platform.sealed(form=other))
        assert isinstance(answer, Accepted)
        named = answer.ack.acceptance_no
    number, _ = _deliver(platform, named)
    assert number != named
    assert platform.desk("GET", f"/v1/cases/{number}/application").json()["application"]["corrects"] == named


def test_a_card_finds_the_holders_cases_newest_first(platform: Platform) -> None:
    older, _ = _deliver(platform)
    newer, _ = _deliver(platform)
    with platform.client() as client:
        found = [case.number for case in client.cases(NAME, NUMBER)]
        assert found[:2] == [newer, older]
        assert client.cases("别人", NUMBER) == ()
        assert client.cases(NAME, "440306199001010014") == ()
