"""The bytes of the Internet Printing Protocol, as far as a printer needs them (RFC 8010, section 3)."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

_HEAD: Final = struct.Struct(">BBHi")  # major, minor, operation or status, request id
_LENGTH: Final = struct.Struct(">H")
_END: Final = 0x03
_FIRST_VALUE_TAG: Final = 0x10

Value = int | bool | str | bytes | tuple[int, int] | tuple[int, int, int]
Attributes = Mapping[str, Sequence[Value]]


class Tag(IntEnum):
    """Delimiters of groups and types of values (RFC 8010, section 3.5)."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    BYTES = 0x30
    RESOLUTION = 0x32
    RANGE = 0x33
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class IppError(Exception):
    """What came is no request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request without its document.

    Args:
        operation: What is asked for.
        id: Comes back in the answer.
        attributes: Of all groups; of a collection only loose members.
        document: What follows the attributes.
    """

    operation: int
    id: int
    attributes: Attributes
    document: bytes = field(repr=False)

    def number(self, name: str, default: int) -> int:
        """Return the first value of an attribute when it is a number."""
        first = next(iter(self.attributes.get(name, ())), default)
        return first if isinstance(first, int) else default


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an answer."""

    tag: Tag
    name: str
    values: tuple[Value, ...]


def decode(data: bytes) -> Request:
    """Take a request apart.

    Raises:
        IppError: It is none.
    """
    attributes: dict[str, list[Value]] = {}
    try:
        _, _, operation, request_id = _HEAD.unpack_from(data, 0)
        at, name = _HEAD.size, ""
        while (tag := data[at]) != _END:
            at += 1
            if tag < _FIRST_VALUE_TAG:
                continue
            key, at = _string(data, at)
            value, at = _string(data, at)
            name = key.decode("utf-8", "replace") or name
            attributes.setdefault(name, []).append(_value(tag, value))
    except (struct.error, IndexError) as error:
        raise IppError("a request that was cut") from error
    return Request(operation, request_id, attributes, data[at + 1 :])


def encode(status: int, request_id: int, groups: Iterable[tuple[Tag, Iterable[Attribute]]]) -> bytes:
    """Return the answer to a request, of version 2.0.

    Args:
        status: What became of the request.
        request_id: Of the request.
        groups: What stands in the answer after its own language and character set.
    """
    head = (
        Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
    )
    parts = [_HEAD.pack(2, 0, status, request_id)]
    for group, attributes in ((Tag.OPERATION, head), *groups):
        parts.append(bytes([group]))
        parts.extend(_encoded(attribute) for attribute in attributes)
    return b"".join((*parts, bytes([_END])))


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = _LENGTH.unpack_from(data, at)
    start, end = at + _LENGTH.size, at + _LENGTH.size + length
    if end > len(data):
        raise IndexError(end)
    return data[start:end], end


def _value(tag: int, value: bytes) -> Value:
    if tag in {Tag.INTEGER, Tag.ENUM, Tag.BOOLEAN}:
        return int.from_bytes(value, "big", signed=True)
    return value.decode("utf-8", "replace")


def _encoded(attribute: Attribute) -> bytes:
    parts: list[bytes] = []
    for position, value in enumerate(attribute.values):
        name = b"" if position else attribute.name.encode()
        data = _packed(value)
        parts += [bytes([attribute.tag]), _LENGTH.pack(len(name)), name, _LENGTH.pack(len(data)), data]
    return b"".join(parts)


def _packed(value: Value) -> bytes:
    match value:
        case bool():
            return bytes([value])
        case int():
            return struct.pack(">i", value)
        case str():
            return value.encode()
        case bytes():
            return value
        case (int() as across, int() as along, int() as unit):
            return struct.pack(">iib", across, along, unit)
        case (low, high):
            return struct.pack(">ii", low, high)
