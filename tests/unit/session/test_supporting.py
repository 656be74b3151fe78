"""Somebody reported it already: the earlier report is offered, and nobody waits for the offer."""

from datetime import UTC, date, datetime
from typing import Self

import pytest

from kiosk.domain.report import NearReport, PlaceWay, ReportPlace, ReportProgress, StageEntry
from kiosk.session.events import Continued, Ended, Event, NetworkSeen, WentBack
from kiosk.session.fault import Fault
from kiosk.session.report_states import (
    ReportNear,
    ReportPicking,
    ReportReview,
    ReportStep,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_effects import AskNear, SupportReport
from kiosk.session.side_events import AskingFailed, NearTold, Picked, Supported
from kiosk.session.states import Attract

from .test_reporting import Reporter

AT = datetime(2026, 11, 1, tzinfo=UTC)
FOUND = NearReport("SSP1", "street-light", "宝安区新安街道", date(2026, 11, 1), "received", 3)
SUPPORTED = ReportProgress("SSP1", "street-light", AT, 4, (StageEntry("received", AT, ""),))


class Witness(Reporter):
    """Somebody who saw what somebody else saw."""

    def to_near(self, *, online: bool | None = True) -> Self:
        if online is not None:
            self.does(NetworkSeen(online))
        self.to_words()
        return self

    def hears(self, *reports: NearReport) -> Self:
        return self.does(NearTold(self.session.serial, reports))

    def supports(self) -> Self:
        return self.to_near().hears(FOUND).does(Picked("SSP1"))

    @property
    def near(self) -> ReportNear:
        assert isinstance(self.state, ReportNear)
        return self.state


@pytest.fixture
def witness() -> Witness:
    return Witness()


def asked_for_words(state: object) -> bool:
    return isinstance(state, ReportWriting) and state.step is ReportStep.WORDS


def test_once_kind_and_place_are_known_the_district_is_asked(witness: Witness) -> None:
    witness.to_near()
    here = ReportPlace(PlaceWay.TERMINAL)
    assert witness.effects == (AskNear(witness.session.serial, "street-light", here),)
    assert witness.near.reports is None


def test_without_the_district_the_next_question_comes_at_once(witness: Witness) -> None:
    assert asked_for_words(witness.to_near(online=False).state)


def test_before_the_district_was_ever_heard_of_nothing_is_asked(witness: Witness) -> None:
    assert asked_for_words(witness.to_near(online=None).state)


def test_nothing_nearby_leads_on(witness: Witness) -> None:
    assert asked_for_words(witness.to_near().hears().state)


def test_nobody_waits_longer_than_a_second(witness: Witness) -> None:
    assert witness.to_near().waits(0.5).near.reports is None
    assert asked_for_words(witness.waits(0.5).state)


def test_an_answer_that_is_late_changes_nothing(witness: Witness) -> None:
    asked = witness.to_near().waits(1.5).state
    assert witness.hears(FOUND).state == asked


def test_what_is_offered_stays_until_somebody_chooses(witness: Witness) -> None:
    assert witness.to_near().hears(FOUND).waits(5.0).near.reports == (FOUND,)


def test_something_else_is_reported_as_something_else(witness: Witness) -> None:
    assert asked_for_words(witness.to_near().hears(FOUND).does(Picked("another")).state)


def test_back_leads_to_the_place(witness: Witness) -> None:
    witness.to_near().hears(FOUND).does(WentBack())
    assert isinstance(witness.state, ReportPicking)
    assert witness.state.step is ReportStep.PLACE


def test_a_report_that_is_not_offered_cannot_be_supported(witness: Witness) -> None:
    assert witness.to_near().hears(FOUND).does(Picked("SSP2")).effects == ()
    assert not witness.near.supporting


def test_the_same_thing_is_supported_and_its_report_told(witness: Witness) -> None:
    witness.supports()
    assert witness.effects == (SupportReport(witness.session.serial, "SSP1"),)
    witness.does(Supported(witness.session.serial, SUPPORTED))
    assert witness.state == ReportSupported(SUPPORTED)


def test_a_support_on_its_way_is_not_said_again(witness: Witness) -> None:
    state = witness.supports().state
    for event in (Picked("SSP1"), Picked("another"), WentBack()):
        assert witness.does(event).state == state


@pytest.mark.parametrize("code", ["report.not-supported", "report.closed"])
def test_a_support_that_did_not_get_through_leaves_every_way_open(witness: Witness, code: str) -> None:
    witness.supports().does(AskingFailed(witness.session.serial, code))
    assert (witness.near.fault, witness.near.supporting) == (Fault(code), False)
    assert asked_for_words(witness.does(Picked("another")).state)


@pytest.mark.parametrize("event", [Continued(), WentBack(), Ended()])
def test_after_a_support_nothing_is_left_to_do(witness: Witness, event: Event) -> None:
    witness.supports().does(Supported(witness.session.serial, SUPPORTED), event)
    assert witness.state == Attract()


def test_a_place_that_is_changed_later_is_not_asked_about(witness: Witness) -> None:
    witness.to_review().does(NetworkSeen(online=True), Picked("place"), Picked("here"))
    assert isinstance(witness.state, ReportReview)
