"""Slows down who guesses: the last four digits that belong to a number, or one-ID codes."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

TRIES_MAX = 5
PAUSE = timedelta(minutes=10)
_REMEMBERED_MAX = 10_000


class GuessLimit:
    """Counts wrong answers per number asked for, known or not, so that the limit itself tells nothing.

    Safe to use from several threads. The counts live in memory: a restart forgives everybody.

    Args:
        tries_max: So many are taken.
        pause: For how long nothing is answered after that; so long without a wrong one forgives all.
    """

    def __init__(self, tries_max: int = TRIES_MAX, pause: timedelta = PAUSE) -> None:
        self._tries_max = tries_max
        self._pause = pause
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def wait_s(self, number: str, now: datetime) -> int:
        """Return for how many seconds ``number`` may not be asked for; 0 when it may."""
        with self._lock:
            tries, last = self._wrong.get(number, (0, now))
        if tries < self._tries_max or now - last >= self._pause:
            return 0
        return max(1, round((last + self._pause - now).total_seconds()))

    def forgive(self, number: str) -> None:
        """Forget the wrong tries."""
        with self._lock:
            self._wrong.pop(number, None)

    def wrong(self, number: str, now: datetime) -> None:
        """Note one wrong try."""
        with self._lock:
            tries, last = self._wrong.pop(number, (0, now))
            self._wrong[number] = (1 if now - last >= self._pause else tries + 1, now)
            while len(self._wrong) > _REMEMBERED_MAX:
                self._wrong.popitem(last=False)
