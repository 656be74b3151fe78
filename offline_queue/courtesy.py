"""How the backlog leaves the line to a resident: after each exchange it rests.

What an exchange takes is the time it kept the line busy, so a rest of three times as long leaves three
quarters of any line, and a terminal at which somebody stands all day still delivers.
"""

import threading
from collections.abc import Callable
from typing import Final, TypeVar

_T = TypeVar("_T")

RESTS: Final = 3
"""Rests are so many times as long as the exchange before."""
LONGEST_REST_S: Final = 10.0
CHUNK_BYTES: Final = 256 * 1024
"""What somebody else may have to wait for before the line is theirs."""


class Courtesy:
    """Asked on the lane's thread, which may wait here; told on any.

    Args:
        watch: Seconds that only go forward.
    """

    def __init__(self, watch: Callable[[], float]) -> None:
        self._watch = watch
        self._rested_at_s = 0.0
        self.line_is_free = threading.Event()
        self.line_is_free.set()

    def heed(self, *, needed: bool) -> None:
        """Learn whether somebody else needs the line; a rest ends once nobody does."""
        if needed:
            self.line_is_free.clear()
        else:
            self.line_is_free.set()

    def timed(self, exchange: Callable[[], _T]) -> tuple[_T, float]:
        """Return what an exchange with the platform answers, and the seconds it took; the rest goes by it."""
        begun_s = self._watch()
        answer = exchange()
        ended_s = self._watch()
        took_s = ended_s - begun_s
        self._rested_at_s = ended_s + min(RESTS * took_s, LONGEST_REST_S)
        return answer, took_s

    def at_most(self, size_bytes: int) -> int:
        """Return how large a request may be that would be of so many bytes."""
        return size_bytes if self.line_is_free.is_set() else min(size_bytes, CHUNK_BYTES)

    def rest(self) -> None:
        """Wait until the line has been left alone long enough, or nobody else needs it."""
        if not self.line_is_free.is_set():
            self.line_is_free.wait(max(0.0, self._rested_at_s - self._watch()))
