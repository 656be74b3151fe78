"""A reported problem is kept with how urgent it is; nobody's name is needed."""

import dataclasses

import pytest

from district.times import utc_now
from kiosk.domain.application import CapturedPage
from kiosk.domain.report import SERVICE, PlaceWay, Report, ReportPlace
from kiosk.domain.text import Language
from offline_queue.package import Part, pack
from offline_queue.transport import Accepted, Answer
from tests.contract.platform import TERMINAL, Platform, Sealed

PHOTO = CapturedPage(SERVICE, b"\xff\xd8jpeg", 10, 10, "photo")
REPORT = Report("street-light", PHOTO, ReportPlace(PlaceWay.TERMINAL), "路灯不亮", "")


def sealed_report(platform: Platform, report: Report, **changed: object) -> Sealed:
    said = report.as_json(terminal=TERMINAL, here="宝安自助厅", language=Language.ZH, at=utc_now())
    parts = () if report.photo is None else (Part("photo.jpg", "image/jpeg", report.photo.jpeg),)
    return platform.sealed(plaintext=pack(said | changed, parts), service=SERVICE)


def number_of(answer: Answer) -> str:
    assert isinstance(answer, Accepted)
    return answer.ack.acceptance_no


def test_a_report_gets_a_number_and_is_found_by_its_receipt(platform: Platform) -> None:
    sealed = sealed_report(platform, REPORT)
    number = number_of(platform.deliver(sealed))
    by_receipt = platform.raw("GET", f"/v1/reports/{sealed.meta.receipt_no.lower()}").json()
    assert by_receipt["number"] == number
    assert (by_receipt["kind"], by_receipt["level"], by_receipt["stage"]) == (
        "street-light",
        "ordinary",
        "received",
    )
    assert "described" not in by_receipt


def test_the_desk_sees_all_of_it_and_the_photo(platform: Platform) -> None:
    number = number_of(platform.deliver(sealed_report(platform, REPORT)))
    whole = platform.desk("GET", f"/v1/reports/{number}/content").json()
    assert (whole["described"], whole["place_way"], whole["place"]) == ("路灯不亮", "terminal", "宝安自助厅")
    assert whole["contact_phone"] == ""
    assert platform.desk("GET", f"/v1/reports/{number}/photo").content == PHOTO.jpeg
    assert platform.raw("GET", f"/v1/reports/{number}/content").status_code == 401


def test_what_may_hurt_somebody_is_urgent(platform: Platform) -> None:
    number = number_of(
        platform.deliver(sealed_report(platform, dataclasses.replace(REPORT, kind="road-surface")))
    )
    assert platform.raw("GET", f"/v1/reports/{number}").json()["level"] == "urgent"


def test_a_report_without_a_photo_has_none(platform: Platform) -> None:
    number = number_of(platform.deliver(sealed_report(platform, dataclasses.replace(REPORT, photo=None))))
    assert platform.desk("GET", f"/v1/reports/{number}/photo").json()["code"] == "report.no-photo"


def test_the_same_report_delivered_twice_is_one(platform: Platform) -> None:
    sealed = sealed_report(platform, REPORT)
    assert number_of(platform.deliver(sealed)) == number_of(platform.deliver(sealed))


@pytest.mark.parametrize("wrong", [{"kind": "Not A Code"}, {"place": {"way": "somewhere", "text": "x"}}])
def test_a_report_that_cannot_be_read_is_kept_for_a_person(
    platform: Platform, wrong: dict[str, object]
) -> None:
    sealed = sealed_report(platform, REPORT, **wrong)
    assert not isinstance(platform.deliver(sealed), Accepted)
    state = platform.raw("GET", f"/v1/submissions/{sealed.meta.submission_id}").json()
    assert (state["state"], state["problem"]) == ("unreadable", "submission.unreadable")


def test_an_unknown_number_is_no_report(platform: Platform) -> None:
    answer = platform.raw("GET", "/v1/reports/SSP4403062026010199999")
    assert (answer.status_code, answer.json()["code"]) == (404, "report.not-found")
