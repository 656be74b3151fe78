from datetime import UTC, date, datetime
from typing import Self

import pytest

from kiosk.domain.cases import CaseProgress, KeptHere, StatusEntry, Story
from kiosk.domain.report import ReportProgress, StageEntry
from kiosk.session.base import Context
from kiosk.session.effects import HoldRoom, SealAndStore
from kiosk.session.errand import Correcting, Progress
from kiosk.session.events import (
    AnswerEdited,
    ApplicationStored,
    CaptureAsked,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    Continued,
    DeclarationToggled,
    Door,
    DoorOpened,
    Ended,
    Event,
    StorageSeen,
    WentBack,
)
from kiosk.session.fault import Fault
from kiosk.session.machine import step
from kiosk.session.progress_states import Listing, Numbering, Numeral, Telling, Tracking
from kiosk.session.side_effects import AskCases, AskNumber, AskStory
from kiosk.session.side_events import AskingFailed, CaseNumbered, CasesTold, Picked, StoryTold
from kiosk.session.states import Attract, Ending, Gathering, Home, Identifying, Reviewing, Submitting

from .conftest import CHEN, Walk

AT = datetime(2026, 11, 3, tzinfo=UTC)
RECEIVED = StatusEntry("received", AT, "")
WANTED = StatusEntry("correction-required", AT, "请重拍社保卡", ("social-security-card",))


def case(*entries: StatusEntry, item: str = "old-age-allowance", number: str = "CASE1") -> CaseProgress:
    return CaseProgress(number, "T0421-000001-AA", item, "高龄老人津贴申请", AT, entries or (RECEIVED,))


class Asker(Walk):
    """A resident who asks how an application stands."""

    def does(self, *events: Event) -> Self:
        for event in events:
            context = Context(
                self.now_s, date(2026, 11, 23), self.form_of, item_of={self.item.code: self.item}.get
            )
            self.session, self.effects = step(self.session, event, context)
        return self

    def to_tracking(self) -> Self:
        return self.to_home().does(DoorOpened(Door.PROGRESS))

    def to_listing(self, *cases: CaseProgress) -> Self:
        self.to_tracking().does(Picked("card"), CardWasDetected(), CardWasRead(CHEN))
        return self.does(CasesTold(self.session.serial, cases))

    def types(self, number: str) -> Self:
        return self.to_tracking().does(Picked("number"), AnswerEdited(number), Continued())

    def to_asking(self, number: str = " t0421-000001-aa ", last4: str = "9908") -> Self:
        self.types(number).does(CaseNumbered(self.session.serial))
        return self.does(AnswerEdited(last4), Continued())

    def told(self, story: Story) -> Self:
        return self.does(StoryTold(self.session.serial, story))


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_the_door_leads_to_two_ways_and_back(asker: Asker) -> None:
    assert asker.to_tracking().state == Tracking()
    assert asker.does(Picked("number")).state == Numbering()
    assert asker.does(WentBack()).state == Tracking()
    assert asker.does(Picked("card")).state == Identifying(Progress())
    assert asker.does(WentBack()).state == Tracking()
    assert asker.does(WentBack()).state == Home()


def test_a_card_that_still_lies_there_has_to_be_lifted_first(asker: Asker) -> None:
    asker.to_tracking().does(CardWasDetected(), Picked("card"))
    assert asker.state == Identifying(Progress(), fault=Fault("idcard.lift-first"))
    assert asker.does(CardWasRemoved()).state == Identifying(Progress())


def test_the_card_asks_the_platform_for_the_holders_cases(asker: Asker) -> None:
    asker.to_tracking().does(Picked("card"), CardWasDetected(), CardWasRead(CHEN))
    assert isinstance(asker.state, Listing)
    assert asker.state.cases is None
    assert AskCases(asker.session.serial, asker.state.holder) in asker.effects


def test_a_case_of_the_list_is_opened_and_left_again(asker: Asker) -> None:
    story = case()
    asker.to_listing(story)
    listed = asker.state
    assert isinstance(asker.does(Picked("CASE1")).state, Telling)
    assert asker.does(WentBack()).state == listed
    assert asker.does(Picked("another")).state == listed


