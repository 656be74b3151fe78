"""The platform's signed word on one submission: accepted, or refused for good.

The signature (Ed25519) is over canonical JSON: UTF-8, keys sorted, no white space, every field but the
signature, plus ``"said"``: ``"accepted"`` or ``"rejected"``. Ids and digests are lower-case hex, moments are
RFC 3339 in UTC, signatures are standard base64. What does not name this terminal, this submission and this
very container, or is not signed by a pinned key, proves nothing and decides nothing.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from offline_queue.errors import AckError

ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"


@dataclass(frozen=True, slots=True)
class Ack:
    """The platform has the application.

    Args:
        terminal: The terminal it came from.
        submission_id: 32 hex digits.
        digest: SHA-256 of the container, 64 hex digits.
        acceptance_no: The case number 办件编号.
        accepted_at: RFC 3339, UTC.
        kid: Which key signed.
        signature: Base64 of 64 bytes.
    """

    terminal: str
    submission_id: str
    digest: str
    acceptance_no: str
    accepted_at: str
    kid: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The platform will never take this application; ``reason`` is a stable code of the platform."""

    terminal: str
    submission_id: str
    digest: str
    reason: str
    decided_at: str
    kid: str
    signature: str = ""


class Named(Protocol):
    """Whatever knows which submission is meant: terminal, id in hex, digest in hex."""

    @property
    def terminal(self) -> str:
        """The terminal's name."""
        ...

    @property
    def submission_id(self) -> str:
        """32 hex digits."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of the container, 64 hex digits."""
        ...


def canonical_bytes(word: Ack | Verdict) -> bytes:
    """Return the bytes a signature covers."""
    fields = asdict(word)
    del fields["signature"]
    fields["said"] = ACCEPTED if isinstance(word, Ack) else REJECTED
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign_ack(ack: Ack, private_key: Ed25519PrivateKey) -> Ack:
    """Return ``ack`` with its signature. Only the platform can do this."""
    return replace(ack, signature=_signature(ack, private_key))


def sign_verdict(verdict: Verdict, private_key: Ed25519PrivateKey) -> Verdict:
    """Return ``verdict`` with its signature. Only the platform can do this."""
    return replace(verdict, signature=_signature(verdict, private_key))


def verify(word: Ack | Verdict, expected: Named, keys: Mapping[str, bytes]) -> None:
    """Prove that ``word`` is the platform's and is about ``expected``.

    Args:
        word: What arrived.
        expected: The submission it must be about.
        keys: Pinned keys: key id to Ed25519 public key, 32 raw bytes.

    Raises:
        AckError: ``ack.mismatch``, ``ack.unknown-key`` or ``ack.bad-signature``.
    """
    if (word.terminal, word.submission_id, word.digest) != (
        expected.terminal,
        expected.submission_id,
        expected.digest,
    ):
        raise AckError("ack.mismatch")
    public = keys.get(word.kid)
    if public is None:
        raise AckError("ack.unknown-key")
    try:
        signature = base64.b64decode(word.signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical_bytes(word))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise AckError("ack.bad-signature") from error


def ack_from_json(fields: object) -> Ack:
    """Read an acknowledgement out of a decoded JSON answer.

    Raises:
        AckError: ``ack.malformed``.
    """
    try:
        return msgspec.convert(fields, Ack)
    except msgspec.ValidationError as error:
        raise AckError("ack.malformed") from error


def verdict_from_json(fields: object) -> Verdict:
    """Read a verdict out of a decoded JSON answer.

    Raises:
        AckError: ``ack.malformed``.
    """
    try:
        return msgspec.convert(fields, Verdict)
    except msgspec.ValidationError as error:
        raise AckError("ack.malformed") from error


def to_json(word: Ack | Verdict) -> dict[str, str]:
    """Return the fields as they go over the wire."""
    return asdict(word)


def _signature(word: Ack | Verdict, private_key: Ed25519PrivateKey) -> str:
    return base64.b64encode(private_key.sign(canonical_bytes(word))).decode()
