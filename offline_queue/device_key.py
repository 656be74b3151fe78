"""The terminal's own signing key: its public half, what it signs, and what a signer has to offer.

It proves which terminal printed a receipt and which one sealed a container that arrives by hand. It opens
nothing. Each kind of message has its own context in front, so a signature for one never counts for the other.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, Protocol

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from offline_queue.errors import DeviceKeyError

SIGNATURE_BYTES: Final = 64
"""Ed25519 as RFC 8032 writes it; ECDSA P-256 as r and s, 32 bytes each."""
KID_BYTES: Final = 4
_ANNOUNCEMENT: Final = b"zhiwang.device.announcement\x00"
_SCALAR_BYTES: Final = 32


class Algorithm(StrEnum):
    """How a device key signs."""

    ED25519 = "ed25519"
    P256 = "p256"
    """ECDSA over P-256 with SHA-256; what TPMs have."""


@dataclass(frozen=True, slots=True)
class DevicePublicKey:
    """What the platform keeps of a terminal's signing key.

    Args:
        algorithm: How it signs.
        raw: Ed25519: 32 bytes. P-256: the compressed point, 33 bytes.
    """

    algorithm: Algorithm
    raw: bytes

    @property
    def kid(self) -> str:
        """Its name: the first 4 bytes of the key's SHA-256, hex."""
        return hashlib.sha256(self.algorithm.encode() + b"\x00" + self.raw).hexdigest()[: 2 * KID_BYTES]

    def as_text(self) -> str:
        """Return the form that enrolment carries: ``ed25519:<base64>`` or ``p256:<base64>``."""
        return f"{self.algorithm}:{base64.b64encode(self.raw).decode()}"

    def verify(self, signature: bytes, message: bytes) -> None:
        """Prove that the terminal signed ``message``.

        Raises:
            DeviceKeyError: ``device-key.bad-signature``, or ``device-key.unreadable`` for a key that is none.
        """
        if len(signature) != SIGNATURE_BYTES:
            raise DeviceKeyError("device-key.bad-signature", f"{len(signature)} bytes")
        try:
            match self.algorithm:
                case Algorithm.ED25519:
                    Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
                case Algorithm.P256:
                    r, s = (int.from_bytes(half, "big") for half in _halves(signature))
                    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.raw)
                    public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise DeviceKeyError("device-key.bad-signature") from error
        except ValueError as error:
            raise DeviceKeyError("device-key.unreadable", "not a public key") from error


@dataclass(frozen=True, slots=True)
class DeviceSignature:
    """A signature and the name of the key that made it."""

    kid: str
    value: bytes

    def as_text(self) -> str:
        """Return the form that goes over the line: ``<kid>:<base64>``."""
        return f"{self.kid}:{base64.b64encode(self.value).decode()}"


class DeviceSigner(Protocol):
    """Signs as this terminal."""

    warning: ClassVar[str]
    """Code of what is to be said of where the key is kept, or ``""``."""

    @property
    def public(self) -> DevicePublicKey:
        """The key's public half."""
        ...

    def sign(self, message: bytes) -> DeviceSignature:
        """Sign.

        Raises:
            DeviceKeyError: ``device-key.tpm-absent``, ``device-key.pcr-changed``,
                ``device-key.bad-permissions`` or ``device-key.tpm-failed``.
        """
        ...


class Announced(Protocol):
    """Whatever says what a container is, such as ``offline_queue.transport.Announcement``; names nobody."""

    @property
    def terminal(self) -> str:
        """The terminal's name."""
        ...

    @property
    def submission_id(self) -> str:
        """32 hex digits."""
        ...

    @property
    def seq(self) -> int:
        """Gapless number of the application on its terminal."""
        ...

    @property
    def receipt_no(self) -> str:
        """What the resident holds."""
        ...

    @property
    def service(self) -> str:
        """Code of the service item."""
        ...

    @property
    def size(self) -> int:
        """Bytes of the container."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of the container, header and all, 64 hex digits."""
        ...


def announcement_message(said: Announced) -> bytes:
    """Return what a terminal signs about a container.

    A context, then canonical CBOR of terminal, submission id, sequence, receipt number, service, size and
    fingerprint. The fingerprint covers the container's header and every frame.
    """
    bound = [
        said.terminal,
        said.submission_id,
        said.seq,
        said.receipt_no,
        said.service,
        said.size,
        said.digest,
    ]
    return _ANNOUNCEMENT + cbor2.dumps(bound, canonical=True)


def signature_from_text(text: str) -> DeviceSignature:
    """Read what ``DeviceSignature.as_text`` wrote.

    Raises:
        DeviceKeyError: ``device-key.bad-signature`` for a text that is none.
    """
    kid, _, encoded = text.strip().partition(":")
    try:
        return DeviceSignature(kid, base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError) as error:
        raise DeviceKeyError("device-key.bad-signature", "not a signature") from error


def public_key_from_text(text: str) -> DevicePublicKey:
    """Read what ``as_text`` wrote.

    Raises:
        DeviceKeyError: ``device-key.unreadable``.
    """
    name, _, encoded = text.strip().partition(":")
    try:
        key = DevicePublicKey(Algorithm(name), base64.b64decode(encoded, validate=True))
        if key.algorithm is Algorithm.ED25519:
            Ed25519PublicKey.from_public_bytes(key.raw)
        else:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.raw)
    except (binascii.Error, ValueError) as error:
        raise DeviceKeyError("device-key.unreadable", "not a public key") from error
    return key


def _halves(signature: bytes) -> tuple[bytes, bytes]:
    return signature[:_SCALAR_BYTES], signature[_SCALAR_BYTES:]
