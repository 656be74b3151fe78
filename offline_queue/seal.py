"""The sealed container: an application only the platform can open.

Layout ("ZWQ1")::

    magic "ZWQ1" | header length, 4 bytes big-endian | header, canonical CBOR | frames

A frame is at most ``frame_size`` bytes of plaintext under AES-256-GCM followed by its 16-byte tag; nonce =
4 random bytes of this container, then the frame number in 8 bytes; associated data = SHA-256 of everything
before the frames, the frame number, and 1 for the last frame, else 0. The data key is random, sealed by HPKE
(RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) to each recipient, and bound through ``info`` to version, suite,
terminal, submission id, service and key id. Frames cannot be changed, dropped, repeated, reordered or moved
to another container; the terminal keeps no key that opens them.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_queue.clock import Stamp
from offline_queue.errors import SealError
from offline_queue.header import SUITE, VERSION, Header, Recipient, read_header

FRAME_BYTES: Final = 1024 * 1024
_KEY_BITS: Final = 256
_PREFIX_BYTES: Final = 4
_HPKE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class PlatformKey:
    """A public key containers are sealed to.

    Args:
        kid: The key's name, as the platform gives it.
        public: X25519 public key, 32 raw bytes.
    """

    kid: str
    public: bytes


def new_submission_id() -> bytes:
    """Return a new submission id: 16 random bytes, never derived from a clock the terminal may not have."""
    return secrets.token_bytes(16)


def seal(
    plaintext: bytes,
    recipients: Sequence[PlatformKey],
    *,
    submission_id: bytes,
    terminal: str,
    service: str,
    created: Stamp,
) -> bytes:
    """Seal a packed application to one or more keys.

    Args:
        plaintext: What ``package.pack`` wrote.
        recipients: The platform's key first, then e.g. an escrow key.
        submission_id: 16 bytes chosen once for this application; see ``new_submission_id``.
        terminal: The terminal's name.
        service: Code of the service item.
        created: When, by the terminal's clocks.

    Returns:
        The container. Its fingerprint everywhere is ``digest``.

    Raises:
        SealError: ``seal.no-key`` without a usable recipient.
    """
    frames = seal_frames(
        plaintext,
        recipients,
        submission_id=submission_id,
        terminal=terminal,
        service=service,
        created=created,
    )
    return b"".join(frames)


def seal_frames(
    plaintext: bytes,
    recipients: Sequence[PlatformKey],
    *,
    submission_id: bytes,
    terminal: str,
    service: str,
    created: Stamp,
) -> Iterator[bytes]:
    """Seal like ``seal``, yielding the header and then one frame at a time."""
    if not recipients or len({key.kid for key in recipients}) != len(recipients):
        raise SealError("seal.no-key", "recipients are missing or share a key id")
    data_key = AESGCM.generate_key(_KEY_BITS)
    header = Header(
        ver=VERSION,
        suite=SUITE,
        submission_id=submission_id,
        terminal=terminal,
        service=service,
        created=created,
        recipients=tuple(
            Recipient(key.kid, _wrap(data_key, key, terminal, submission_id, service)) for key in recipients
        ),
        frame_size=FRAME_BYTES,
        n_frames=max(1, -(-len(plaintext) // FRAME_BYTES)),
        size=len(plaintext),
        nonce_prefix=secrets.token_bytes(_PREFIX_BYTES),
    )
    opening = header.encode()
    yield opening
    bound = hashlib.sha256(opening).digest()
    cipher = AESGCM(data_key)
    view = memoryview(plaintext)
    for number in range(header.n_frames):
        frame = view[number * FRAME_BYTES : (number + 1) * FRAME_BYTES]
        yield cipher.encrypt(_nonce(header, number), frame, _aad(header, bound, number))


def open_container(container: bytes, private_keys: Mapping[str, X25519PrivateKey]) -> tuple[Header, bytes]:
    """Open a container with whichever private key it was sealed to. Only the platform can do this.

    Args:
        container: The whole container.
        private_keys: Key id to private key.

    Raises:
        SealError: ``seal.malformed`` or ``seal.unsupported`` for a wrong layout, ``seal.no-key`` when it was
            sealed to none of these keys, ``seal.tampered`` when any byte is not as it was sealed.
    """
    header = read_header(container)
    if len(container) != header.container_bytes:
        raise SealError("seal.tampered", "length differs from the header")
    cipher = AESGCM(_unwrap(header, private_keys))
    view = memoryview(container)
    bound = hashlib.sha256(view[: header.opening_bytes]).digest()
    start = header.opening_bytes
    frames: list[bytes] = []
    for number in range(header.n_frames):
        end = start + header.sealed_frame_bytes(number)
        try:
            frames.append(
                cipher.decrypt(_nonce(header, number), view[start:end], _aad(header, bound, number))
            )
        except InvalidTag as error:
            raise SealError("seal.tampered", f"frame {number}") from error
        start = end
    return header, b"".join(frames)


def digest(container: bytes) -> bytes:
    """Return the container's fingerprint: SHA-256 over all of it, 32 bytes."""
    return hashlib.sha256(container).digest()


def _wrap(data_key: bytes, key: PlatformKey, terminal: str, submission_id: bytes, service: str) -> bytes:
    try:
        public = X25519PublicKey.from_public_bytes(key.public)
        return _HPKE.encrypt(data_key, public, info=_info(terminal, submission_id, service, key.kid))
    except ValueError as error:
        raise SealError("seal.no-key", f"key {key.kid!r} is unusable") from error


def _unwrap(header: Header, private_keys: Mapping[str, X25519PrivateKey]) -> bytes:
    for recipient in header.recipients:
        private = private_keys.get(recipient.kid)
        if private is not None:
            info = _info(header.terminal, header.submission_id, header.service, recipient.kid)
            try:
                return _HPKE.decrypt(recipient.wrapped, private, info=info)
            except (InvalidTag, ValueError) as error:
                raise SealError("seal.tampered", f"key {recipient.kid!r}") from error
    raise SealError("seal.no-key", "sealed to none of these keys")


def _info(terminal: str, submission_id: bytes, service: str, kid: str) -> bytes:
    bound = [VERSION, SUITE, terminal, submission_id, service, kid]
    return b"zhiwang.queue.data-key\x00" + cbor2.dumps(bound, canonical=True)


def _nonce(header: Header, number: int) -> bytes:
    return header.nonce_prefix + number.to_bytes(8, "big")


def _aad(header: Header, bound: bytes, number: int) -> bytes:
    last = number == header.n_frames - 1
    return bound + number.to_bytes(8, "big") + bytes([last])
