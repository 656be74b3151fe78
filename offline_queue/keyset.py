"""The platform's public keys that containers are sealed to, as one signed set with roles and last days.

Wire form (JSON)::

    {"package": {"version": 3, "issued_at": "2026-11-25T08:00:00Z",
                 "keys": [{"kid": "seal-2-1f…", "public": "<base64>", "suite": 1, "role": "platform",
                           "not_after": "2028-11-25T08:00:00Z"}, …]},
     "signature": {"kid": "root-1-…", "ed25519": "<base64>"}}

Keys stand oldest first; ``not_after`` may be null. The signature (Ed25519, by a root key the terminal has
pinned) is over ``zhiwang.seal-keys``, a zero byte, and the package as canonical JSON: UTF-8, keys sorted, no
white space. A terminal never goes back to a lower version.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from offline_queue.crypto import HPKE_AES, provider_of
from offline_queue.errors import KeySetError, SealError

_CONTEXT: Final = b"zhiwang.seal-keys\x00"
_DAY_MS: Final = 24 * 60 * 60 * 1000
WARNING_MS: Final = 90 * _DAY_MS
"""How long before the last day of the last valid key somebody is told."""


class KeyRole(StrEnum):
    """Who holds the private half."""

    PLATFORM = "platform"
    ESCROW = "escrow"
    """Kept apart from the platform, for the day its key is lost."""


@dataclass(frozen=True, slots=True)
class PlatformKey:
    """A public key containers are sealed to.

    Args:
        kid: The key's name, as the platform gives it.
        public: Raw public key: 32 bytes of X25519 (suite 1), 64 bytes x and y of SM2 (suite 0x21).
        suite: Which algorithms it is for.
        role: Who holds the private half.
        not_after_ms: Milliseconds since 1970 from which on nothing new is sealed to it; None for no end.
    """

    kid: str
    public: bytes
    suite: int = HPKE_AES
    role: KeyRole = KeyRole.PLATFORM
    not_after_ms: int | None = None

    def valid(self, now_ms: int) -> bool:
        """Return whether something new may be sealed to it."""
        return self.not_after_ms is None or now_ms < self.not_after_ms


@dataclass(frozen=True, slots=True)
class KeyOutlook:
    """What is to be said of a key set at one moment.

    Args:
        code: ``""``, ``seal.key-expiring``, ``seal.no-escrow-key`` or ``seal.no-valid-key``; of several the
            last one.
        ends_ms: When the last valid key ends, milliseconds since 1970; None for never or when none is valid.
        kid: Key of the platform that is in use, or ``""``.
    """

    code: str
    ends_ms: int | None
    kid: str

    @property
    def admits(self) -> bool:
        """Whether applications can be sealed at all."""
        return self.code != "seal.no-valid-key"


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of one version, oldest first.

    Args:
        version: Rises with every change; 0 for keys that came without a set.
        issued_ms: When it was signed, milliseconds since 1970. No clock that says less is believed.
        keys: All of them, expired ones too.
    """

    version: int
    issued_ms: int
    keys: tuple[PlatformKey, ...]

    def recipients(self, now_ms: int) -> tuple[PlatformKey, ...]:
        """Return whom to seal to: the platform's newest valid key, and the newest escrow key of its suite.

        Raises:
            SealError: ``seal.no-valid-key``.
        """
        platform = self._newest(KeyRole.PLATFORM, now_ms, None)
        if platform is None:
            raise SealError("seal.no-valid-key", f"key set {self.version}")
        escrow = self._newest(KeyRole.ESCROW, now_ms, platform.suite)
        return (platform,) if escrow is None else (platform, escrow)

    def outlook(self, now_ms: int) -> KeyOutlook:
        """Return how long applications can be sealed yet, and what is wrong with the keys, if anything."""
        now_ms = max(now_ms, self.issued_ms)
        try:
            current, *others = self.recipients(now_ms)
        except SealError as error:
            return KeyOutlook(error.code, None, "")
        lasting = [key for key in self.keys if key.role is KeyRole.PLATFORM and key.valid(now_ms)]
        ends = [key.not_after_ms for key in lasting]
        ends_ms = None if None in ends else max(end for end in ends if end is not None)
        code = ""
        if ends_ms is not None and ends_ms - now_ms < WARNING_MS:
            code = "seal.key-expiring"
        if not others and any(key.role is KeyRole.ESCROW for key in self.keys):
            # How long the keys last is told as a figure as well; this is told nowhere else.
            code = "seal.no-escrow-key"
        return KeyOutlook(code, ends_ms, current.kid)

    def _newest(self, role: KeyRole, now_ms: int, suite: int | None) -> PlatformKey | None:
        now_ms = max(now_ms, self.issued_ms)
        fitting = [
            key for key in self.keys if key.role is role and key.valid(now_ms) and suite in {None, key.suite}
        ]
        return fitting[-1] if fitting else None


