"""How fast frames come, and how old the last one is; pure."""

from collections import deque
from typing import Final

_WINDOW_S: Final = 2.0
_AGE_STEP_MS: Final = 100


class Pulse:
    """Remembers when frames came.

    Args:
        now_s: Monotonic seconds at the start.
    """

    def __init__(self, now_s: float) -> None:
        self._began_s = now_s
        self._last_s: float | None = None
        self._beats: deque[float] = deque()

    def beat(self, now_s: float) -> None:
        """Note that a frame came."""
        self._last_s = now_s
        self._beats.append(now_s)

    def restart(self, now_s: float) -> None:
        """Measure the speed from now on: what was before has nothing to do with what comes."""
        self._began_s = now_s
        self._beats.clear()

    def fps(self, now_s: float) -> float | None:
        """Return frames a second over the last two, or None while that is not long enough to tell."""
        while self._beats and self._beats[0] <= now_s - _WINDOW_S:
            self._beats.popleft()
        return None if now_s - self._began_s < _WINDOW_S else len(self._beats) / _WINDOW_S

    def age_ms(self, now_s: float) -> int | None:
        """Return the age of the last frame in steps of 100 ms, or None before the first."""
        if self._last_s is None:
            return None
        return round((now_s - self._last_s) * 1000 / _AGE_STEP_MS) * _AGE_STEP_MS
