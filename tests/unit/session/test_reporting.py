import pytest

from kiosk.catalogue.reports import load_reports
from kiosk.domain.application import CapturedPage
from kiosk.domain.report import PlaceWay, Report, ReportPlace
from kiosk.session.effects import AwaitDelivery, HoldRoom, StartPreview, StopPreview
from kiosk.session.events import (
    AnswerEdited,
    ApplicationStored,
    CaptureAsked,
    Continued,
    DeliveryKnown,
    DeviceHealthChanged,
    Door,
    DoorOpened,
    Ended,
    PageFailed,
    PageTaken,
    RetakeAsked,
    StorageSeen,
    StoreFailed,
    WentBack,
)
from kiosk.session.fault import Fault
from kiosk.session.report_states import (
    CapturePhase,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportStep,
    ReportWriting,
)
from kiosk.session.side_effects import StoreReport, TakeSnapshot
from kiosk.session.side_events import Picked
from kiosk.session.states import Attract, Home, Resulting, Submitting

from .conftest import Walk, broken

PHOTO = CapturedPage("report-problem", b"jpeg", 10, 10, "photo")


class Reporter(Walk):
    """Somebody who saw a street light that is off."""

    def to_kinds(self) -> "Reporter":
        return self.to_home().does(DoorOpened(Door.REPORT))

    def to_photo_question(self) -> "Reporter":
        return self.to_kinds().does(Picked("street-light"))

    def to_camera(self) -> "Reporter":
        return self.to_photo_question().does(Picked("photo"))

    def takes_photo(self) -> "Reporter":
        return self.does(CaptureAsked(), PageTaken(self.session.serial, PHOTO, ()))

    def to_places(self) -> "Reporter":
        return self.to_photo_question().does(Picked("none"))

    def to_words(self) -> "Reporter":
        return self.to_places().does(Picked("here"))

    def to_contact(self, words: str = "路灯不亮") -> "Reporter":
        return self.to_words().does(AnswerEdited(words), Continued())

    def to_review(self) -> "Reporter":
        return self.to_contact().does(Picked("anonymous"))

    @property
    def report(self) -> Report:
        assert isinstance(self.state, ReportPicking | ReportWriting | ReportPhoto | ReportReview)
        return self.state.report


@pytest.fixture
def reporter() -> Reporter:
    return Reporter()


def test_nobody_has_to_say_who_they_are(reporter: Reporter) -> None:
    reporter.to_review()
    here = ReportPlace(PlaceWay.TERMINAL)
    assert reporter.state == ReportReview(Report("street-light", None, here, "路灯不亮", ""))


def test_the_room_is_held_before_the_first_question(reporter: Reporter) -> None:
    reporter.to_kinds()
    assert reporter.effects == (HoldRoom(reporter.session.serial),)


def test_without_room_nothing_is_asked(reporter: Reporter) -> None:
    reporter.does(StorageSeen("queue.no-space")).to_kinds()
    refused = ReportPicking(fault=Fault("queue.no-space"))
    assert reporter.state == refused
    assert reporter.does(Picked("street-light")).state == refused
    assert reporter.does(WentBack()).state == Home()


def test_a_kind_that_is_not_offered_changes_nothing(reporter: Reporter) -> None:
    assert reporter.to_kinds().does(Picked("nonsense")).state == ReportPicking()


def test_the_camera_shows_its_picture_until_the_photo_is_there(reporter: Reporter) -> None:
    reporter.to_camera()
    assert StartPreview() in reporter.effects
    reporter.does(CaptureAsked())
    assert reporter.effects == (TakeSnapshot(reporter.session.serial),)
    reporter.does(PageTaken(reporter.session.serial, PHOTO, ()))
    assert StopPreview() in reporter.effects
    reporter.does(Continued())
    assert reporter.report.photo == PHOTO
    assert reporter.state == ReportPicking(reporter.report, ReportStep.PLACE)


def test_a_photo_can_be_taken_again(reporter: Reporter) -> None:
    reporter.to_camera().takes_photo().does(RetakeAsked())
    assert reporter.state == ReportPhoto(Report("street-light"))
    assert StartPreview() in reporter.effects


def test_a_camera_that_fails_is_told_and_the_report_goes_on_without(reporter: Reporter) -> None:
    reporter.to_camera().does(CaptureAsked(), PageFailed(reporter.session.serial, "camera.gone"))
    assert reporter.state == ReportPhoto(Report("street-light"), fault=Fault("camera.gone"))
    reporter.does(WentBack(), Picked("none"))
    assert reporter.state == ReportPicking(Report("street-light"), ReportStep.PLACE)


def test_a_camera_that_is_not_there_is_not_asked(reporter: Reporter) -> None:
    reporter.does(DeviceHealthChanged(broken("camera-1", "camera.gone"))).to_camera().does(CaptureAsked())
    assert isinstance(reporter.state, ReportPhoto)
    assert (reporter.state.phase, reporter.state.fault) == (CapturePhase.READY, Fault("camera.gone"))


