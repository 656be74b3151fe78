"""Against codes that come too often: the same one held there, and a flood; pure."""

from collections import deque


class Repeats:
    """Remembers the code told last.

    Args:
        hold_s: It is new again after it was out of sight for so long.
    """

    def __init__(self, hold_s: float) -> None:
        self._hold_s = hold_s
        self._text = ""
        self._seen_s = 0.0

    def is_new(self, text: str, now_s: float) -> bool:
        """Note that a code came; return whether it is another one, or was away."""
        new = text != self._text or now_s - self._seen_s >= self._hold_s
        self._text, self._seen_s = text, now_s
        return new

    def forget(self) -> None:
        """Take the next code for a new one."""
        self._text = ""


class Flood:
    """Counts what came in the last second.

    Args:
        most_per_s: More than this are a flood.
        rest_s: So long must be quiet before it is over.
    """

    def __init__(self, most_per_s: int, rest_s: float) -> None:
        self._rest_s = rest_s
        self._came: deque[float] = deque(maxlen=most_per_s + 1)
        self._quiet_at_s: float | None = None

    def rises(self, now_s: float) -> bool:
        """Note that something came; return whether it was one too many."""
        self._came.append(now_s)
        if len(self._came) < (self._came.maxlen or 0) or now_s - self._came[0] >= 1.0:
            return False
        self._quiet_at_s = now_s + self._rest_s
        return True

    def goes_on(self, now_s: float, *, quiet: bool) -> bool:
        """Return whether the flood is not over.

        Args:
            now_s: Monotonic seconds.
            quiet: Whether nothing at all came since the last question.
        """
        if self._quiet_at_s is None:
            return False
        if not quiet:
            self._quiet_at_s = now_s + self._rest_s
        if now_s < self._quiet_at_s:
            return True
        self._quiet_at_s = None
        self._came.clear()
        return False
