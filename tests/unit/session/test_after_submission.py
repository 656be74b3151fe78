from datetime import UTC, datetime

import pytest

from devices.model import PrintOutcome, PrintResult
from kiosk.domain.cases import EarlierCase
from kiosk.session.effects import PrintReceipt, SealAndStore, SendRating
from kiosk.session.events import (
    ApplicationStored,
    Continued,
    DeliveryKnown,
    DeviceHealthChanged,
    NetworkSeen,
    Rated,
    RatingKnown,
    ReceiptChosen,
    ReceiptDone,
    ReprintAsked,
    StoreFailed,
    WentBack,
)
from kiosk.session.side_effects import AskEarlier
from kiosk.session.side_events import EarlierKnown
from kiosk.session.states import (
    Ending,
    Failing,
    Fault,
    Rating,
    RatingPhase,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Submitting,
)

from .conftest import Walk, broken

RECEIPT_NO = "T0421-000001-K7"
CASE_NO = "11440306SAMPLE202611230001"


def result(walk: Walk, case_no: str | None = CASE_NO) -> Walk:
    serial = walk.to_storing().session.serial
    return walk.does(ApplicationStored(serial, RECEIPT_NO), DeliveryKnown(serial, case_no))


def rating(walk: Walk) -> Rating:
    result(walk).does(ReceiptChosen("none"))
    assert isinstance(walk.state, Rating)
    return walk.state


# Not successful -----------------------------------------------------------------------------------


def failed(walk: Walk) -> Walk:
    return walk.to_storing().does(StoreFailed(walk.session.serial, "queue.no-space"))


def test_what_could_not_be_stored_says_so_and_keeps_everything(walk: Walk) -> None:
    failed(walk)
    assert isinstance(walk.state, Failing)
    assert walk.state.fault == Fault("queue.no-space")
    assert walk.state.visit is not None
    assert len(walk.state.visit.pages) == 2


def test_another_try_stores_the_same_application(walk: Walk) -> None:
    failed(walk).does(Continued())
    assert isinstance(walk.state, Submitting)
    assert [type(effect) for effect in walk.effects] == [SealAndStore]


def test_back_leads_to_the_review_with_the_declaration_still_given(walk: Walk) -> None:
    failed(walk).does(WentBack())
    assert isinstance(walk.state, Reviewing)
    assert walk.state.declared


def test_whoever_leaves_after_a_failed_store_is_reminded_of_the_originals(walk: Walk) -> None:
    failed(walk).waits(61).waits(31)
    assert walk.state == Ending(originals=True)


@pytest.mark.parametrize("code", ["submission.refused", "submission.set-aside"])
def test_a_refusal_seen_while_waiting_is_told_and_never_looks_like_success(walk: Walk, code: str) -> None:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, RECEIPT_NO), DeliveryKnown(serial, None, code))
    assert isinstance(walk.state, Failing)
    assert walk.state.fault == Fault(code)
    assert walk.state.outcome is not None
    assert walk.state.outcome.receipt_no == RECEIPT_NO
    assert walk.does(WentBack()).state == walk.state
    assert isinstance(walk.does(Continued()).state, Ending)


@pytest.mark.parametrize("code", ["submission.refused", "submission.set-aside"])
def test_a_refusal_heard_after_the_resident_stopped_waiting_is_told_before_anything_is_printed(
    walk: Walk, code: str
) -> None:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, RECEIPT_NO), Continued(), DeliveryKnown(serial, None, code))
    assert isinstance(walk.state, Failing)
    assert walk.state.fault == Fault(code)


def test_the_number_of_what_was_refused_can_go_to_the_phone(walk: Walk) -> None:
    serial = walk.to_storing().session.serial
    walk.does(ApplicationStored(serial, RECEIPT_NO), DeliveryKnown(serial, None, "submission.refused"))
    walk.does(ReceiptChosen("phone"))
    assert isinstance(walk.state, Receipting)


# An earlier case of the same kind -----------------------------------------------------------------

EARLIER = EarlierCase("CASE0", "in-review", datetime(2026, 3, 2, tzinfo=UTC))


def test_once_there_is_a_case_it_is_asked_whether_it_is_the_first(walk: Walk) -> None:
    assert AskEarlier(result(walk).session.serial, RECEIPT_NO) in walk.effects


