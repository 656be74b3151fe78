"""随手拍 by touch: a photo, a place, a few words, with a number or without a name, and what can go wrong."""

from kiosk.demo.scenes import side_visits, visits
from kiosk.session.effects import AwaitDelivery
from kiosk.session.events import (
    ApplicationStored,
    DeliveryKnown,
    PageFailed,
    PageTaken,
    StorageSeen,
    StoreFailed,
)
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_effects import StoreReport, SupportReport, TakeSnapshot
from kiosk.session.side_events import AskingFailed, NearTold, Supported
from kiosk.session.states import Attract, Home, Resulting
from tests.support.panel import KEYBOARD_NOISE
from tests.support.walking import SERIAL, Walk, broken, healthy

pytestmark = KEYBOARD_NOISE


def test_a_problem_is_reported_with_a_photo_and_without_a_name(walk: Walk) -> None:
    walk.begins(Home()).taps("door-report", "pick-litter", "pick-photo").is_at(ReportPhoto).taps("capture")
    assert walk.asked(TakeSnapshot)
    walk.hears(PageTaken(SERIAL, visits.page(), ())).taps("retake", "capture")
    walk.hears(PageTaken(SERIAL, visits.page(), ())).taps("continue", "pick-here").is_at(ReportNear)
    walk.hears(NearTold(SERIAL, ())).is_at(ReportWriting)
    walk.taps("continue", "pick-anonymous").is_at(ReportReview).taps("continue")
    assert walk.asked(StoreReport)
    walk.hears(ApplicationStored(SERIAL, visits.RECEIPT_NO))
    assert walk.asked(AwaitDelivery)
    walk.hears(DeliveryKnown(SERIAL, None)).is_at(Resulting).sees("title", "尚未送达")


def test_a_place_is_picked_from_the_lists_and_back_leads_up(walk: Walk) -> None:
    walk.begins("report-place").taps("pick-新安街道", "pick-whole-street").waits(1.0).is_at(ReportWriting)
    walk.begins("report-community").taps("back").is_at(ReportPicking).sees("pick-here")
    walk.taps("pick-by-hand").is_at(ReportWriting).taps("continue").is_told("form.required")


def test_a_report_that_says_nothing_is_asked_to(walk: Walk) -> None:
    walk.begins("report-words-missing").taps("continue").is_told("report.say-something")


def test_a_phone_number_that_is_none_is_told(walk: Walk) -> None:
    walk.begins("report-phone").taps("continue").is_told("form.not-a-phone").taps("back").sees(
        "pick-anonymous"
    )


def test_a_camera_that_fails_says_so_and_the_report_goes_on_without_a_photo(walk: Walk) -> None:
    walk.begins("report-photo").taps("capture").hears(PageFailed(SERIAL, "camera.covered"))
    walk.is_told("camera.covered").hears(broken("camera-1")).taps("capture")
    walk.is_told("device.restarting", "camera-1").taps("back", "pick-none").sees("pick-here")
    walk.begins("report-photo").hears(broken("camera-1"), healthy("camera-1")).taps("capture")
    assert walk.asked(TakeSnapshot)


def test_without_room_nothing_is_asked(walk: Walk) -> None:
    walk.begins(Home()).hears(StorageSeen("queue.no-space")).taps("door-report").is_told("queue.no-space")
    walk.taps("back").is_at(Home)


def test_a_report_that_is_not_stored_is_kept_and_handed_in_again(walk: Walk) -> None:
    walk.begins("report-review").taps("continue").hears(StoreFailed(SERIAL, "queue.unreachable"))
    walk.is_told("queue.unreachable").taps("continue")
    assert walk.asked(StoreReport)


def test_what_was_said_is_changed_from_the_review(walk: Walk) -> None:
    walk.begins("report-review").taps("pick-kind", "pick-litter").is_at(ReportReview)
    walk.taps("pick-words", "back").is_at(ReportReview)


def test_what_somebody_reported_already_is_supported_and_its_number_told(walk: Walk) -> None:
    walk.begins("report-near-one").taps("pick-SSP440306202603050007")
    assert walk.asked(SupportReport)
    walk.hears(Supported(SERIAL, side_visits.reported("received", supports=4))).is_at(ReportSupported)
    walk.sees("caseNo", side_visits.REPORT_NO).taps("continue")
    assert isinstance(walk.state, Attract)


def test_something_else_than_what_was_reported_goes_on(walk: Walk) -> None:
    walk.begins("report-near").taps("pick-another").is_at(ReportWriting)
    walk.begins("report-near").taps("back").is_at(ReportPicking)


def test_a_support_that_does_not_get_through_is_told(walk: Walk) -> None:
    walk.begins("report-near").taps("pick-SSP440306202603050007")
    walk.hears(AskingFailed(SERIAL, "report.not-supported")).is_told("report.not-supported")
    walk.taps("pick-another").is_at(ReportWriting)
