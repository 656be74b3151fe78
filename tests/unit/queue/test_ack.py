import base64
from dataclasses import fields, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from offline_queue import QueueError
from offline_queue.ack import (
    Ack,
    Verdict,
    ack_from_json,
    canonical_bytes,
    sign_ack,
    sign_verdict,
    to_json,
    verdict_from_json,
    verify,
)

PRIVATE = Ed25519PrivateKey.generate()
KEYS = {"ack-1": PRIVATE.public_key().public_bytes_raw()}
ACK = sign_ack(Ack("T0421", "ab" * 16, "cd" * 32, "3301000001", "2025-06-01T08:00:00Z", "ack-1"), PRIVATE)
VERDICT = sign_verdict(
    Verdict("T0421", "ab" * 16, "cd" * 32, "not-resident", "2025-06-01T08:00:00Z", "ack-1"), PRIVATE
)


def test_the_platform_s_word_is_believed_after_the_wire() -> None:
    verify(ack_from_json(to_json(ACK)), ACK, KEYS)
    verify(verdict_from_json(to_json(VERDICT)), VERDICT, KEYS)


def test_the_signed_bytes_are_sorted_json_of_every_field_but_the_signature() -> None:
    assert canonical_bytes(ACK) == (
        b'{"acceptance_no":"3301000001","accepted_at":"2025-06-01T08:00:00Z","digest":"'
        + b"cd" * 32
        + b'","kid":"ack-1","said":"accepted","submission_id":"'
        + b"ab" * 16
        + b'","terminal":"T0421"}'
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Ack)])
def test_an_acknowledgement_changed_anywhere_proves_nothing(name: str) -> None:
    changed = replace(ACK, **{name: "x" + getattr(ACK, name)})
    with pytest.raises(QueueError, match=r"ack\."):
        verify(changed, ACK, KEYS)


@pytest.mark.parametrize("name", ["terminal", "submission_id", "digest"])
def test_a_true_acknowledgement_of_something_else_proves_nothing(name: str) -> None:
    with pytest.raises(QueueError, match=r"ack\.mismatch"):
        verify(ACK, replace(ACK, **{name: "other"}), KEYS)


def test_a_refusal_cannot_be_passed_off_as_an_acceptance() -> None:
    forged = Ack(
        VERDICT.terminal,
        VERDICT.submission_id,
        VERDICT.digest,
        VERDICT.reason,
        VERDICT.decided_at,
        VERDICT.kid,
        VERDICT.signature,
    )
    with pytest.raises(QueueError, match=r"ack\.bad-signature"):
        verify(forged, VERDICT, KEYS)


@pytest.mark.parametrize("signature", ["", "!", "AAAA", base64.b64encode(bytes(64)).decode()])
def test_a_signature_that_is_none_proves_nothing(signature: str) -> None:
    with pytest.raises(QueueError, match=r"ack\.bad-signature"):
        verify(replace(ACK, signature=signature), ACK, KEYS)


def test_a_key_that_is_not_pinned_proves_nothing() -> None:
    with pytest.raises(QueueError, match=r"ack\.unknown-key"):
        verify(ACK, ACK, {"ack-2": KEYS["ack-1"]})


@pytest.mark.parametrize("answer", [None, [], {}, {"terminal": 1}, "accepted"])
def test_what_is_no_acknowledgement_is_refused(answer: object) -> None:
    with pytest.raises(QueueError, match=r"ack\.malformed"):
        ack_from_json(answer)
    with pytest.raises(QueueError, match=r"ack\.malformed"):
        verdict_from_json(answer)
