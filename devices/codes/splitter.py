"""Cuts what a scanner sends into codes; pure.

Nothing that comes in makes it hold more than one code of the longest kind, or raise. It is told of silence
rather than of the time: bytes that lay in the port while the process was held up came without a pause.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

_DOUBT_GAPS: Final = 5
"""After a code that lost its end, what comes within so many gaps is taken for that end, not for a code."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One code as it came, without its end."""

    data: bytes = field(repr=False)


class Dropped(Enum):
    """Something that is no code."""

    TOO_LONG = auto()
    UNFINISHED = auto()
    """It began, and then nothing came any more."""


class Splitter:
    """Knows what came since the last code ended.

    Args:
        end: Bytes after each code, or ``b""`` where a pause of ``gap_s`` ends it.
        max_bytes: Longest code.
        gap_s: Pause after which nothing more of a code comes.
    """

    def __init__(self, end: bytes, max_bytes: int, gap_s: float) -> None:
        self._end = end
        self._max_bytes = max_bytes
        self._gap_s = gap_s
        self._held = bytearray()
        self._too_long = False
        self._silent_s = 0.0
        self._doubt_s = 0.0
        """So long a silence, or the end of a code, has to come before a code is believed; 0 for none."""

    def feed(self, data: bytes) -> list[Piece | Dropped]:
        """Take in what came and return what is complete; a code without any byte is none."""
        pieces: list[Piece | Dropped] = []
        if data:
            self._silent_s = 0.0
        for byte in data:
            self._held.append(byte)
            if self._end and self._held.endswith(self._end):
                del self._held[-len(self._end) :]
                pieces += self._finish(whole=True)
                self._doubt_s = 0.0
            elif len(self._held) > self._max_bytes + len(self._end):
                self._too_long = True
                del self._held[: len(self._held) - len(self._end)]  # the last ones may begin the end
        return pieces

    def silence(self, for_s: float) -> list[Piece | Dropped]:
        """Return what is complete, or lost, because nothing came for another ``for_s`` seconds."""
        self._silent_s += for_s
        pieces: list[Piece | Dropped] = []
        if self._silent_s >= self._gap_s:
            began = bool(self._held) or self._too_long
            pieces = self._finish(whole=not self._end)
            if began and self._end:
                self._doubt_s = _DOUBT_GAPS * self._gap_s
        if self._silent_s >= self._doubt_s:
            self._doubt_s = 0.0
        return pieces

    def skip(self) -> None:
        """Forget what came, and take the rest of a code that may be under way for no code."""
        self.clear()
        self._doubt_s = self._gap_s

    def clear(self) -> None:
        """Forget what came; the bytes are blanked."""
        self._blank()
        self._silent_s = self._doubt_s = 0.0

    def _finish(self, *, whole: bool) -> list[Piece | Dropped]:
        data, too_long = bytes(self._held), self._too_long or len(self._held) > self._max_bytes
        self._blank()
        if self._doubt_s or not (data or too_long):
            return []
        if too_long:
            return [Dropped.TOO_LONG]
        return [Piece(data) if whole else Dropped.UNFINISHED]

    def _blank(self) -> None:
        self._held[:] = bytes(len(self._held))
        self._held.clear()
        self._too_long = False
