"""The sealed container: an application only the platform can open.

Layout ("ZWQ1")::

    magic "ZWQ1" | header length, 4 bytes big-endian | header, canonical CBOR | frames

A frame is at most ``frame_size`` bytes of plaintext, encrypted and authenticated as the header's suite says
(``offline_queue.crypto``; suite 1 is AES-256-GCM), followed by its 16-byte tag; nonce = 4 random bytes of
this container, then the frame number in 8 bytes; associated data = the suite's hash of everything before the
frames, the frame number, and 1 for the last frame, else 0. The data key is random and made for this container
alone, so a nonce, which never repeats within one container, never repeats under one key. It is sealed to each
recipient (suite 1: HPKE, RFC 9180) and bound to version, suite, terminal, submission id, service and key id
through HPKE's ``info``; in every suite the frames' tags bind it through the header. Frames cannot be changed,
dropped, repeated, reordered or moved to another container; the terminal keeps no key that opens them.

The container's fingerprint is SHA-256 over all of it, whatever the suite.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import cbor2
from cryptography.exceptions import InvalidTag

from offline_queue.clock import Stamp
from offline_queue.crypto import CryptoProvider, PrivateKey, provider_of
from offline_queue.errors import SealError
from offline_queue.header import VERSION, Header, Recipient, read_header
from offline_queue.keyset import PlatformKey

__all__ = [
    "FRAME_BYTES",
    "PlatformKey",
    "digest",
    "new_submission_id",
    "open_container",
    "seal",
    "seal_frames",
]

FRAME_BYTES: Final = 1024 * 1024
_PREFIX_BYTES: Final = 4


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
        recipients: The platform's key first, then e.g. an escrow key; all of one suite, the container's.
        submission_id: 16 bytes chosen once for this application; see ``new_submission_id``.
        terminal: The terminal's name.
        service: Code of the service item.
        created: When, by the terminal's clocks.

    Returns:
        The container. Its fingerprint everywhere is ``digest``.

    Raises:
        SealError: ``seal.no-key`` without a usable recipient, ``seal.suite-mismatch`` for recipients of
            different suites, ``seal.unsupported`` for a suite this program does not know.
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
    plaintext: bytes | Sequence[bytes],
    recipients: Sequence[PlatformKey],
    *,
    submission_id: bytes,
    terminal: str,
    service: str,
    created: Stamp,
) -> Iterator[bytes]:
    """Seal like ``seal``, yielding the header and then one frame at a time.

    Args:
        plaintext: The packed application, whole or in the pieces of ``package.pack_pieces``; beside it no
            more than two frames are in memory at any moment.
        recipients: See ``seal``.
        submission_id: See ``seal``.
        terminal: See ``seal``.
        service: See ``seal``.
        created: See ``seal``.

    Raises:
        SealError: See ``seal``.
    """
    if not recipients or len({key.kid for key in recipients}) != len(recipients):
        raise SealError("seal.no-key", "recipients are missing or share a key id")
    provider = provider_of(recipients[0].suite)
    if any(key.suite != provider.suite for key in recipients):
        raise SealError("seal.suite-mismatch", "recipients of different suites")
    data_key = provider.new_data_key()
    pieces = (plaintext,) if isinstance(plaintext, bytes) else tuple(plaintext)
    size = sum(len(piece) for piece in pieces)

    def wrapped(key: PlatformKey) -> Recipient:
        info = _info(provider.suite, terminal, submission_id, service, key.kid)
        return Recipient(key.kid, _wrap(provider, data_key, key, info))

    header = Header(
        ver=VERSION,
        suite=provider.suite,
        submission_id=submission_id,
        terminal=terminal,
        service=service,
        created=created,
        recipients=tuple(wrapped(key) for key in recipients),
        frame_size=FRAME_BYTES,
        n_frames=max(1, -(-size // FRAME_BYTES)),
        size=size,
        nonce_prefix=secrets.token_bytes(_PREFIX_BYTES),
    )
    opening = header.encode()
    yield opening
    bound = provider.digest(opening)
    cipher = provider.cipher(data_key)
    for number, frame in enumerate(_frames(pieces, size)):
        yield cipher.encrypt(_nonce(header, number), frame, _aad(header, bound, number))


def open_container(container: bytes, private_keys: Mapping[str, PrivateKey]) -> tuple[Header, bytes]:
    """Open a container with whichever private key it was sealed to. Only the platform can do this.

    Args:
        container: The whole container.
        private_keys: Key id to private key.

    Raises:
        SealError: ``seal.malformed`` or ``seal.unsupported`` for a wrong layout, ``seal.no-key`` when it was
            sealed to none of these keys, ``seal.suite-mismatch`` when the key of that name is of another
            suite, ``seal.tampered`` when any byte is not as it was sealed.
    """
    header = read_header(container)
    if len(container) != header.container_bytes:
        raise SealError("seal.tampered", "length differs from the header")
    provider = provider_of(header.suite)
    cipher = provider.cipher(_unwrap(provider, header, private_keys))
    view = memoryview(container)
    bound = provider.digest(view[: header.opening_bytes])
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
    """Return the container's fingerprint: SHA-256 over all of it, 32 bytes, in every suite."""
    return hashlib.sha256(container).digest()


def _frames(pieces: Sequence[bytes], size_bytes: int) -> Iterator[bytearray]:
    """Cut the pieces, as if they were one, into frames; an empty application is one empty frame."""
    frame = bytearray()
    for piece in pieces:
        view = memoryview(piece)
        while view:
            room = FRAME_BYTES - len(frame)
            frame += view[:room]
            view = view[room:]
            if len(frame) == FRAME_BYTES:
                yield frame
                frame = bytearray()
    if frame or size_bytes == 0:
        yield frame


def _wrap(provider: CryptoProvider, data_key: bytes, key: PlatformKey, info: bytes) -> bytes:
    try:
        return provider.wrap(data_key, key.public, info)
    except ValueError as error:
        raise SealError("seal.no-key", f"key {key.kid!r} is unusable") from error


def _unwrap(provider: CryptoProvider, header: Header, private_keys: Mapping[str, PrivateKey]) -> bytes:
    for recipient in header.recipients:
        private = private_keys.get(recipient.kid)
        if private is not None:
            info = _info(provider.suite, header.terminal, header.submission_id, header.service, recipient.kid)
            return provider.unwrap(recipient.wrapped, private, info)
    raise SealError("seal.no-key", "sealed to none of these keys")


def _info(suite: int, terminal: str, submission_id: bytes, service: str, kid: str) -> bytes:
    bound = [VERSION, suite, terminal, submission_id, service, kid]
    return b"zhiwang.queue.data-key\x00" + cbor2.dumps(bound, canonical=True)


def _nonce(header: Header, number: int) -> bytes:
    return header.nonce_prefix + number.to_bytes(8, "big")


def _aad(header: Header, bound: bytes, number: int) -> bytes:
    last = number == header.n_frames - 1
    return bound + number.to_bytes(8, "big") + bytes([last])
