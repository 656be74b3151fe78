"""From the signature to the goodbye, by touch: three honest results, receipt, rating, reminders."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint

from devices.model import PrintOutcome, PrintResult
from kiosk.demo.scenes import visits
from kiosk.domain.cases import EarlierCase
from kiosk.session.effects import AwaitDelivery, PrintReceipt, SealAndStore, SendRating, WipeSession
from kiosk.session.events import (
    ApplicationStored,
    CardReadWasRefused,
    CardWasDetected,
    CardWasRemoved,
    DeliveryKnown,
    NetworkSeen,
    RatingKnown,
    ReceiptDone,
    StoreFailed,
)
from kiosk.session.side_effects import AskEarlier
from kiosk.session.side_events import EarlierKnown
from kiosk.session.states import (
    Ending,
    Failing,
    Finding,
    Guiding,
    Rating,
    RatingPhase,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Signing,
    SubmitPhase,
    Submitting,
)
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import CARD, SERIAL, Walk, broken, whole_visit

pytestmark = KEYBOARD_NOISE

WHOLE = whole_visit("household-register", "social-security-card")
SIGNED = replace(WHOLE, item=replace(WHOLE.item, sign=True))
OTHER = replace(CARD, number="11010519491231002X", born="19491231")
UNSIGNED = replace(WHOLE, item=replace(WHOLE.item, sign=False))


def stored(walk: Walk) -> Walk:
    walk.begins(Reviewing(UNSIGNED)).taps("declaration", "continue")
    assert walk.asked(SealAndStore)
    walk.hears(ApplicationStored(SERIAL, visits.RECEIPT_NO))
    assert walk.asked(AwaitDelivery)
    return walk


# Signing ------------------------------------------------------------------------------------------


def write(walk: Walk, lines: int = 4) -> Walk:
    pad = walk.panel.place(walk.panel.part("pad")).toRect()
    for line in range(lines):
        down = QPoint(0, 40 * line - 60)
        walk.panel.robot.drag(pad.center() + down - QPoint(300, 0), pad.center() + down + QPoint(300, 20))
        walk.answers()
    return walk


def test_an_unsigned_application_is_not_submitted_and_a_signed_one_is(walk: Walk) -> None:
    walk.begins(Reviewing(SIGNED)).taps("declaration", "continue").is_at(Signing)
    walk.taps("continue").is_told("signature.empty")
    write(walk).taps("continue").is_at(Submitting)


def test_a_signature_is_wiped_and_written_again(walk: Walk) -> None:
    walk.begins(Signing(SIGNED))
    write(walk).taps("clear", "continue").is_told("signature.empty")


def test_a_dot_is_no_signature(walk: Walk) -> None:
    walk.begins("sign-fault").taps("continue").is_told("signature.too-short")


def test_the_card_laid_down_again_signs_and_another_card_does_not(walk: Walk) -> None:
    walk.begins(Signing(SIGNED, lifted=True)).lays(
        replace(CARD, number="11010519491231002X", born="19491231")
    )
    walk.is_told("signature.other-card").hears(CardWasRemoved()).lays().sees("confirmed")
    walk.taps("continue").is_at(Submitting)


def test_a_card_that_cannot_be_read_leaves_the_finger_to_sign(walk: Walk) -> None:
    walk.begins(Signing(SIGNED, lifted=True)).hears(CardWasDetected(), CardReadWasRefused("idcard.moved"))
    walk.is_told("idcard.moved")
    write(walk).taps("continue").is_at(Submitting)


def test_back_from_signing_leads_to_the_review(walk: Walk) -> None:
    walk.begins(Signing(SIGNED)).taps("back").is_at(Reviewing)


# Submitting ---------------------------------------------------------------------------------------


def test_an_application_that_is_stored_and_received_gets_its_number(walk: Walk) -> None:
    stored(walk).hears(DeliveryKnown(SERIAL, visits.CASE_NO)).is_at(Resulting).sees("title", "已收件")


def test_an_earlier_case_of_the_same_kind_is_told_on_the_result(walk: Walk) -> None:
    stored(walk).hears(DeliveryKnown(SERIAL, visits.CASE_NO))
    assert walk.asked(AskEarlier)
    earlier = EarlierCase(f"{visits.CASE_NO[:-4]}0007", "in-review", datetime(2026, 3, 2, tzinfo=UTC))
    walk.hears(EarlierKnown(SERIAL, earlier)).sees("earlierNo", earlier.number).sees("title", "已收件")


def test_an_application_that_is_not_delivered_in_time_is_saved_and_says_so(walk: Walk) -> None:
    stored(walk).hears(DeliveryKnown(SERIAL, None)).sees("title", "尚未送达")


def test_nobody_has_to_wait_for_the_platform_and_its_number_still_arrives(walk: Walk) -> None:
    stored(walk).taps("stopWaiting").sees("title", "尚未送达")
    walk.hears(DeliveryKnown(SERIAL, visits.CASE_NO)).sees("title", "已收件")


@pytest.mark.parametrize(
    "code", ["queue.no-space", "queue.storage-failed", "queue.unreachable", "seal.no-valid-key"]
)
def test_what_could_not_be_stored_says_why_and_is_tried_again(walk: Walk, code: str) -> None:
    walk.begins(Reviewing(UNSIGNED)).taps("declaration", "continue").hears(StoreFailed(SERIAL, code))
    walk.is_at(Failing).is_told(code).sees("kept", "没有丢")
    walk.taps("continue").is_at(Submitting)
    assert walk.asked(SealAndStore)
    walk.hears(ApplicationStored(SERIAL, visits.RECEIPT_NO), DeliveryKnown(SERIAL, None)).is_at(Resulting)


def test_what_could_not_be_stored_can_be_changed_first(walk: Walk) -> None:
    walk.begins("failed-not-stored").taps("back").is_at(Reviewing).is_told("queue.no-space")


@pytest.mark.parametrize("code", ["submission.refused", "submission.set-aside"])
def test_a_refusal_of_the_platform_is_told_with_the_number_to_show_at_a_window(walk: Walk, code: str) -> None:
    stored(walk).hears(DeliveryKnown(SERIAL, None, code)).is_at(Failing).is_told(code)
    walk.sees("kept", "窗口").taps("keepOnPhone").is_at(Receipting).sees("code")
    stored(walk).hears(DeliveryKnown(SERIAL, None, code)).taps("continue").is_at(Ending)


# The receipt --------------------------------------------------------------------------------------


def done(outcome: PrintOutcome, code: str | None = None) -> ReceiptDone:
    return ReceiptDone(SERIAL, PrintResult("job", outcome, code))


def test_the_receipt_is_printed_and_taken(walk: Walk) -> None:
    walk.begins("result-received").taps("continue")
    assert walk.asked(PrintReceipt)
    walk.sees("title", "正在打印").hears(done(PrintOutcome.PRINTED)).sees("title", "取走")
    walk.taps("continue").is_at(Rating)


@pytest.mark.parametrize("code", ["printer.paper-out", "printer.jam", "printer.cover-open"])
def test_a_receipt_that_does_not_come_leaves_the_number_and_is_printed_again(walk: Walk, code: str) -> None:
    walk.begins("result-saved").taps("continue").hears(done(PrintOutcome.NOT_PRINTED, code))
    walk.is_told(code).sees("code")
    assert walk.says(visits.RECEIPT_NO)
    walk.taps("reprint")
    assert walk.asked(PrintReceipt)
    walk.hears(done(PrintOutcome.PRINTED)).taps("continue").is_at(Rating)


def test_a_receipt_nobody_is_sure_of_asks_to_look_before_a_second_one(walk: Walk) -> None:
    walk.begins("result-received").taps("continue")
    walk.hears(done(PrintOutcome.UNKNOWN, "printer.no-confirmation")).sees("title", "看看出纸口")
    walk.taps("reprint").hears(done(PrintOutcome.PRINTED)).taps("continue").is_at(Rating)


def test_a_printer_that_is_away_is_told_at_once(walk: Walk) -> None:
    walk.begins("result-received").hears(broken("printer-1")).taps("continue")
    walk.is_told("device.restarting", "printer-1").sees("code").taps("continue").is_at(Rating)


def test_the_receipt_goes_to_the_phone_and_still_to_paper(walk: Walk) -> None:
    walk.begins("result-saved").taps("receipt-phone").sees("code")
    walk.hears(DeliveryKnown(SERIAL, visits.CASE_NO))
    assert isinstance(walk.state, Receipting)
    assert walk.state.outcome.case_no == visits.CASE_NO
    walk.taps("reprint")
    assert walk.asked(PrintReceipt)


def test_who_wants_no_receipt_gets_none(walk: Walk) -> None:
    walk.begins("result-received").taps("receipt-none").is_at(Rating)


# The rating ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sent", "words"), [(True, "已经送到"), (False, "没有送出")])
def test_a_face_is_touched_and_what_became_of_it_is_told(walk: Walk, *, sent: bool, words: str) -> None:
    walk.begins("rating").taps("face-1")
    assert walk.asked(SendRating)
    walk.hears(RatingKnown(SERIAL, sent)).sees("rating-told", words).taps("continue").is_at(Ending)


def test_without_the_network_a_rating_is_not_sent_and_says_so(walk: Walk) -> None:
    walk.begins("rating").hears(NetworkSeen(online=False)).taps("face-5").sees("rating-told", "没有送出")


def test_nobody_has_to_rate(walk: Walk) -> None:
    walk.begins("rating").taps("continue").is_at(Ending)
    assert walk.asked(WipeSession)


def test_a_rating_left_alone_ends_by_itself(walk: Walk) -> None:
    walk.begins("rating").waits(21).is_at(Ending)


# The goodbye --------------------------------------------------------------------------------------


def test_card_originals_and_receipt_are_named_before_the_next_resident(walk: Walk) -> None:
    printed = Receipting(visits.outcome(), ReceiptPhase.PRINTED)
    walk.begins(printed).hears(CardWasDetected()).taps("continue", "continue").is_at(Ending)
    walk.sees("take-card").sees("take-originals").sees("take-paper")
    walk.hears(CardWasRemoved())
    walk.panel.robot.wait(lambda: not walk.shows("take-card"), "the card is taken")
    walk.taps("continue").sees("start")


def test_a_goodbye_with_nothing_left_goes_by_itself(walk: Walk) -> None:
    walk.begins(Ending())
    assert not any(walk.shows(name) for name in ("take-card", "take-originals", "take-paper"))
    walk.waits(16).sees("start")


@pytest.mark.parametrize("phase", [RatingPhase.ASKING, RatingPhase.SENT])
def test_leaving_from_the_rating_keeps_the_reminder_of_originals(walk: Walk, phase: RatingPhase) -> None:
    walk.begins(Rating(visits.outcome(), phase=phase)).taps("end").sees("take-originals")


def test_the_blink_of_storing_cannot_be_left(walk: Walk) -> None:
    walk.begins("submit-storing").waits(600)
    assert isinstance(walk.state, Submitting)
    assert walk.state.phase is SubmitPhase.STORING


def test_what_else_fits_is_offered_at_the_goodbye_and_leads_to_its_guide(walk: Walk) -> None:
    walk.begins("end-also").sees("take-paper")
    state = walk.state
    assert isinstance(state, Ending)
    walk.taps(f"offer-{state.also[0].code}").is_at(Guiding)
    walk.taps("back").is_at(Finding)