def no_outlook(now_ms: int) -> KeyOutlook:  # noqa: ARG001  # it stands for one that looks at the time
    """Have nothing to say about keys."""
    return KeyOutlook("", None, "")


def unsigned_key_set(keys: Mapping[str, bytes]) -> KeySet:
    """Return the set of keys that came without one: the first is the platform's, others are for escrow."""
    return KeySet(
        0,
        0,
        tuple(
            PlatformKey(kid, public, role=KeyRole.ESCROW if place else KeyRole.PLATFORM)
            for place, (kid, public) in enumerate(keys.items())
        ),
    )


class _Signature(msgspec.Struct):
    kid: str
    ed25519: str


class _Signed(msgspec.Struct):
    package: dict[str, Any]
    signature: _Signature


class _Key(msgspec.Struct):
    kid: str
    public: bytes
    suite: int
    role: KeyRole
    not_after: datetime | None


class _Package(msgspec.Struct):
    version: int
    issued_at: datetime
    keys: list[_Key]


def verify_key_set(raw: bytes, root_keys: Mapping[str, bytes]) -> KeySet:
    """Read a signed set and prove it.

    Args:
        raw: The wire form.
        root_keys: Pinned: key id to Ed25519 public key, 32 raw bytes.

    Raises:
        KeySetError: ``keys.malformed``, ``keys.unknown-key`` or ``keys.bad-signature``.
    """
    try:
        signed = msgspec.convert(json.loads(raw), _Signed)
        spelled = _canonical(signed.package)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise KeySetError("keys.malformed", "not a signed set") from error
    public = root_keys.get(signed.signature.kid)
    if public is None:
        raise KeySetError("keys.unknown-key", signed.signature.kid)
    try:
        signature = base64.b64decode(signed.signature.ed25519, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _CONTEXT + spelled)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise KeySetError("keys.bad-signature") from error
    return _read(signed.package)


def sign_key_set(key_set: KeySet, kid: str, root_key: Ed25519PrivateKey) -> bytes:
    """Return the wire form of a set. Only the holder of the root key can do this."""
    package: dict[str, Any] = {
        "version": key_set.version,
        "issued_at": _rfc3339(key_set.issued_ms),
        "keys": [
            {
                "kid": key.kid,
                "public": base64.b64encode(key.public).decode(),
                "suite": key.suite,
                "role": key.role.value,
                "not_after": None if key.not_after_ms is None else _rfc3339(key.not_after_ms),
            }
            for key in key_set.keys
        ],
    }
    signature = base64.b64encode(root_key.sign(_CONTEXT + _canonical(package))).decode()
    signed = {"package": package, "signature": {"kid": kid, "ed25519": signature}}
    return json.dumps(signed, ensure_ascii=False, indent=1).encode() + b"\n"


def _read(package: dict[str, Any]) -> KeySet:
    try:
        told = msgspec.convert(package, _Package)
        keys = tuple(
            PlatformKey(
                key.kid,
                key.public,
                key.suite,
                key.role,
                None if key.not_after is None else _milliseconds(key.not_after),
            )
            for key in told.keys
        )
        issued_ms = _milliseconds(told.issued_at)
        # A suite that this program does not know may be meant for newer terminals.
        known = tuple(key for key in keys if _usable(key))
    except (ValueError, msgspec.ValidationError) as error:
        raise KeySetError("keys.malformed", "wrong fields") from error
    if told.version < 1 or not known or len({key.kid for key in keys}) != len(keys):
        raise KeySetError("keys.malformed", "no keys, or two of one name")
    return KeySet(told.version, issued_ms, known)


def _usable(key: PlatformKey) -> bool:
    try:
        expected = provider_of(key.suite).public_key_bytes
    except SealError:
        return False
    if len(key.public) != expected:
        raise KeySetError("keys.malformed", f"key {key.kid!r} has {len(key.public)} bytes")
    return True


def _milliseconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return round(moment.timestamp() * 1000)


def _rfc3339(moment_ms: int) -> str:
    moment = datetime.fromtimestamp(moment_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _canonical(package: dict[str, Any]) -> bytes:
    return json.dumps(
        package, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()
