"""What is wrong with the simulated scanner's cable, its daemon and its answers."""

import threading
from typing import Final

from devices.sim.saned_wire import Call, Status

_FIRST_NUMBER: Final = 4


class Trouble:
    """What was asked for; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = _FIRST_NUMBER
        self._is_plugged = True
        self._hangs: Call | None = None
        self._hold: tuple[int, float] | None = None
        self._refusals: dict[Call, list[Status]] = {}
        self._calls: list[Call] = []

    @property
    def calls(self) -> list[Call]:
        """Everything that clients asked for so far."""
        with self._lock:
            return list(self._calls)

    @property
    def plugged(self) -> int | None:
        """Number on the bus, or None while it is unplugged."""
        with self._lock:
            return self._number if self._is_plugged else None

    @property
    def name(self) -> str:
        """Name of the device on the daemon's machine."""
        with self._lock:
            return f"bench:libusb:001:{self._number:03}"

    def plug(self, *, into: bool) -> None:
        """Pull the plug, or put it in again under another number."""
        with self._lock:
            self._number += 1 if into else 0
            self._is_plugged = into

    def refuse(self, call: Call, *statuses: Status) -> None:
        """Answer the next calls of a kind with these."""
        with self._lock:
            self._refusals.setdefault(call, []).extend(statuses)

    def hang(self, call: Call) -> None:
        """Do not answer calls of a kind."""
        with self._lock:
            self._hangs = call

    def hold(self, after: int, part: float) -> None:
        """Stop in a page after a part of it."""
        with self._lock:
            self._hold = (after, part)

    def let_go(self) -> None:
        """Neither hang nor hold any more."""
        with self._lock:
            self._hangs = self._hold = None

    def end(self) -> None:
        """End all of it but the unplugging."""
        self.let_go()
        with self._lock:
            self._refusals.clear()

    # For the daemon -------------------------------------------------------------------------------

    def note(self, call: Call) -> None:
        """Note what a client asks for."""
        with self._lock:
            self._calls.append(call)

    def hangs(self, call: Call) -> bool:
        """Return whether calls of a kind are not answered now."""
        with self._lock:
            return self._hangs is call

    def refusal(self, call: Call, number: int | None) -> Status:
        """Return what to answer instead of doing as asked, or ``GOOD``.

        Args:
            call: What is asked for.
            number: On the bus when the client opened the device, or None for an open.
        """
        with self._lock:
            if not self._is_plugged or number not in (None, self._number):
                return Status.INVAL if call is Call.OPEN else Status.IO_ERROR
            waiting = self._refusals.get(call)
            return waiting.pop(0) if waiting else Status.GOOD

    def due_hold(self) -> float | None:
        """Return the part of the page that begins now after which it stops, or None."""
        with self._lock:
            if self._hold is None:
                return None
            after, part = self._hold
            self._hold = (after - 1, part) if after else None
            return None if after else part
