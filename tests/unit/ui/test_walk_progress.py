"""Asking how an application stands, by touch: by card, by number, and what is to be done then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.demo.scenes import side_visits, visits
from kiosk.domain.cases import AwaitedReceipt, KeptHere, Story
from kiosk.session.effects import HoldRoom, SealAndStore
from kiosk.session.events import (
    ApplicationStored,
    CardWasDetected,
    CardWasRemoved,
    DeliveryKnown,
    PageTaken,
)
from kiosk.session.progress_states import Listing, Numbering, Telling, Tracking
from kiosk.session.side_effects import AskCases, AskStory
from kiosk.session.side_events import AskingFailed, CasesTold, StoryTold
from kiosk.session.states import Capturing, Gathering, Home, Identifying, Resulting, Reviewing, Submitting
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import CARD, SERIAL, Walk, broken

pytestmark = KEYBOARD_NOISE

SINCE = datetime(2026, 3, 1, tzinfo=UTC)
WANTING = side_visits.case("received", "correction-required")
GRANTED = side_visits.case("received", "accepted", "granted", number=f"{side_visits.CASE_NO[:-1]}9")


def asked(walk: Walk, last4: str = "9908") -> Walk:
    walk.begins(Home()).taps("door-progress", "pick-number").is_at(Numbering)
    walk.sees("answer").keys("124405").taps("continue").keys(last4).taps("continue")
    assert walk.asked(AskStory)
    return walk


def test_the_card_lists_ones_cases_and_each_tells_how_it_stands(walk: Walk) -> None:
    walk.begins(Home()).taps("door-progress").is_at(Tracking)
    walk.taps("pick-card").is_at(Identifying).lays()
    assert walk.asked(AskCases)
    walk.hears(CasesTold(SERIAL, (WANTING, GRANTED)))
    walk.taps(f"pick-{GRANTED.number}").is_at(Telling)
    walk.taps("back").is_at(Listing)
    walk.taps("back").is_at(Tracking)
    walk.taps("back").is_at(Home)


def test_whoever_has_no_case_is_told_so(walk: Walk) -> None:
    walk.begins(Listing(visits.holder())).hears(CasesTold(SERIAL, ())).is_at(Listing)
    walk.panel.robot.wait(lambda: walk.says("没有查到您的办件"), "it is said")
    walk.taps("back").is_at(Tracking)


def test_a_card_that_lay_there_before_is_lifted_first(walk: Walk) -> None:
    walk.begins(Tracking()).hears(CardWasDetected()).taps("pick-card").is_told("idcard.lift-first")
    walk.hears(CardWasRemoved()).lays().is_at(Listing)


def test_a_card_of_nobody_can_be_given_up_for_the_number(walk: Walk) -> None:
    walk.begins(Tracking()).taps("pick-card").hears(broken("idcard-1")).taps("back", "pick-number")
    walk.is_at(Numbering)


def test_without_the_network_the_list_says_so_and_asks_again(walk: Walk) -> None:
    walk.begins(Listing(visits.holder())).hears(AskingFailed(SERIAL, "backend.unreachable"))
    walk.is_told("backend.unreachable").taps("pick-again")
    assert walk.asked(AskCases)
    walk.hears(CasesTold(SERIAL, (GRANTED,))).sees(f"pick-{GRANTED.number}")


def test_the_number_and_the_last_four_find_a_case(walk: Walk) -> None:
    asked(walk).hears(StoryTold(SERIAL, GRANTED)).is_at(Telling)
    walk.taps("back").is_at(Numbering)
    walk.taps("back").is_at(Tracking)


def test_no_number_and_half_a_number_are_told(walk: Walk) -> None:
    walk.begins(Numbering()).taps("continue").is_told("form.required")
    walk.begins("progress-last4").taps("continue").is_told("case.last4-incomplete")
    walk.taps("back").is_at(Numbering)


def test_a_number_that_is_not_found_is_told_and_corrected(walk: Walk) -> None:
    asked(walk, "9907").hears(AskingFailed(SERIAL, "case.not-found")).is_told("case.not-found")
    walk.taps("back").is_at(Numbering)
    assert isinstance(walk.state, Numbering)
    assert walk.state.number == "124405"


def test_without_the_network_a_number_is_told_to_wait(walk: Walk) -> None:
    asked(walk).hears(AskingFailed(SERIAL, "backend.unreachable")).is_told("backend.unreachable")
    walk.taps("continue")
    assert walk.asked(AskStory)


def test_a_report_is_told_by_its_number_alone(walk: Walk) -> None:
    walk.begins("progress-number-asked").hears(StoryTold(SERIAL, side_visits.reported("received", "solved")))
    walk.is_at(Telling).sees("title", "已经办结").taps("back").is_at(Numbering)


def test_a_report_that_has_not_left_is_told_by_this_terminal(walk: Walk) -> None:
    walk.begins("progress-number-asked").hears(
        StoryTold(SERIAL, KeptHere(visits.RECEIPT_NO, None, report=True))
    )
    walk.is_at(Telling).sees("title", "已保存，尚未送达")


def test_a_case_with_an_earlier_one_names_it(walk: Walk) -> None:
    walk.begins("case-again")
    assert walk.says(f"{side_visits.CASE_NO[:-4]}0007")


@pytest.mark.parametrize(
    "story",
    [
        AwaitedReceipt(visits.RECEIPT_NO, certain=True),
        AwaitedReceipt(visits.RECEIPT_NO, certain=False),
        KeptHere(visits.RECEIPT_NO, None),
        KeptHere(visits.RECEIPT_NO, visits.CASE_NO),
    ],
    ids=["awaited", "unsure", "kept-here", "delivered"],
)
def test_a_receipt_without_a_case_says_where_it_is(walk: Walk, story: Story) -> None:
    asked(walk).hears(StoryTold(SERIAL, story)).is_at(Telling)
    assert walk.says(visits.RECEIPT_NO)
    walk.taps("back").is_at(Numbering)


def test_a_correction_found_by_the_card_takes_the_page_and_is_handed_in(walk: Walk) -> None:
    walk.begins("case-correction").taps("continue").is_at(Gathering)
    assert walk.asked(HoldRoom)
    walk.taps("material-social-security-card").is_at(Capturing)
    walk.taps("capture").hears(PageTaken(SERIAL, visits.page("social-security-card"), ()))
    walk.taps("continue", "continue").is_at(Reviewing)
    walk.taps("declaration", "continue").is_at(Submitting)
    assert walk.asked(SealAndStore)
    walk.hears(ApplicationStored(SERIAL, visits.RECEIPT_NO), DeliveryKnown(SERIAL, visits.CASE_NO))
    walk.is_at(Resulting)


def test_a_correction_without_its_page_is_not_handed_in_and_leads_back_to_the_case(walk: Walk) -> None:
    walk.begins("case-correction").taps("continue", "continue").is_told("materials.missing")
    walk.taps("back").is_at(Telling)


def test_a_correction_found_by_its_number_wants_the_card_of_the_applicant(walk: Walk) -> None:
    asked(walk).hears(StoryTold(SERIAL, WANTING)).taps("continue").is_at(Identifying)
    walk.lays(replace(CARD, number="11010519491231002X", born="19491231"))
    walk.is_told("correction.not-the-applicant").hears(CardWasRemoved()).lays().is_at(Gathering)


def test_a_correction_waits_while_the_camera_is_away(walk: Walk) -> None:
    walk.begins("case-correction").hears(broken("camera-1")).taps("continue")
    walk.is_told("item.needs-camera").is_at(Telling)


def test_a_correction_of_a_service_that_is_not_filed_here_says_so(walk: Walk) -> None:
    elsewhere = replace(WANTING, item="nowhere")
    walk.begins(Telling(elsewhere, Listing(visits.holder(), (elsewhere,)))).taps("continue")
    walk.is_told("correction.not-here").taps("back").is_at(Listing)
