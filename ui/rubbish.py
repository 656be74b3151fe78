"""Rubbish is collected on Qt's thread only.

Python's cycle collector runs on whatever thread happens to allocate. When that is a lane, and a part of Qt is
among the rubbish, Qt's object is destroyed on a thread that is not its own, which ends the process sooner or
later. So the automatic collector is off while there are screens, and a timer of Qt's collects instead.
"""

import gc
from typing import Self

from PySide6.QtCore import QTimer

INTERVAL_MS = 5_000


class QtRubbish:
    """Collects on the thread that entered it, and nowhere else; a context manager."""

    def __enter__(self) -> Self:
        """Take over from the automatic collector."""
        gc.disable()
        self._timer = QTimer()
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Give back to the automatic collector."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def settle(self) -> None:
        """Leave out of every later collection what is there now, so that one takes a few milliseconds."""
        gc.collect()
        gc.freeze()

    def collect(self) -> None:
        """Collect now."""
        gc.collect()
