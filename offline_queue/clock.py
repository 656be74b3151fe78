"""Moments as a terminal can know them: a boot, the time since it, and a wall clock that may be wrong."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment by a terminal's clocks.

    Args:
        boot: The kernel's boot id; milliseconds of different boots cannot be compared.
        mono_ms: Milliseconds since that boot, suspended time included.
        wall_ms: Milliseconds since 1970 as the terminal believed. For people, never for decisions.
    """

    boot: str
    mono_ms: int
    wall_ms: int


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> Stamp:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's own clocks.

    Raises:
        OSError: Where the kernel tells no boot id.
    """

    def __init__(self) -> None:
        self._boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()

    def now(self) -> Stamp:
        """Return the present moment."""
        return Stamp(
            boot=self._boot,
            mono_ms=time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000,
            wall_ms=time.time_ns() // 1_000_000,
        )
