"""From the card to the review, by touch: what is known, asked and scanned, and what goes wrong."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.demo.scenes import visits
from kiosk.domain.text import Text
from kiosk.forms.model import Datum
from kiosk.session.acting_states import Arranging
from kiosk.session.effects import FetchPrefill, TakePage
from kiosk.session.events import PageFailed, PageTaken, PrefillArrived, PrefillFailed
from kiosk.session.states import (
    Asking,
    CapturePhase,
    Capturing,
    Gathering,
    Notifying,
    PrefillPhase,
    Previewing,
    Reviewing,
    Submitting,
)
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SERIAL, Walk, broken, healthy, whole_visit

pytestmark = KEYBOARD_NOISE

BUREAU = Text("区民政局", "District Civil Affairs Bureau")
PHONE = Datum("phone", visits.PHONE, BUREAU, date(2026, 1, 9))
REGISTER, CARD = "household-register", "social-security-card"


def taken(material: str = REGISTER, *findings: str) -> PageTaken:
    return PageTaken(SERIAL, visits.page(material), findings)


def failed(code: str) -> PageFailed:
    return PageFailed(SERIAL, code)


# What is known ------------------------------------------------------------------------------------


def test_what_the_district_knows_is_awaited_and_then_used(walk: Walk) -> None:
    walk.begins("identify").lays()
    assert walk.asked(FetchPrefill)
    walk.sees("loading").hears(PrefillArrived(SERIAL, (PHONE,))).sees("datum-phone")
    walk.taps("continue").is_at(Asking)
    assert isinstance(walk.state, Asking)
    assert walk.state.visit.answers["phone"] == visits.PHONE


def test_without_the_platform_the_rest_is_filled_in_by_hand(walk: Walk) -> None:
    walk.begins("identify").lays().hears(PrefillFailed(SERIAL, "prefill.unavailable"))
    walk.is_told("prefill.unavailable").taps("continue").is_at(Asking)


def test_a_record_that_does_not_match_the_card_is_explained_and_not_used(walk: Walk) -> None:
    walk.begins("identify").lays().hears(PrefillFailed(SERIAL, "prefill.mismatch"))
    walk.is_told("prefill.mismatch")
    assert not walk.shows("datum-phone")
    walk.taps("continue").is_at(Asking)


@pytest.mark.parametrize("choice", ["skip", "wrong"])
def test_a_datum_that_is_not_wanted_or_wrong_is_asked_instead(walk: Walk, choice: str) -> None:
    walk.begins(Previewing(replace(visits.visit(), data=visits.data()), PrefillPhase.READY))
    walk.taps(f"datum-phone-{choice}", "continue").is_at(Asking)
    assert isinstance(walk.state, Asking)
    assert walk.state.visit.answers.get("phone", None) is None
    disputed = {datum.field for datum in walk.state.visit.data if datum.disputed}
    assert disputed == ({"phone"} if choice == "wrong" else set())


def test_a_datum_left_out_can_be_taken_in_again(walk: Walk) -> None:
    walk.begins(Previewing(visits.visit(), PrefillPhase.READY))
    walk.taps("datum-phone-skip", "datum-phone-use", "datum-payout_bank-use")
    assert isinstance(walk.state, Previewing)
    assert all(datum.used for datum in walk.state.visit.data)


def test_masked_data_are_shown_for_a_moment(walk: Walk) -> None:
    walk.begins("prefill")
    hidden = walk.panel.text("datum-phone-value")
    walk.taps("reveal")
    walk.panel.robot.wait(lambda: walk.panel.text("datum-phone-value") != hidden, "it is shown")


def test_back_from_the_preview_leads_to_whom_it_is_for_and_to_the_notice(walk: Walk) -> None:
    walk.begins("prefill").taps("back").is_at(Arranging).taps("back").is_at(Notifying)


# Questions ----------------------------------------------------------------------------------------


def test_a_question_without_its_answer_says_so_and_goes_on_with_it(walk: Walk) -> None:
    walk.begins(visits.asking("care_situation")).taps("continue").is_told("form.required")
    walk.taps("choice-family", "continue").is_at(Asking)
    assert isinstance(walk.state, Asking)
    assert walk.state.name != "care_situation"
    walk.taps("back").is_at(Asking)


def test_a_phone_number_that_is_none_is_corrected_on_the_spot(walk: Walk) -> None:
    walk.begins("question-phone").presses("139").taps("continue").is_told("form.not-a-phone")
    walk.presses("00005678").taps("continue")
    assert not walk.shows("fault")


def test_back_from_a_question_keeps_the_visit(walk: Walk) -> None:
    walk.begins(visits.asking("care_situation")).taps("back")
    assert isinstance(walk.state, Asking | Previewing)


# Materials ----------------------------------------------------------------------------------------


def test_a_required_document_that_is_missing_is_told(walk: Walk) -> None:
    walk.begins(Gathering(visits.visit(filled=True))).taps("continue").is_told("materials.missing")
    walk.taps(f"material-{REGISTER}").is_at(Capturing)
    walk.taps("back").is_at(Gathering)
    walk.taps("back").is_at(Asking)


def test_a_page_is_scanned_looked_at_and_kept(walk: Walk) -> None:
    walk.begins(Gathering(visits.visit(filled=True))).taps(f"material-{REGISTER}", "capture")
    assert walk.asked(TakePage)
    walk.sees("title", "正在扫描").hears(taken()).sees("page").taps("continue").is_at(Gathering)
    assert isinstance(walk.state, Gathering)
    assert [page.material for page in walk.state.visit.pages] == [REGISTER]


def test_a_photo_is_taken_and_kept(walk: Walk) -> None:
    walk.begins(Gathering(visits.visit(filled=True))).taps(f"material-{CARD}").sees("preview")
    walk.taps("capture").hears(taken(CARD)).taps("continue").is_at(Gathering)


@pytest.mark.parametrize(
    "code",
    [
        "scanner.no-page",
        "scanner.jam",
        "scanner.double-feed",
        "scanner.cover-open",
        "scanner.busy",
        "scanner.cancelled",
        "scanner.truncated",
    ],
)
def test_a_scan_that_fails_says_what_to_do_and_is_tried_again(walk: Walk, code: str) -> None:
    walk.begins("capture-scan").taps("capture").hears(failed(code)).is_told(code)
    walk.taps("capture").hears(taken()).taps("continue").is_at(Gathering)


@pytest.mark.parametrize("code", ["camera.covered", "camera.frozen", "camera.black", "camera.no-frames"])
def test_a_photo_that_fails_says_what_to_do_and_is_tried_again(walk: Walk, code: str) -> None:
    walk.begins(Capturing(visits.visit(filled=True), CARD)).taps("capture").hears(failed(code)).is_told(code)
    walk.taps("capture").hears(taken(CARD)).taps("continue").is_at(Gathering)


@pytest.mark.parametrize(
    "finding", ["page.blurred", "page.too-dark", "page.too-small", "page.not-found", "page.blank"]
)
def test_a_poor_page_says_why_is_taken_again_or_accepted_as_it_is(walk: Walk, finding: str) -> None:
    walk.begins("capture-scan").taps("capture").hears(taken(REGISTER, finding)).sees("title", "不够清楚")
    walk.taps("retake").is_at(Capturing)
    assert isinstance(walk.state, Capturing)
    assert walk.state.phase is CapturePhase.READY
    walk.taps("capture").hears(taken(REGISTER, finding)).taps("accept").is_at(Gathering)


@pytest.mark.parametrize(("material", "device"), [(REGISTER, "scanner-1"), (CARD, "camera-1")])
def test_a_device_that_is_away_says_so_and_serves_once_it_is_back(
    walk: Walk, material: str, device: str
) -> None:
    walk.begins(Capturing(visits.visit(filled=True), material)).hears(broken(device)).taps("capture")
    walk.is_told("device.restarting", device)
    walk.hears(healthy(device)).taps("capture").hears(taken(material)).taps("continue").is_at(Gathering)


def test_a_device_that_breaks_while_it_takes_a_page_keeps_everything_else(walk: Walk) -> None:
    walk.begins("capture-scan").taps("capture").hears(broken("scanner-1"), failed("device.restarting"))
    walk.is_told("device.restarting", "scanner-1").taps("back").is_at(Gathering)
    assert isinstance(walk.state, Gathering)
    assert walk.state.visit.answers == visits.visit(filled=True).answers


# Review -------------------------------------------------------------------------------------------


def whole() -> Reviewing:
    return Reviewing(whole_visit(REGISTER, CARD))


def test_nothing_is_submitted_without_the_declaration(walk: Walk) -> None:
    walk.begins(whole()).taps("continue").is_told("review.declare-first").is_at(Reviewing)
    walk.taps("declaration", "continue").is_at(Submitting)


def test_an_answer_is_changed_from_the_review_and_leads_back_to_it(walk: Walk) -> None:
    walk.begins(whole()).taps("change-emergency_phone").is_at(Asking)
    walk.taps("digit-erase").presses("9").taps("continue").is_at(Reviewing)
    assert isinstance(walk.state, Reviewing)
    assert walk.state.visit.answers["emergency_phone"] == "13900005679"


def test_a_page_is_taken_anew_from_the_review_and_leads_back_to_it(walk: Walk) -> None:
    walk.begins(whole()).taps(f"change-{REGISTER}").sees("page").taps("retake").is_at(Capturing)
    walk.taps("capture").hears(taken()).taps("continue").is_at(Reviewing)
    walk.taps(f"change-{REGISTER}", "back").is_at(Reviewing)


def test_an_answer_that_is_missing_at_the_review_is_asked_before_anything_is_sent(walk: Walk) -> None:
    visit = whole().visit
    walk.begins(Reviewing(replace(visit, answers=visit.answers.without("care_situation")), declared=True))
    walk.taps("continue").is_at(Asking).is_told("form.required")
    walk.taps("choice-family", "continue").is_at(Reviewing)


def test_a_page_that_is_missing_at_the_review_leads_to_the_documents(walk: Walk) -> None:
    walk.begins(Reviewing(whole_visit(), declared=True)).taps("continue")
    walk.is_at(Gathering).is_told("materials.missing")


def test_back_from_the_review_leads_to_the_documents_and_keeps_them(walk: Walk) -> None:
    walk.begins(whole()).taps("back").is_at(Gathering)
    walk.taps("continue").is_at(Reviewing)
