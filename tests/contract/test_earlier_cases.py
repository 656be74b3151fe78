"""The platform knows an open case of the same applicant and item: it says so, and keeps both."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from offline_queue.transport import Accepted
from tests.contract.platform import ITEM, Platform, Sealed, application

_PERSONS = count(1)


def _form(number: str) -> Mapping[str, object]:
    return {**application().as_json(), "applicant_document_number": number}


def _somebody() -> str:
    return f"44030619430517{next(_PERSONS):04d}"


def _filed(platform: Platform, number: str, service: str = ITEM) -> tuple[Sealed, str]:
    sealed = platform.sealed(form=_form(number), service=service)
    answer = platform.deliver(sealed)
    assert isinstance(answer, Accepted)
    return sealed, answer.ack.acceptance_no


def _told(platform: Platform, sealed: Sealed) -> Any:
    return platform.raw("GET", f"/v1/submissions/{sealed.meta.submission_id}").json()


def _status(platform: Platform, number: str, *statuses: str) -> None:
    for status in statuses:
        platform.desk("POST", f"/v1/cases/{number}/statuses", json={"status": status})


def test_a_second_application_is_a_case_and_told_of_the_first(platform: Platform) -> None:
    person = _somebody()
    _, first = _filed(platform, person)
    _status(platform, first, "accepted")
    again, second = _filed(platform, person)
    told = _told(platform, again)
    assert second != first
    assert (told["state"], told["ack"]["acceptance_no"]) == ("accepted", second)
    assert (told["earlier"]["number"], told["earlier"]["status"]) == (first, "accepted")


def test_the_terminal_reads_what_it_is_told(platform: Platform) -> None:
    person = _somebody()
    alone, first = _filed(platform, person)
    again, _ = _filed(platform, person)
    with platform.client() as client:
        earlier = client.earlier(again.meta.submission_id)
        assert client.earlier(alone.meta.submission_id) is None
    assert earlier is not None
    assert (earlier.number, earlier.status) == (first, "received")


def test_a_first_application_is_told_of_no_other(platform: Platform) -> None:
    sealed, _ = _filed(platform, _somebody())
    assert _told(platform, sealed)["earlier"] is None


def test_a_case_that_is_decided_is_no_earlier_one(platform: Platform) -> None:
    person = _somebody()
    _, first = _filed(platform, person)
    _status(platform, first, "accepted", "in-review", "granted")
    again, _ = _filed(platform, person)
    assert _told(platform, again)["earlier"] is None


def test_another_item_and_another_person_are_other_matters(platform: Platform) -> None:
    person = _somebody()
    _filed(platform, person)
    for sealed, _ in (_filed(platform, person, "residence-registration"), _filed(platform, _somebody())):
        assert _told(platform, sealed)["earlier"] is None


def test_delivered_twice_it_is_still_one_case_with_the_same_answer(platform: Platform) -> None:
    person = _somebody()
    _, first = _filed(platform, person)
    again, second = _filed(platform, person)
    repeated = platform.deliver(again)
    assert isinstance(repeated, Accepted)
    assert repeated.ack.acceptance_no == second
    assert _told(platform, again)["earlier"]["number"] == first


def test_progress_and_desk_name_the_earlier_case(platform: Platform) -> None:
    person = _somebody()
    _, first = _filed(platform, person)
    again, second = _filed(platform, person)
    last4 = {"id_last4": person[-4:]}
    by_receipt = platform.raw("GET", f"/v1/cases/{again.meta.receipt_no}", params=last4).json()
    assert (by_receipt["number"], by_receipt["earlier"]) == (second, first)
    assert "earlier" not in platform.raw("GET", f"/v1/cases/{first}", params=last4).json()
    assert platform.desk("GET", f"/v1/cases/{second}/application").json()["earlier"] == first
