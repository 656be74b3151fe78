"""Taking an ESC/POS byte stream apart."""

import re
from dataclasses import dataclass
from typing import Final

_DLE: Final = 0x10
_ESC: Final = 0x1B
_FS: Final = 0x1C
_GS: Final = 0x1D
_PREFIX: Final = {_ESC: "ESC", _FS: "FS", _GS: "GS", _DLE: "DLE"}

_ARGUMENTS: Final = {
    "ESC @": 0,
    "ESC !": 1,
    "ESC a": 1,
    "ESC d": 1,
    "ESC J": 1,
    "ESC 2": 0,
    "ESC 3": 1,
    "ESC E": 1,
    "ESC M": 1,
    "ESC -": 1,
    "ESC t": 1,
    "FS &": 0,
    "FS .": 0,
    "FS !": 1,
    "FS S": 2,
    "GS !": 1,
    "GS r": 1,
    "GS a": 1,
    "GS I": 1,
    "DLE \x04": 1,
    "DLE \x05": 1,
}
_RASTER_HEAD_BYTES: Final = 8
_BLOCK_HEAD_BYTES: Final = 5
_FEEDING_CUTS: Final = (65, 66, 97, 98, 103, 104)
_CONTROLS: Final = b"\x00\x09\x0a\x0d"

_REAL_TIME: Final = re.compile(rb"\x10(?:\x04([\x01-\x04])|\x05([\x01\x02]))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """Bytes to be set in the current character set."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Control:
    """NUL, tab, line feed or carriage return."""

    byte: int


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its mnemonic, the arguments, and the data block where it has one."""

    name: str
    arguments: bytes = b""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class RasterRow:
    """One row of a GS v 0 picture, as soon as it is whole; 1 bits are burnt.

    Args:
        data: Packed dots, most significant bit left.
        scale: Horizontal and vertical magnification, 1 or 2 each.
    """

    data: bytes
    scale: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes that are no command of this printer."""

    data: bytes


Token = Text | Control | Command | RasterRow | Unknown


class Tokenizer:
    """Splits the stream into tokens, in whatever pieces it arrives."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._rows_left = 0
        self._row_bytes = 0
        self._scale = (1, 1)

    def __len__(self) -> int:
        """Return how many bytes wait to be taken apart."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Add bytes at the end."""
        self._buffer += data

    def clear(self) -> None:
        """Forget everything, also a picture that is half there."""
        self._buffer.clear()
        self._rows_left = 0

    def take(self) -> tuple[Token, int] | None:
        """Return the next token and its length in bytes, or None while it is not whole."""
        if self._rows_left:
            return self._row()
        if not self._buffer:
            return None
        first = self._buffer[0]
        if first in _CONTROLS:
            return self._cut(Control(first), 1)
        if first in _PREFIX:
            return self._command()
        if first < 0x20:  # noqa: PLR2004  # below the space stand the control characters
            return self._cut(Unknown(bytes((first,))), 1)
        length = next((at for at, byte in enumerate(self._buffer) if byte < 0x20), len(self._buffer))  # noqa: PLR2004  # as above
        return self._cut(Text(bytes(self._buffer[:length])), length)

    def _cut(self, token: Token, length: int) -> tuple[Token, int]:
        del self._buffer[:length]
        return token, length

    def _row(self) -> tuple[Token, int] | None:
        if len(self._buffer) < self._row_bytes:
            return None
        self._rows_left -= 1
        return self._cut(RasterRow(bytes(self._buffer[: self._row_bytes]), self._scale), self._row_bytes)

    def _command(self) -> tuple[Token, int] | None:
        if len(self._buffer) < 2:  # noqa: PLR2004  # prefix and letter
            return None
        name = f"{_PREFIX[self._buffer[0]]} {chr(self._buffer[1])}"
        if name == "GS v":
            return self._raster()
        if name == "GS (":
            return self._block()
        if name == "GS V":
            return self._cut_command()
        count = _ARGUMENTS.get(name)
        if count is None:
            return self._cut(Unknown(bytes(self._buffer[:2])), 2)
        return self._whole(name, 2, count)

    def _whole(self, name: str, head: int, count: int) -> tuple[Token, int] | None:
        if len(self._buffer) < head + count:
            return None
        return self._cut(Command(name, bytes(self._buffer[head : head + count])), head + count)

    def _cut_command(self) -> tuple[Token, int] | None:
        if len(self._buffer) < 3:  # noqa: PLR2004  # GS V m
            return None
        return self._whole("GS V", 2, 2 if self._buffer[2] in _FEEDING_CUTS else 1)

    def _block(self) -> tuple[Token, int] | None:
        """GS ( letter pL pH data."""
        if len(self._buffer) < _BLOCK_HEAD_BYTES:
            return None
        length = int.from_bytes(self._buffer[3:5], "little")
        whole = _BLOCK_HEAD_BYTES + length
        if len(self._buffer) < whole:
            return None
        name = f"GS ( {chr(self._buffer[2])}"
        return self._cut(Command(name, data=bytes(self._buffer[_BLOCK_HEAD_BYTES:whole])), whole)

    def _raster(self) -> tuple[Token, int] | None:
        """GS v 0 m xL xH yL yH, the rows following one by one."""
        if len(self._buffer) < _RASTER_HEAD_BYTES:
            return None
        head = bytes(self._buffer[2:_RASTER_HEAD_BYTES])
        mode = head[1] & 3
        self._scale = (1 + (mode & 1), 1 + (mode >> 1))
        self._row_bytes = int.from_bytes(head[2:4], "little")
        self._rows_left = int.from_bytes(head[4:6], "little") if self._row_bytes else 0
        return self._cut(Command("GS v", head), _RASTER_HEAD_BYTES)


class RealTimeScanner:
    """Finds real-time commands in the raw stream, as printers do: wherever they stand, also in a picture."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> list[tuple[int, Command]]:
        """Return the real-time commands that ``data`` completes, each with where it ends in ``data``."""
        stream = self._tail + data
        found = list(_REAL_TIME.finditer(stream))
        consumed = found[-1].end() if found else 0
        before = len(self._tail)
        self._tail = stream[max(consumed, len(stream) - 2) :]
        return [
            (
                match.end() - before,
                Command("DLE EOT", match[1]) if match[1] else Command("DLE ENQ", match[2]),
            )
            for match in found
        ]
