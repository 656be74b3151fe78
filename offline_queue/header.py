"""The readable start of a sealed container: who, which service, how many frames, for which keys."""

from dataclasses import asdict, dataclass, field
from typing import Final

import cbor2
import msgspec

from offline_queue.clock import Stamp
from offline_queue.crypto import SUITES, TAG_BYTES
from offline_queue.errors import SealError
from offline_queue.numbers import is_terminal_name

MAGIC: Final = b"ZWQ1"
VERSION: Final = 1

PREFIX_BYTES: Final = len(MAGIC) + 4
MAX_HEADER_BYTES: Final = 64 * 1024
_ID_BYTES: Final = 16
_NONCE_PREFIX_BYTES: Final = 4
_MAX_FRAME_BYTES: Final = 4 * 1024 * 1024
_MOMENT_END: Final = 2**53
"""Milliseconds; no database column and no reader in another language is to be in trouble with them."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The data key, sealed to one key as the suite seals it (``offline_queue.crypto``)."""

    kid: str
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What a container says of itself without being opened. Field names are the wire's."""

    ver: int
    suite: int
    submission_id: bytes
    terminal: str
    service: str
    created: Stamp
    recipients: tuple[Recipient, ...]
    frame_size: int
    n_frames: int
    size: int
    nonce_prefix: bytes

    def encode(self) -> bytes:
        """Return everything that stands before the first frame."""
        body = cbor2.dumps(asdict(self), canonical=True)
        return MAGIC + len(body).to_bytes(4, "big") + body

    @property
    def opening_bytes(self) -> int:
        """Bytes before the first frame."""
        return len(self.encode())

    @property
    def container_bytes(self) -> int:
        """Bytes of the whole container."""
        return self.opening_bytes + self.size + self.n_frames * TAG_BYTES

    def sealed_frame_bytes(self, number: int) -> int:
        """Return the bytes of frame ``number`` with its tag."""
        plain = min(self.frame_size, self.size - number * self.frame_size)
        return plain + TAG_BYTES


def read_header(start: bytes) -> Header:
    """Read the header off a container or its first bytes (at most ``PREFIX_BYTES + MAX_HEADER_BYTES``).

    This proves the layout, not the sender: only opening the container proves its bytes.

    Raises:
        SealError: ``seal.malformed`` for anything but a well-formed header, ``seal.unsupported`` for a
            version or suite this program does not know.
    """
    length = int.from_bytes(start[len(MAGIC) : PREFIX_BYTES], "big")
    if start[: len(MAGIC)] != MAGIC or not 0 < length <= MAX_HEADER_BYTES:
        raise SealError("seal.malformed", "not a container")
    opening = bytes(start[: PREFIX_BYTES + length])
    try:
        fields = cbor2.loads(opening[PREFIX_BYTES:])
    except (cbor2.CBORDecodeError, ValueError, RecursionError) as error:
        raise SealError("seal.malformed", "unreadable header") from error
    try:
        header = msgspec.convert(fields, Header)
    except msgspec.ValidationError as error:
        raise SealError("seal.malformed", "wrong header fields") from error
    if header.ver != VERSION or header.suite not in SUITES:
        raise SealError("seal.unsupported", f"version {header.ver}, suite {header.suite}")
    # A second spelling of the same header would be a second container with the same meaning.
    if not _sane(header) or header.encode() != opening:
        raise SealError("seal.malformed", "header is not canonical")
    return header


def _sane(header: Header) -> bool:
    return (
        len(header.submission_id) == _ID_BYTES
        and len(header.nonce_prefix) == _NONCE_PREFIX_BYTES
        and is_terminal_name(header.terminal)
        and bool(header.service)
        and max(abs(header.created.mono_ms), abs(header.created.wall_ms)) < _MOMENT_END
        and bool(header.recipients)
        and 0 < header.frame_size <= _MAX_FRAME_BYTES
        and header.size >= 0
        and header.n_frames == max(1, -(-header.size // header.frame_size))
    )