def test_while_there_is_no_case_nothing_is_asked(walk: Walk) -> None:
    assert result(walk, None).effects == ()


def test_an_earlier_case_is_told_beside_the_number_of_this_one(walk: Walk) -> None:
    result(walk).does(EarlierKnown(walk.session.serial, EARLIER))
    assert isinstance(walk.state, Resulting)
    assert (walk.state.outcome.case_no, walk.state.outcome.earlier) == (CASE_NO, EARLIER)


def test_an_earlier_case_heard_of_too_late_changes_nothing_that_is_printed(walk: Walk) -> None:
    state = result(walk).does(Continued()).state
    assert walk.does(EarlierKnown(walk.session.serial, EARLIER)).state == state


# The receipt --------------------------------------------------------------------------------------


def test_a_receipt_on_the_phone_prints_nothing_unless_asked(walk: Walk) -> None:
    result(walk).does(ReceiptChosen("phone"))
    assert isinstance(walk.state, Receipting)
    assert walk.state.phase is ReceiptPhase.ON_PHONE
    assert walk.effects == ()
    walk.does(ReprintAsked())
    assert isinstance(walk.effects[0], PrintReceipt)
    assert walk.effects[0].attempt == 1


def test_a_number_that_comes_while_the_code_is_shown_is_in_the_code(walk: Walk) -> None:
    result(walk, None).does(ReceiptChosen("phone"), DeliveryKnown(walk.session.serial, CASE_NO))
    assert isinstance(walk.state, Receipting)
    assert walk.state.outcome.case_no == CASE_NO


def test_no_receipt_goes_straight_on(walk: Walk) -> None:
    assert not rating(walk).paper


# The rating ---------------------------------------------------------------------------------------


def test_a_rating_is_sent_once_and_never_in_the_way(walk: Walk) -> None:
    rating(walk)
    serial = walk.session.serial
    walk.does(Rated(1))
    assert walk.effects == (SendRating(serial, RECEIPT_NO, 1),)
    assert walk.does(Rated(5)).effects == ()
    assert isinstance(walk.does(Continued()).state, Ending)


@pytest.mark.parametrize(("sent", "phase"), [(True, RatingPhase.SENT), (False, RatingPhase.UNSENT)])
def test_what_became_of_the_rating_is_said(walk: Walk, *, sent: bool, phase: RatingPhase) -> None:
    rating(walk)
    walk.does(Rated(3), RatingKnown(walk.session.serial, sent))
    assert isinstance(walk.state, Rating)
    assert walk.state.phase is phase


def test_without_the_network_a_rating_is_not_sent_and_not_kept(walk: Walk) -> None:
    rating(walk)
    walk.does(NetworkSeen(online=False), Rated(2))
    assert isinstance(walk.state, Rating)
    assert walk.state.phase is RatingPhase.UNSENT
    assert walk.effects == ()


@pytest.mark.parametrize("score", [0, 6, -1])
def test_what_is_no_face_is_no_rating(walk: Walk, score: int) -> None:
    before = rating(walk)
    assert walk.does(Rated(score)).state == before


def test_the_faces_wait_twenty_seconds_and_no_more(walk: Walk) -> None:
    rating(walk)
    assert isinstance(walk.waits(19).state, Rating)
    assert isinstance(walk.waits(2).state, Ending)


def test_the_paper_is_remembered_behind_the_rating(walk: Walk) -> None:
    result(walk).does(Continued())
    walk.does(ReceiptDone(walk.session.serial, PrintResult("1", PrintOutcome.PRINTED, None)))
    walk.does(Continued(), Continued())
    assert isinstance(walk.state, Ending)
    assert (walk.state.originals, walk.state.paper) == (True, True)


def test_a_printer_that_fails_offers_the_code_instead(walk: Walk) -> None:
    result(walk).does(DeviceHealthChanged(broken("printer-1", "printer.paper-out")), Continued())
    assert isinstance(walk.state, Receipting)
    assert walk.state.phase is ReceiptPhase.NOT_PRINTED
    assert isinstance(walk.does(Continued()).state, Rating)
    assert not isinstance(walk.state, Resulting)