def test_when_the_platform_cannot_be_asked_the_resident_may_ask_again(asker: Asker) -> None:
    asker.to_tracking().does(Picked("card"), CardWasDetected(), CardWasRead(CHEN))
    asker.does(AskingFailed(asker.session.serial, "backend.unreachable"))
    assert isinstance(asker.state, Listing)
    assert asker.state.fault == Fault("backend.unreachable")
    asker.does(Picked("again"))
    assert asker.state == Listing(asker.state.holder)
    assert any(isinstance(effect, AskCases) for effect in asker.effects)


def test_the_number_is_asked_for_before_the_last_four(asker: Asker) -> None:
    asker.to_tracking().does(Picked("number"), Continued())
    assert asker.state == Numbering(fault=Fault("form.required"))
    asker.does(AnswerEdited("abc"), Continued())
    assert asker.state == Numbering("ABC", typing=Numeral.LAST4)
    assert asker.does(WentBack()).state == Numbering("ABC")


@pytest.mark.parametrize("number", ["T0421-000001-AA", "T042100000AA", "SSP440306202603020007"])
def test_a_number_that_may_be_a_reports_is_looked_up_before_anybody_proves_anything(
    asker: Asker, number: str
) -> None:
    asker.types(number.lower())
    assert asker.effects == (AskNumber(asker.session.serial, number),)
    assert asker.state == Numbering(number, asking=True)


def test_a_report_is_told_by_its_number_alone(asker: Asker) -> None:
    report = ReportProgress("SSP440306202603020007", "street-light", AT, 2, (StageEntry("received", AT, ""),))
    asker.types(report.number).told(report)
    assert asker.state == Telling(report, Numbering(report.number))
    assert asker.does(WentBack()).state == Numbering(report.number)


def test_a_number_that_is_no_reports_wants_the_last_four(asker: Asker) -> None:
    asker.types("T0421-000001-AA").does(CaseNumbered(asker.session.serial))
    assert asker.state == Numbering("T0421-000001-AA", typing=Numeral.LAST4)


def test_a_number_with_a_slip_in_it_is_told_where_it_was_typed(asker: Asker) -> None:
    asker.types("T0421-000001-AB").does(AskingFailed(asker.session.serial, "case.number-mistyped"))
    assert asker.state == Numbering("T0421-000001-AB", fault=Fault("case.number-mistyped"))


@pytest.mark.parametrize("typed", ["", "12", "12X4", "ABCD"])
def test_digits_of_a_wrong_shape_are_asked_for_again(asker: Asker, typed: str) -> None:
    asker.to_asking(last4=typed)
    assert isinstance(asker.state, Numbering)
    assert asker.state.fault == Fault("case.last4-incomplete")


def test_the_platform_is_asked_with_what_was_typed(asker: Asker) -> None:
    asker.to_asking(last4="990x")
    assert asker.effects == (AskStory(asker.session.serial, "T0421-000001-AA", "990X"),)


def test_nothing_can_be_typed_while_the_platform_is_asked(asker: Asker) -> None:
    asking = asker.to_asking().state
    assert asker.does(AnswerEdited("1234"), Continued(), WentBack()).state == asking


def test_an_unknown_number_is_told_and_can_be_corrected(asker: Asker) -> None:
    asker.to_asking().does(AskingFailed(asker.session.serial, "case.not-found"))
    assert isinstance(asker.state, Numbering)
    assert (asker.state.fault, asker.state.asking) == (Fault("case.not-found"), False)


def test_the_last_four_are_forgotten_on_the_way_back(asker: Asker) -> None:
    asker.to_asking().told(case()).does(WentBack())
    assert asker.state == Numbering("T0421-000001-AA")


def test_an_answer_to_somebody_elses_question_shows_nothing(asker: Asker) -> None:
    asker.to_asking()
    before = asker.session.serial
    asker.does(Ended(), StoryTold(before, case()))
    assert asker.state == Attract()


def test_what_the_terminal_knows_itself_is_shown(asker: Asker) -> None:
    kept = KeptHere("T0421-000001-AA", None)
    asker.to_asking().told(kept)
    assert isinstance(asker.state, Telling)
    assert asker.state.story == kept
    assert asker.does(Continued()).state == Telling(kept, asker.state.origin)


