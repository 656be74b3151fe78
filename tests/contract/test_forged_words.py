# Property 9, on the line: whatever a proxy makes of the platform's word, only the true word settles anything.
import json
import re
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offline_queue.ack import Ack, Verdict, sign_ack, sign_verdict, to_json, verify
from offline_queue.delivery import Delivered, Refused, Stuck, Unfinished
from offline_queue.errors import AckError
from offline_queue.transport import Accepted, Holding, Holdings, Reconciled
from tests.contract.hosted import Hosted
from tests.contract.platform import TERMINAL, Sealed
from tests.support.fault_proxy import FaultProxy

FORGER = Ed25519PrivateKey.generate()
Fields = dict[str, str]


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Zhiwang-Api: 1\r\nConnection: close\r\n\r\n" + body


def _accepted(fields: Fields) -> bytes:
    return _answer(json.dumps({"state": "accepted", "ack": fields}).encode())


def _signed_by_another(sealed: Sealed, kid: str) -> Fields:
    ack = Ack(TERMINAL, sealed.meta.submission_id, sealed.meta.digest, "1", "2026-01-01T00:00:00Z", kid)
    return to_json(sign_ack(ack, FORGER))


@pytest.mark.parametrize("changed", ["acceptance_no", "submission_id", "digest", "terminal", "accepted_at"])
def test_an_acknowledgement_that_was_changed_on_the_way_settles_nothing(host: Hosted, changed: str) -> None:
    sealed = host.sealed()

    def edit(answer: bytes) -> bytes:
        body = answer.partition(b"\r\n\r\n")[2]
        if b"accepted" not in body:
            return answer
        ack = json.loads(body)["ack"]
        return _accepted({**ack, changed: ack[changed][:-1] + ("1" if ack[changed][-1] == "0" else "0")})

    with FaultProxy.before(host.url) as proxy:
        proxy.plan.edit_answer = edit
        first = host.carry(sealed, proxy.url)
        assert isinstance(first, Unfinished)
        proxy.plan.edit_answer = None
        assert isinstance(host.carry(sealed, proxy.url, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


def test_the_true_acknowledgement_of_another_submission_settles_nothing(host: Hosted) -> None:
    sealed, other = host.sealed(), host.sealed()
    delivered = host.carry(other)
    assert isinstance(delivered, Delivered)
    with FaultProxy.before(host.url) as proxy:
        proxy.plan.edit_answer = lambda _: _accepted(to_json(delivered.ack))
        assert host.carry(sealed, proxy.url) == Unfinished("ack.mismatch", None, 0)
    assert isinstance(host.carry(sealed, tried_before=True), Delivered)
    assert host.cases(sealed.meta.submission_id) == 1


@pytest.mark.parametrize("kid", ["pinned", "of-the-forger"])
def test_an_acknowledgement_signed_by_somebody_else_settles_nothing(host: Hosted, kid: str) -> None:
    sealed = host.sealed()
    pinned = next(iter(host.ack_keys)) if kid == "pinned" else kid
    with FaultProxy.before(host.url) as proxy:
        proxy.plan.edit_answer = lambda _: _accepted(_signed_by_another(sealed, pinned))
        outcome = host.carry(sealed, proxy.url)
    expected = "ack.bad-signature" if kid == "pinned" else "ack.unknown-key"
    assert outcome == Unfinished(expected, None, 0)


def test_a_refusal_signed_by_somebody_else_settles_nothing(host: Hosted) -> None:
    sealed = host.sealed()
    kid = next(iter(host.ack_keys))
    said = Verdict(TERMINAL, sealed.meta.submission_id, sealed.meta.digest, "no", "2026-01-01T00:00:00Z", kid)
    forged = json.dumps({"state": "rejected", "verdict": to_json(sign_verdict(said, FORGER))}).encode()
    with FaultProxy.before(host.url) as proxy:
        proxy.plan.edit_answer = lambda _: _answer(forged)
        assert host.carry(sealed, proxy.url) == Unfinished("ack.bad-signature", None, 0)


def _flip(place: int, bits: int) -> Callable[[bytes], bytes]:
    def edit(answer: bytes) -> bytes:
        at = place % len(answer)
        return answer[:at] + bytes([answer[at] ^ bits]) + answer[at + 1 :]

    return edit


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(0, 5_000), bits=st.integers(1, 255))
def test_a_flipped_byte_in_an_answer_settles_nothing_but_the_truth(
    host: Hosted, place: int, bits: int
) -> None:
    sealed = _settled(host)
    truth = host.carry(sealed, tried_before=True)
    with FaultProxy.before(host.url) as proxy:
        proxy.plan.edit_answer = _flip(place, bits)
        outcome = host.carry(sealed, proxy.url, tried_before=True)
    assert not isinstance(outcome, Refused)
    # A flip in white space or in a header nobody reads leaves the word as it was.
    assert outcome == truth or not isinstance(outcome, Delivered)
    assert isinstance(outcome, Delivered | Unfinished | Stuck)


_KEPT: dict[str, Sealed] = {}


def _settled(host: Hosted) -> Sealed:
    if host.url not in _KEPT:
        _KEPT[host.url] = host.sealed()
        assert isinstance(host.carry(_KEPT[host.url]), Delivered)
    return _KEPT[host.url]


def test_a_changed_word_among_those_of_a_reconciliation_is_found_out(host: Hosted) -> None:
    sealed = _settled(host)
    held = Holding(sealed.meta.seq, sealed.meta.submission_id, sealed.meta.digest[:8], "queued")
    batch = Holdings(TERMINAL, sealed.meta.seq, sealed.meta.seq, sealed.meta.seq, (held,))

    def edit(answer: bytes) -> bytes:
        return re.sub(rb'"acceptance_no":"1', b'"acceptance_no":"2', answer)

    with FaultProxy.before(host.url) as proxy, host.transport(url=proxy.url) as transport:
        proxy.plan.edit_answer = edit
        answer = transport.reconcile(batch)
    assert isinstance(answer, Reconciled)
    (word,) = answer.settled
    assert isinstance(word, Accepted)
    with pytest.raises(AckError) as refused:
        verify(word.ack, sealed.meta, host.ack_keys)
    assert refused.value.code == "ack.bad-signature"
