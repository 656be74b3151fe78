"""Tag, length, value as on smart cards (BER-TLV, ISO/IEC 7816-4, 5.2.2), strictly read; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_LONG_TAG: Final = 0x1F
"""These bits set, the tag goes on."""
_MORE: Final = 0x80
_SHORT_LENGTH: Final = 0x7F
_LENGTH_BYTES_LIMIT: Final = 3
_TAG_BYTES_LIMIT: Final = 3


class TlvError(ValueError):
    """What the card gave is not made of tags, lengths and values; the text never quotes it."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One object.

    Args:
        tag: With all its bytes, such as ``0x9F0C``.
        value: What it holds.
    """

    tag: int
    value: bytes = field(repr=False)


def parse(data: bytes) -> tuple[Tlv, ...]:
    """Return the objects that stand one after the other in ``data``.

    Raises:
        TlvError: One is cut short, or has a tag or length that no card has.
    """
    return tuple(_objects(data))


def value_of(data: bytes, *path: int) -> bytes | None:
    """Return the value at the end of a path of tags, or None when there is none.

    Raises:
        TlvError: As ``parse``.
    """
    for tag in path:
        found = next((item.value for item in parse(data) if item.tag == tag), None)
        if found is None:
            return None
        data = found
    return data


def encode(tag: int, value: bytes) -> bytes:
    """Return one object.

    Raises:
        ValueError: The value is longer than 65 535 bytes (a bug of the caller).
    """
    name = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8))
    size = len(value)
    if size <= _SHORT_LENGTH:
        return name + bytes([size]) + value
    if size <= 0xFF:  # noqa: PLR2004 - the largest number in one byte
        return name + bytes([0x81, size]) + value
    if size > 0xFFFF:  # noqa: PLR2004 - the largest number in two bytes
        raise ValueError(f"a value of {size} bytes")
    return name + b"\x82" + size.to_bytes(2) + value


def _objects(data: bytes) -> Iterator[Tlv]:
    at = 0
    while at < len(data):
        tag, at = _tag(data, at)
        size, at = _length(data, at)
        value = data[at : at + size]
        if len(value) != size:
            raise TlvError(f"{size} bytes told, {len(value)} given")
        yield Tlv(tag, value)
        at += size


def _tag(data: bytes, at: int) -> tuple[int, int]:
    end = at + 1
    if data[at] & _LONG_TAG == _LONG_TAG:
        while end < len(data) and data[end] & _MORE:
            end += 1
        end += 1
    if end > len(data) or end - at > _TAG_BYTES_LIMIT:
        raise TlvError("a tag without an end")
    return int.from_bytes(data[at:end]), end


def _length(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise TlvError("a tag without a length")
    first = data[at]
    if first <= _SHORT_LENGTH:
        return first, at + 1
    count = first - _MORE
    end = at + 1 + count
    if not 1 <= count <= _LENGTH_BYTES_LIMIT or end > len(data):
        raise TlvError("a length that no card has")
    return int.from_bytes(data[at + 1 : end]), end
