"""The platform's catalogue as it arrives: believed only after its signature was verified.

The signature is Ed25519 over ``zhiwang-catalogue-v1``, a line feed, and the canonical JSON of ``package``:
UTF-8, keys sorted by code point, no white space, no escapes but those JSON demands.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from devices.errors import Remedy
from kiosk.backend.errors import BackendError
from kiosk.catalogue.loader import SIGNED_CONTEXT


class _Package(msgspec.Struct):
    version: int
    issued_at: datetime
    items: dict[str, dict[str, Any]]


class _Signature(msgspec.Struct):
    kid: str
    ed25519: str


class _Signed(msgspec.Struct):
    package: dict[str, Any]
    signature: _Signature


@dataclass(frozen=True, slots=True)
class CataloguePackage:
    """A catalogue whose signature was verified.

    Args:
        version: Grows with every change; a terminal never goes back to a lower one.
        issued_at: When it was signed.
        items: Item code → file name → content.
        package: Canonical JSON that is signed, as ``kiosk.catalogue`` takes it.
        signature: Ed25519 over ``SIGNED_CONTEXT`` and ``package``, 64 bytes.
        etag: Names this content when asking for a newer one.
        raw: The answer as it came, to be kept and verified again at the next start.
    """

    version: int
    issued_at: datetime
    items: Mapping[str, Mapping[str, Any]] = field(repr=False)
    package: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    etag: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotModified:
    """The catalogue is the one that was named."""


def verify_catalogue(raw: bytes, keys: Mapping[str, bytes], etag: str = "") -> CataloguePackage:
    """Verify a signed catalogue and read it.

    Args:
        raw: As served, or as kept from an earlier answer.
        keys: Pinned keys: key id → Ed25519 public key, 32 raw bytes.
        etag: What the platform calls this content.

    Raises:
        BackendError: ``catalogue.malformed``, ``catalogue.unknown-key`` or ``catalogue.bad-signature``.
    """
    try:
        signed = msgspec.convert(json.loads(raw), _Signed)
        spelled = _canonical(signed.package)
    except (ValueError, RecursionError, msgspec.ValidationError):
        raise BackendError("catalogue.malformed", Remedy.SERVICE, "not a signed package") from None
    public = keys.get(signed.signature.kid)
    if public is None:
        raise BackendError("catalogue.unknown-key", Remedy.SERVICE, signed.signature.kid)
    try:
        signature = base64.b64decode(signed.signature.ed25519, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, SIGNED_CONTEXT + spelled)
        package = msgspec.convert(signed.package, _Package)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        if isinstance(error, msgspec.ValidationError):
            raise BackendError("catalogue.malformed", Remedy.SERVICE, "wrong fields") from error
        raise BackendError("catalogue.bad-signature", Remedy.SERVICE) from error
    return CataloguePackage(package.version, package.issued_at, package.items, spelled, signature, etag, raw)


def _canonical(package: dict[str, Any]) -> bytes:
    return json.dumps(
        package, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()
