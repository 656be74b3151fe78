"""Time, injected everywhere so that tests own it."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two clocks: one for people, one for waiting."""

    def now(self) -> datetime:
        """Return aware UTC wall time, for people; it may jump."""
        ...

    def monotonic_s(self) -> float:
        """Return seconds that never go backwards, for waiting."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """Return aware UTC wall time."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Return the monotonic clock in seconds."""
        return time.monotonic()
