"""SANE's network protocol from the side of ``saned``: requests to values, answers to bytes; pure.

SANE standard 1.06, chapter 5. A word has four bytes, the highest first; a string its length with the final
NUL before it; an array the number of its elements; a pointer a word that is 1 when it points nowhere.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Call(IntEnum):
    """What a client asks for."""

    INIT = 0
    GET_DEVICES = 1
    OPEN = 2
    CLOSE = 3
    GET_OPTION_DESCRIPTORS = 4
    CONTROL_OPTION = 5
    GET_PARAMETERS = 6
    START = 7
    CANCEL = 8
    AUTHORIZE = 9
    EXIT = 10


class Status(IntEnum):
    """``SANE_Status``."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11


class Kind(IntEnum):
    """``SANE_Value_Type``."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3


SET: Final = 1
"""``SANE_ACTION_SET_VALUE``; 0 reads."""
RELOAD: Final = 6
"""``SANE_INFO_RELOAD_OPTIONS`` and ``SANE_INFO_RELOAD_PARAMS``."""
LITTLE_ENDIAN: Final = 0x1234
LAST_RECORD: Final = b"\xff\xff\xff\xff"

_SOFT_SELECT: Final = 1
_HARD_SELECT: Final = 2
_SOFT_DETECT: Final = 4
_UNIT_NONE: Final = 0
_UNIT_MM: Final = 3
_UNIT_DPI: Final = 4
_FIX: Final = 1 << 16
_STRING_BYTES: Final = 64

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Option:
    """One option of the device, as a client is told of it.

    Args:
        name: SANE's name.
        kind: Type of its value.
        choices: What it takes.
        span: Or smallest and largest number.
        sensor: Whether it can only be read.
    """

    name: str
    kind: Kind
    choices: tuple[Value, ...] = ()
    span: tuple[float, float] | None = None
    sensor: bool = False

    @property
    def size_bytes(self) -> int:
        """Room for its value."""
        return _STRING_BYTES if self.kind is Kind.STRING else 4


def word(value: int) -> bytes:
    """Encode one word."""
    return struct.pack(">i", value)


def string(text: str | None) -> bytes:
    """Encode a string, or none."""
    if text is None:
        return word(0)
    data = text.encode("latin-1") + b"\0"
    return word(len(data)) + data


def devices(entries: Sequence[tuple[str, str, str]]) -> bytes:
    """Encode the list of devices: name, vendor and model of each."""
    told = b"".join(
        word(0) + string(name) + string(vendor) + string(model) + string("scanner")
        for name, vendor, model in entries
    )
    return word(Status.GOOD) + word(len(entries) + 1) + told + word(1)


def options(offered: Sequence[Option]) -> bytes:
    """Encode the descriptions of all options."""
    return word(len(offered)) + b"".join(word(0) + _description(option) for option in offered)


def _description(option: Option) -> bytes:
    unit = {"resolution": _UNIT_DPI}.get(option.name, _UNIT_MM if option.span else _UNIT_NONE)
    capability = _SOFT_DETECT | (_HARD_SELECT if option.sensor else _SOFT_SELECT)
    texts = string(option.name) + string(option.name) + string("")
    words = b"".join(map(word, (option.kind, unit, option.size_bytes, capability)))
    return texts + words + _constraint(option)


def _constraint(option: Option) -> bytes:
    if option.span is not None:
        least, most = option.span
        return word(1) + word(0) + _number(option.kind, least) + _number(option.kind, most) + word(0)
    if not option.choices:
        return word(0)
    if option.kind is Kind.STRING:
        listed = b"".join(string(str(choice)) for choice in option.choices)
        return word(3) + word(len(option.choices) + 1) + listed + string(None)
    numbers = b"".join(_number(option.kind, choice) for choice in option.choices)
    return word(2) + word(len(option.choices) + 1) + word(len(option.choices)) + numbers


def _number(kind: Kind, value: Value) -> bytes:
    return word(round(float(value) * _FIX) if kind is Kind.FIXED else int(value))


def option_value(option: Option, value: Value, size_bytes: int, info: int) -> bytes:
    """Encode the answer to a control option.

    Args:
        option: Which.
        value: As it is now.
        size_bytes: As the client asked: it takes nothing else.
        info: What has to be loaded anew.
    """
    if option.kind is Kind.STRING:
        data = str(value).encode("latin-1").ljust(size_bytes, b"\0")[:size_bytes]
        told = word(len(data)) + data
    else:
        told = word(1) + _number(option.kind, value)
    return b"".join((*map(word, (Status.GOOD, info, option.kind, size_bytes)), told, string(None)))


def refused_option(status: Status) -> bytes:
    """Encode the answer to a control option that was refused."""
    return b"".join((*map(word, (status, 0, Kind.BOOL, 0, 0)), string(None)))


class Reader:
    """Takes requests apart.

    Args:
        take: Returns so many bytes, or raises OSError when the client is gone.
    """

    def __init__(self, take: Callable[[int], bytes]) -> None:
        self._take = take

    def word(self) -> int:
        """Read one word."""
        return struct.unpack(">i", self._take(4))[0]

    def string(self) -> str:
        """Read one string."""
        return self._take(self.word()).rstrip(b"\0").decode("latin-1")

    def control(self) -> tuple[int, int, int, int, Value]:
        """Read handle, option, action, size of the value in bytes, and the value."""
        handle, option, action, kind, size = (self.word() for _ in range(5))
        count = self.word()
        if kind == Kind.STRING:
            return handle, option, action, size, self._take(count).split(b"\0")[0].decode("latin-1")
        words = [self.word() for _ in range(count)]
        number = words[0] if words else 0
        return handle, option, action, size, number / _FIX if kind == Kind.FIXED else number