def test_a_place_is_picked_by_street_and_community(reporter: Reporter) -> None:
    reporter.to_places().does(Picked("新安街道"))
    assert reporter.state == ReportPicking(reporter.report, ReportStep.COMMUNITY, street="新安街道")
    reporter.does(Picked("样例海棠社区"))
    assert reporter.report.place == ReportPlace(PlaceWay.PICKED, "广东省深圳市宝安区新安街道样例海棠社区")
    assert isinstance(reporter.state, ReportWriting)


def test_a_whole_street_will_do(reporter: Reporter) -> None:
    reporter.to_places().does(Picked("新安街道"), Picked("whole-street"))
    assert reporter.report.place == ReportPlace(PlaceWay.PICKED, "广东省深圳市宝安区新安街道")


def test_a_place_can_be_written(reporter: Reporter) -> None:
    reporter.to_places().does(Picked("by-hand"), Continued())
    assert isinstance(reporter.state, ReportWriting)
    assert reporter.state.fault == Fault("form.required")
    reporter.does(AnswerEdited(" 翻身路口 "), Continued())
    assert reporter.report.place == ReportPlace(PlaceWay.WRITTEN, "翻身路口")


def test_without_words_and_photo_there_is_nothing_to_report(reporter: Reporter) -> None:
    reporter.to_contact(words="  ")
    assert isinstance(reporter.state, ReportWriting)
    assert reporter.state.fault == Fault("report.say-something")


def test_with_a_photo_the_words_may_be_left_out(reporter: Reporter) -> None:
    reporter.to_camera().takes_photo().does(Continued(), Picked("here"), Continued())
    assert reporter.state == ReportPicking(reporter.report, ReportStep.CONTACT)


def test_a_phone_number_is_checked(reporter: Reporter) -> None:
    reporter.to_contact().does(Picked("phone"), AnswerEdited("123"), Continued())
    assert isinstance(reporter.state, ReportWriting)
    assert reporter.state.fault == Fault("form.not-a-phone")
    reporter.does(AnswerEdited("13800138000"), Continued())
    assert reporter.state == ReportReview(reporter.report)
    assert reporter.report.phone == "13800138000"


@pytest.mark.parametrize("step", ["kind", "photo", "place", "words", "contact"])
def test_every_line_of_the_review_can_be_changed(reporter: Reporter, step: str) -> None:
    whole = reporter.to_review().report
    reporter.does(Picked(step))
    assert isinstance(reporter.state, ReportPicking | ReportWriting)
    assert (reporter.state.step.value, reporter.state.changing) == (step, True)
    assert reporter.does(WentBack()).state == ReportReview(whole)


def test_a_changed_line_returns_to_the_review_with_the_rest_kept(reporter: Reporter) -> None:
    reporter.to_review().does(Picked("kind"), Picked("noise"))
    assert isinstance(reporter.state, ReportReview)
    assert (reporter.report.kind, reporter.report.words) == ("noise", "路灯不亮")


def test_the_report_is_stored_before_anything_else_and_then_forgotten(reporter: Reporter) -> None:
    report = reporter.to_review().report
    reporter.does(Continued())
    serial, language = reporter.session.serial, reporter.session.language
    assert reporter.effects == (StoreReport(serial, report, language),)
    assert reporter.does(WentBack(), Ended(), Picked("kind")).state == ReportReview(report, storing=True)
    reporter.does(ApplicationStored(serial, "T0421-000009-AA"))
    assert reporter.effects == (AwaitDelivery(serial, "T0421-000009-AA"),)
    assert isinstance(reporter.state, Submitting)
    assert (reporter.state.visit, reporter.state.masked_name) == (None, "")


def test_the_number_comes_first_and_the_districts_id_later(reporter: Reporter) -> None:
    reporter.to_review().does(Continued(), ApplicationStored(reporter.session.serial, "T0421-000009-AA"))
    reporter.does(DeliveryKnown(reporter.session.serial, None))
    assert isinstance(reporter.state, Resulting)
    assert (reporter.state.outcome.receipt_no, reporter.state.outcome.case_no) == ("T0421-000009-AA", None)
    assert reporter.state.outcome.item == load_reports().item


def test_what_could_not_be_stored_is_still_there_to_try_again(reporter: Reporter) -> None:
    report = reporter.to_review().report
    reporter.does(Continued(), StoreFailed(reporter.session.serial, "queue.unreachable"))
    assert reporter.state == ReportReview(report, fault=Fault("queue.unreachable"))


def test_whoever_leaves_leaves_nothing(reporter: Reporter) -> None:
    assert reporter.to_contact().does(Ended()).state == Attract()


def test_the_way_back_leads_through_every_question(reporter: Reporter) -> None:
    reporter.to_contact()
    seen: list[object] = []
    while not isinstance(reporter.state, Home):
        seen.append(
            reporter.state.step if isinstance(reporter.state, ReportPicking | ReportWriting) else None
        )
        reporter.does(WentBack())
    assert seen == [
        ReportStep.CONTACT,
        ReportStep.WORDS,
        ReportStep.PLACE,
        ReportStep.PHOTO,
        ReportStep.KIND,
    ]
