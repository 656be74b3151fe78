"""How far the wall clock can be believed, and a clock that never goes behind what is already known.

A terminal may start without a battery for its clock, in 1970 or in the year its memory happens to hold. The
wall clock decides nothing in the queue; it is written down for people, so it must not be absurd, and whoever
reads it must know how good it was.
"""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from offline_queue.clock import Clock, Stamp

SYNCHRONIZED: Final = Path("/run/systemd/timesync/synchronized")
"""systemd-timesyncd touches it with every answer of a time server (systemd-timesyncd.service(8))."""

_FRESH_S: Final = 2 * 3600.0
"""Three of its longest intervals (``PollIntervalMaxSec``, 2048 s) and some patience."""

_TIME_ERROR: Final = 5
"""adjtimex(2): the state of a clock that nobody disciplines."""
_TIMEX_BYTES: Final = 512
"""More than any kernel's ``struct timex``; all zero, so its ``modes`` asks and sets nothing."""


class Confidence(StrEnum):
    """How good a wall clock's time was."""

    NTP = "ntp"
    """A time server is followed now."""
    SINCE_LAST_SYNC = "since-last-sync"
    """One was, in this boot; since then the crystal counts."""
    UNKNOWN = "unknown"
    """None was, in this boot."""


@dataclass(frozen=True, slots=True)
class ClockTrust:
    """What is known about the machine's wall clock.

    Args:
        confidence: Tells how far it can be believed now.
        floor_ms: Milliseconds since 1970 that certainly lie in the past.
    """

    confidence: Callable[[], Confidence] = lambda: Confidence.UNKNOWN
    floor_ms: int = 0


def system_trust() -> ClockTrust:
    """Return what this machine can tell about its clock."""
    return ClockTrust(system_confidence, program_built_ms())


def system_confidence() -> Confidence:
    """Return how far this machine's wall clock can be believed now."""
    if _kernel_follows():
        return Confidence.NTP
    try:
        age_s = time.time() - SYNCHRONIZED.stat().st_mtime
    except OSError:
        return Confidence.UNKNOWN
    return Confidence.NTP if 0 <= age_s <= _FRESH_S else Confidence.SINCE_LAST_SYNC


def program_built_ms() -> int:
    """Return when this program was put here, milliseconds since 1970: no true time lies before it."""
    return round(1000 * Path(__file__).stat().st_mtime)


class SteadyClock:
    """A clock whose wall time never lies before what is known to have been, unless a time server says so.

    Args:
        clock: The machine's.
        confidence: How far its wall time can be believed.
        floor_ms: Milliseconds since 1970 that certainly lie in the past.
    """

    def __init__(self, clock: Clock, confidence: Callable[[], Confidence], floor_ms: int = 0) -> None:
        self._clock = clock
        self._confidence = confidence
        self._start = clock.now()
        self._floor_ms = floor_ms

    def raise_floor(self, floor_ms: int) -> None:
        """Learn of a time that certainly lies in the past."""
        self._start = self._clock.now()
        self._floor_ms = max(self._floor_ms, floor_ms)

    def confidence(self) -> Confidence:
        """Return how far the wall time can be believed."""
        return self._confidence()

    def now(self) -> Stamp:
        """Return the present moment."""
        now = self._clock.now()
        passed_ms = max(0, now.mono_ms - self._start.mono_ms) if now.boot == self._start.boot else 0
        least_ms = self._floor_ms + passed_ms
        if now.wall_ms >= least_ms or self._confidence() is Confidence.NTP:
            return now
        return replace(now, wall_ms=least_ms)

    def wall_of(self, moment: Stamp) -> int:
        """Return what the wall clock should have said at a moment, by what is known of this boot now."""
        now = self.now()
        if moment.boot != now.boot or moment.mono_ms > now.mono_ms:
            return moment.wall_ms
        return now.wall_ms - (now.mono_ms - moment.mono_ms)


def _kernel_follows() -> bool:
    """Ask the kernel whether its clock is disciplined; a sandbox (``ProtectClock=``) may forbid to ask."""
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return False
    return 0 <= state != _TIME_ERROR
