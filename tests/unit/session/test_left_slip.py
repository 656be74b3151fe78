"""The program ended between the store and the slip; whoever waited out the restart is given the slip."""

import pytest

from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.seal_mark import SealMark
from kiosk.session.effects import AwaitDelivery, PrintReceipt
from kiosk.session.events import (
    Continued,
    CutOffKnown,
    DeliveryKnown,
    Ended,
    ReceiptChosen,
    Started,
    Touched,
)
from kiosk.session.left_slip import OFFERED_S
from kiosk.session.states import Attract, Failing, Fault, Home, Receipting, Resulting
from kiosk.session.world_events import LeftStored

from .conftest import Walk

RECEIPT_NO = "T0421-000137-K7"
CASE_NO = "11440306SAMPLE202611230001"
SEAL = SealMark("1f2e3d4c", "proof")


def offered(walk: Walk, case_no: str | None = None, service: str = "old-age-allowance") -> Walk:
    return walk.does(CutOffKnown(LeftStored(service, RECEIPT_NO, case_no, SEAL)))


def shown(walk: Walk) -> Resulting:
    walk.does(Started())
    assert isinstance(walk.state, Resulting)
    return walk.state


def test_the_first_touch_shows_what_was_stored_and_names_nobody(walk: Walk) -> None:
    outcome = shown(offered(walk)).outcome
    assert (outcome.receipt_no, outcome.seal, outcome.left) == (RECEIPT_NO, SEAL, True)
    assert (outcome.masked_name, outcome.pages, outcome.item) == ("", None, walk.item)


def test_the_slip_is_printed_as_after_any_visit(walk: Walk) -> None:
    shown(offered(walk))
    assert isinstance(walk.does(Continued()).state, Receipting)
    (effect,) = walk.effects
    assert isinstance(effect, PrintReceipt)
    assert effect.outcome.receipt_no == RECEIPT_NO


def test_what_the_platform_says_meanwhile_is_asked_for_and_told(walk: Walk) -> None:
    shown(offered(walk))
    assert walk.effects == (AwaitDelivery(walk.session.serial, RECEIPT_NO),)
    walk.does(DeliveryKnown(walk.session.serial, CASE_NO))
    assert isinstance(walk.state, Resulting)
    assert (walk.state.outcome.case_no, walk.state.outcome.left) == (CASE_NO, True)
    assert walk.effects == (), "whether they applied before is nothing for somebody else"


def test_what_the_platform_had_received_is_asked_for_no_more(walk: Walk) -> None:
    assert shown(offered(walk, CASE_NO)).outcome.case_no == CASE_NO
    assert walk.effects == ()


def test_a_refusal_meanwhile_never_looks_like_success(walk: Walk) -> None:
    shown(offered(walk))
    walk.does(DeliveryKnown(walk.session.serial, None, "submission.refused"))
    assert isinstance(walk.state, Failing)
    assert walk.state.fault == Fault("submission.refused")


def test_a_report_is_offered_as_well(walk: Walk) -> None:
    assert shown(offered(walk, service=REPORT_SERVICE)).outcome.item.code == REPORT_SERVICE


def test_somebody_else_goes_on_to_the_home_screen_and_nobody_is_asked_again(walk: Walk) -> None:
    shown(offered(walk))
    assert walk.does(ReceiptChosen("none")).state == Home()
    walk.does(Ended())
    assert walk.does(Started()).state == Home()


def test_the_offer_ends(walk: Walk) -> None:
    offered(walk).waits(OFFERED_S - 1)
    assert walk.session.slip is not None
    walk.waits(1)
    assert walk.session.slip is None
    assert walk.does(Started()).state == Home()


def test_whoever_leaves_it_unanswered_leaves_nothing_of_it_behind(walk: Walk) -> None:
    shown(offered(walk))
    while not isinstance(walk.state, Attract):
        walk.waits(30)
    assert walk.session.slip is None
    assert walk.does(Started()).state == Home()


def test_an_answer_that_comes_once_somebody_is_here_disturbs_nobody(walk: Walk) -> None:
    walk.to_home()
    assert offered(walk).state == Home()
    walk.does(Ended(), CutOffKnown(None))
    assert (walk.session.slip, walk.session.cut_off) == (None, False)


def test_where_nothing_was_stored_that_is_said(walk: Walk) -> None:
    walk.does(CutOffKnown(None))
    assert walk.session.cut_off
    assert walk.does(Started()).state == Home()


def test_an_item_that_is_offered_no_more_is_not_shown(walk: Walk) -> None:
    offered(walk, service="no-such-item")
    assert walk.session.slip is None


@pytest.mark.parametrize("seconds", [0, 30])
def test_the_answer_is_no_sign_of_life(walk: Walk, seconds: int) -> None:
    walk.does(Touched()).waits(seconds)
    before = walk.session.touched_s
    assert offered(walk).session.touched_s == before
