"""The scanner of QR codes and barcodes as the program uses it.

Commands ``arm`` with ``until_s`` (monotonic seconds) and ``disarm``, without answer.
"""

import time

from devices.facades.base import Facade


class CodeScanner(Facade):
    """Tells codes by ``CodeScanned`` while it is armed, and drops what comes at other times."""

    def arm(self, timeout_s: float = 60.0) -> None:
        """Tell codes from now on, whatever was scanned before; returns at once.

        Holds until ``disarm`` or until the time is up, also over a restart of the device's process. The same
        code held before it is told once; arming again tells it again.
        """
        self._process.wish("armed", "arm", {"until_s": time.monotonic() + timeout_s})

    def disarm(self) -> None:
        """Tell no codes; returns at once."""
        self._process.wish("armed", "disarm")