def test_the_list_is_wiped_after_a_while(asker: Asker) -> None:
    asker.to_listing(case()).waits(61).waits(31)
    assert asker.state == Ending()


# Correction --------------------------------------------------------------------------------------


def test_a_case_that_asks_for_documents_opens_those_and_no_others(asker: Asker) -> None:
    asker.to_listing(case(RECEIVED, WANTED)).does(Picked("CASE1"), Continued())
    assert isinstance(asker.state, Gathering)
    assert [one.code for one in asker.state.visit.item.materials] == ["social-security-card"]
    assert HoldRoom(asker.session.serial) in asker.effects
    asker.does(WentBack())
    assert isinstance(asker.state, Telling)


def test_a_case_that_names_no_documents_opens_all_that_the_resident_brings(asker: Asker) -> None:
    vague = StatusEntry("correction-required", AT, "请补交材料")
    asker.to_listing(case(RECEIVED, vague)).does(Picked("CASE1"), Continued())
    assert isinstance(asker.state, Gathering)
    own = {one.code for one in asker.item.materials if one.source == "resident"}
    assert {one.code for one in asker.state.visit.item.materials} == own


def test_a_case_that_asks_for_nothing_opens_nothing(asker: Asker) -> None:
    asker.to_listing(case()).does(Picked("CASE1"))
    told = asker.state
    assert asker.does(Continued()).state == told


def test_a_service_that_is_not_filed_here_is_corrected_at_the_window(asker: Asker) -> None:
    asker.to_listing(case(RECEIVED, WANTED, item="elsewhere")).does(Picked("CASE1"), Continued())
    assert isinstance(asker.state, Telling)
    assert asker.state.fault == Fault("correction.not-here")


def test_nothing_is_begun_that_could_not_be_stored(asker: Asker) -> None:
    asker.to_listing(case(RECEIVED, WANTED)).does(StorageSeen("queue.no-space"))
    asker.does(Picked("CASE1"), Continued())
    assert isinstance(asker.state, Telling)
    assert asker.state.fault == Fault("queue.no-space")


def test_found_by_its_number_a_case_is_opened_by_the_applicants_card_only(asker: Asker) -> None:
    asker.to_asking().told(case(RECEIVED, WANTED)).does(Continued())
    assert isinstance(asker.state, Identifying)
    assert isinstance(asker.state.errand, Correcting)
    asker.does(CardWasDetected(), CardWasRead(CHEN))
    assert isinstance(asker.state, Gathering)


def test_somebody_elses_card_does_not_open_it(asker: Asker) -> None:
    asker.to_asking(last4="1234").told(case(RECEIVED, WANTED))
    asker.does(Continued(), CardWasDetected(), CardWasRead(CHEN))
    assert isinstance(asker.state, Identifying)
    assert asker.state.fault == Fault("correction.not-the-applicant")
    assert isinstance(asker.does(WentBack()).state, Telling)


def test_a_correction_is_sealed_for_its_case(asker: Asker) -> None:
    asker.to_listing(case(RECEIVED, WANTED)).does(Picked("CASE1"), Continued(), Continued())
    assert isinstance(asker.state, Gathering)
    assert asker.state.fault == Fault("materials.missing")
    asker.takes("social-security-card").does(Continued())
    assert isinstance(asker.state, Reviewing)
    asker.does(DeclarationToggled(declared=True), Continued())
    sealed = next(effect for effect in asker.effects if isinstance(effect, SealAndStore))
    assert sealed.visit.correction is not None
    assert sealed.visit.correction.case.number == "CASE1"
    asker.does(ApplicationStored(asker.session.serial, "T0421-000002-BB"))
    assert isinstance(asker.state, Submitting)
    assert asker.state.visit is None


def test_capture_of_a_correction_returns_to_its_list(asker: Asker) -> None:
    asker.to_listing(case(RECEIVED, WANTED)).does(Picked("CASE1"), Continued())
    asker.takes("social-security-card").does(CaptureAsked())
    assert isinstance(asker.state, Gathering)
