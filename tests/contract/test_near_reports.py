"""Open reports of the same kind nearby, 附议, and the stages of a report; nobody's words, nobody's name."""

import dataclasses
from itertools import count
from uuid import uuid4

import pytest
import requests

from kiosk.backend import BackendError, NotFound
from kiosk.domain.report import PlaceWay, ReportPlace
from tests.contract.platform import Platform
from tests.contract.test_reports import REPORT, number_of, sealed_report

STREET = "广东省深圳市宝安区样例街道"
_STREETS = count(1)


@pytest.fixture
def street() -> str:
    return f"{STREET}{next(_STREETS)}号片区"


def _reported(platform: Platform, place: str, way: PlaceWay = PlaceWay.PICKED, kind: str = "noise") -> str:
    report = dataclasses.replace(REPORT, kind=kind, place=ReportPlace(way, place))
    return number_of(platform.deliver(sealed_report(platform, report)))


def _near(platform: Platform, place: str, kind: str = "noise") -> list[str]:
    answer = platform.raw("POST", "/v1/reports/near", json={"kind": kind, "place": place})
    return [one["number"] for one in answer.json()["reports"]]


def _support(platform: Platform, number: str, support_id: str) -> requests.Response:
    return platform.raw("POST", f"/v1/reports/{number}/supports", json={"id": support_id})


def _stage(platform: Platform, number: str, stage: str, note: str = "") -> requests.Response:
    return platform.desk("POST", f"/v1/reports/{number}/stages", json={"stage": stage, "note": note})


def test_what_was_reported_nearby_is_told_without_words_and_names(platform: Platform, street: str) -> None:
    number = _reported(platform, f"{street}海棠社区")
    answer = platform.raw("POST", "/v1/reports/near", json={"kind": "noise", "place": f"{street}海棠社区"})
    (found,) = answer.json()["reports"]
    assert found.keys() == {"number", "kind", "place", "day", "stage", "supports"}
    assert (found["number"], found["place"], found["supports"]) == (number, f"{street}海棠社区", 0)


def test_a_street_and_its_communities_are_near_each_other(platform: Platform, street: str) -> None:
    whole, part = _reported(platform, street), _reported(platform, f"{street}海棠社区")
    assert _near(platform, street) == [part, whole]
    assert _near(platform, f"{street}海棠社区") == [part, whole]
    assert _near(platform, f"{street}木棉社区") == [whole]


def test_the_terminal_reads_what_it_is_told(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    with platform.client() as client:
        (found,) = client.near("noise", street)
        supported = client.support(number, uuid4().hex)
        assert (found.number, found.stage, found.supports) == (number, "received", 0)
        assert (supported.number, supported.supports) == (number, 1)
        assert client.report(number) == supported
        assert client.report("SSP0") == NotFound()
        _stage(platform, number, "solved")
        with pytest.raises(BackendError) as refused:
            client.support(number, uuid4().hex)
    assert refused.value.code == "report.closed"


def test_another_kind_is_another_thing(platform: Platform, street: str) -> None:
    _reported(platform, street, kind="litter")
    assert _near(platform, street) == []


def test_three_at_most_are_told_newest_first(platform: Platform, street: str) -> None:
    numbers = [_reported(platform, street) for _ in range(4)]
    assert _near(platform, street) == numbers[:0:-1]


def test_what_somebody_wrote_is_told_only_to_who_wrote_as_much(platform: Platform, street: str) -> None:
    number = _reported(platform, f"{street}七栋楼下", PlaceWay.WRITTEN)
    assert _near(platform, street) == []
    assert _near(platform, f"{street}七栋楼下") == [number]
    assert _near(platform, f"{street}七栋楼下靠左") == [number]


def test_signs_of_a_pattern_in_a_place_are_only_signs(platform: Platform, street: str) -> None:
    _reported(platform, street)
    assert _near(platform, "%%%%%") == _near(platform, "____") == []


def test_a_support_counts_once_however_often_it_is_said(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    one, other = uuid4().hex, uuid4().hex
    for support_id in (one, other, one):
        answer = _support(platform, number, support_id)
    assert (answer.json()["number"], answer.json()["supports"]) == (number, 2)


def test_an_id_supports_one_report_alone(platform: Platform, street: str) -> None:
    one, other = _reported(platform, street), _reported(platform, street)
    support_id = uuid4().hex
    assert _support(platform, one, support_id).status_code == 200
    refused = _support(platform, other, support_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "support.id-conflict")


def test_a_closed_report_is_not_near_and_takes_no_support(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    assert _stage(platform, number, "solved", "已修好").status_code == 201
    assert _near(platform, street) == []
    refused = _support(platform, number, uuid4().hex)
    assert (refused.status_code, refused.json()["code"]) == (409, "report.closed")


def test_who_holds_the_number_sees_the_way_of_the_report(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    _stage(platform, number, "assigned")
    _stage(platform, number, "at-work", "明天上午来修")
    told = platform.raw("GET", f"/v1/reports/{number}").json()
    assert [(one["stage"], one["note"]) for one in told["stages"]] == [
        ("received", ""),
        ("assigned", ""),
        ("at-work", "明天上午来修"),
    ]
    assert told["stage"] == "at-work"
    assert not {"described", "place", "contact_phone", "terminal", "receipt_no"} & told.keys()


def test_a_report_does_not_go_back(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    _stage(platform, number, "at-work")
    for stage in ("received", "assigned"):
        assert _stage(platform, number, stage).json()["code"] == "report.stage-order"
    _stage(platform, number, "declined", "不在本区")
    assert _stage(platform, number, "at-work").json()["code"] == "report.stage-order"


def test_only_the_desk_moves_a_report_on(platform: Platform, street: str) -> None:
    number = _reported(platform, street)
    answer = platform.raw("POST", f"/v1/reports/{number}/stages", json={"stage": "solved"})
    assert answer.status_code == 401
