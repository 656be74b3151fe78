# Announcements: chains in order, the key that makes them idempotent, what every database can keep.
from dataclasses import asdict, replace
from typing import Any

import pytest

from offline_queue.delivery import Delivered
from offline_queue.package import Part, pack
from offline_queue.transport import Announcement, Conflict, Partial, Trouble, TryLater
from tests.contract.hosted import Hosted
from tests.contract.platform import LAST4, Platform, Sealed, application

EARLIER = TryLater(Trouble.OUT_OF_ORDER, 30)


def _put(
    host: Platform, meta: Announcement, changed: dict[str, object] | None = None, key: str | None = None
) -> dict[str, Any]:
    fields = {**asdict(meta), **(changed or {})}
    name = fields.pop("submission_id")
    headers = {} if key is None else {"Idempotency-Key": key}
    return host.raw("PUT", f"/v1/submissions/{name}", json=fields, headers=headers).json()


def _after(sealed: Sealed, previous: Sealed) -> Announcement:
    return replace(sealed.meta, prev_in_chain=previous.meta.submission_id)


def test_a_later_one_of_a_chain_waits_until_the_earlier_is_settled(host: Hosted) -> None:
    first, second = host.sealed(), host.sealed()
    with host.transport() as transport:
        assert transport.announce(_after(second, first)) == EARLIER
        assert transport.announce(first.meta) == Partial(0)
        assert transport.announce(_after(second, first)) == EARLIER
        assert isinstance(host.carry(first, tried_before=True), Delivered)
        assert transport.announce(_after(second, first)) == Partial(0)


def test_a_chain_does_not_hold_up_anything_else(host: Hosted) -> None:
    first, second, other = host.sealed(), host.sealed(), host.sealed()
    with host.transport() as transport:
        assert transport.announce(_after(second, first)) == EARLIER
    assert isinstance(host.carry(other), Delivered)


def test_an_idempotency_key_has_to_be_the_submission_id(host: Hosted) -> None:
    meta = host.sealed().meta
    assert _put(host, meta, key=f'"{"0" * 32}"')["code"] == "submission.idempotency-key"
    assert _put(host, meta, key=meta.submission_id)["code"] == "submission.idempotency-key"
    assert _put(host, meta, key=f'"{meta.submission_id}"')["state"] == "partial"
    assert _put(host, meta)["state"] == "partial"


def test_a_container_that_is_too_large_hears_the_limit(host: Hosted) -> None:
    fields = asdict(host.sealed().meta) | {"size": 33 * 1024 * 1024}
    name = fields.pop("submission_id")
    reply = host.raw("PUT", f"/v1/submissions/{name}", json=fields)
    assert (reply.status_code, reply.headers["Upload-Limit"]) == (413, f"max-size={32 * 1024 * 1024}")


@pytest.mark.parametrize(
    "changed",
    [
        {"container_ver": 2**31},
        {"seq": 2**63},
        {"size": 2**70},
        {"service": "a\0b"},
        {"kid": "a\0b"},
        {"prev_in_chain": "\0" * 32},
        {"terminal": "\0"},
        {"receipt_no": "\0"},
    ],
)
def test_what_no_database_could_keep_is_refused_and_does_not_fail(
    host: Hosted, changed: dict[str, object]
) -> None:
    answer = _put(host, host.sealed().meta, changed)
    assert 400 <= answer["status"] < 500


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        (Part("a\0b", "text/plain", b""), {}),
        (Part("n" * 201, "text/plain", b""), {}),
        (Part("a", "m" * 101, b""), {}),
        (None, {"applicant_name": "a\0b"}),
    ],
)
def test_an_application_that_no_database_keeps_is_set_aside_on_each(
    host: Hosted, part: Part | None, changed: dict[str, object]
) -> None:
    form = {**application().as_json(), **changed}
    sealed = host.sealed(*([part] if part else []), form=form)
    assert host.deliver(sealed) == Conflict("platform.refused")


@pytest.mark.parametrize("value", [b"NaN", b'"\\ud800"'])
def test_json_that_no_database_keeps_is_set_aside_on_each(host: Hosted, value: bytes) -> None:
    packed = pack({**application().as_json(), "remark": "x"}).replace(b'"x"', value, 1)
    manifest = packed[4:]
    stream = len(manifest).to_bytes(4, "big") + manifest
    assert host.deliver(host.sealed(plaintext=stream)) == Conflict("platform.refused")


def test_several_choices_and_repeated_entries_arrive_as_they_were_sealed(host: Hosted) -> None:
    answers = {
        "needs": ["bed", "ramp"],
        "children": [{"name": "陈小明", "born": "2018-03-08", "fee": 800}, {"name": "陈小红"}],
        "pets": [],
        "child_count": 2,
    }
    sealed = host.sealed(form={**application().as_json(), "form": {"answers": answers, "sources": {}}})
    outcome = host.carry(sealed)
    assert isinstance(outcome, Delivered)
    told = host.desk("GET", f"/v1/cases/{outcome.ack.acceptance_no}/application").json()
    assert told["application"]["form"]["answers"] == answers


def test_zero_characters_in_a_form_are_kept_where_json_has_a_place_for_them(host: Hosted) -> None:
    sealed = host.sealed(form={**application().as_json(), "remark": "a\0b"})
    outcome = host.carry(sealed)
    assert isinstance(outcome, Delivered)
    told = host.desk("GET", f"/v1/cases/{outcome.ack.acceptance_no}/application").json()
    assert told["application"]["remark"] == "a\0b"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/v1/cases/%00?id_last4={LAST4}", None),
        ("GET", "/v1/receipts/%00", None),
        ("POST", "/v1/prefill", {"item": "old-age-allowance", "holder": {"name": "\0", "number": "1"}}),
        ("POST", "/v1/prefill", {"item": "old-age-allowance", "holder": {"name": "a", "number": "\0"}}),
        ("POST", "/v1/prefill", {"item": "\0", "holder": {"name": "a", "number": "1"}}),
    ],
)
def test_a_zero_character_in_a_question_is_no_fault_of_the_platform(
    host: Hosted, method: str, path: str, body: dict[str, object] | None
) -> None:
    assert host.raw(method, path, json=body).status_code < 500
