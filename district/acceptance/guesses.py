"""Slows down who guesses the last four digits that belong to a number."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

TRIES_MAX = 5
PAUSE = timedelta(minutes=10)
_REMEMBERED_MAX = 10_000


class GuessLimit:
    """Counts wrong answers per number asked for, known or not, so that the limit itself tells nothing.

    Safe to use from several threads. The counts live in memory: a restart forgives everybody.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def wait_s(self, number: str, now: datetime) -> int:
        """Return for how many seconds ``number`` may not be asked for; 0 when it may."""
        with self._lock:
            tries, last = self._wrong.get(number, (0, now))
        if tries < TRIES_MAX or now - last >= PAUSE:
            return 0
        return max(1, round((last + PAUSE - now).total_seconds()))

    def wrong(self, number: str, now: datetime) -> None:
        """Note one wrong try."""
        with self._lock:
            tries, last = self._wrong.pop(number, (0, now))
            self._wrong[number] = (1 if now - last >= PAUSE else tries + 1, now)
            while len(self._wrong) > _REMEMBERED_MAX:
                self._wrong.popitem(last=False)
