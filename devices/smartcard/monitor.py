"""The one thread that watches the reader; it looks and tells, and never speaks to a card."""

import threading
import time
from queue import Empty, SimpleQueue
from typing import Final

from devices.health import ABSENT
from devices.smartcard.watch import Look
from devices.transports.pcsc import PNP, SERVICE_DOWN, UNSEEN, PcscContext, ReaderState, ServiceDownError

_WAIT_S: Final = 1.0
"""Longest wait for a change; the service is known to live once in so long."""
_STALLED_S: Final = 2.5
"""A service that left the thread waiting this long stands still."""
_AGAIN_S: Final = 0.3
"""Pause before the service is asked anew after it went."""
_REST_S: Final = 0.2
"""Pause after a wait that returned at once with nothing new."""
_STOP_S: Final = 0.5


class Monitor:
    """Watches one reader from ``start`` to ``stop``; a service that goes and comes back is part of the day.

    Args:
        device: Logical name.
        wanted: Name of the reader, or a part of it; ``""`` for the first there is.
    """

    def __init__(self, device: str, wanted: str) -> None:
        self._device = device
        self._wanted = wanted
        self._looks: SimpleQueue[Look] = SimpleQueue()
        self._last: Look | None = None
        self._stopping = threading.Event()
        self._nudged = threading.Event()
        self._passed_s = time.monotonic()
        self._context: PcscContext | None = None
        self._thread = threading.Thread(target=self._run, name=f"pcsc-{device}", daemon=True)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    @property
    def stalled(self) -> bool:
        """Whether the service has not come back from a call for so long that it must stand still."""
        return time.monotonic() - self._passed_s > _STALLED_S

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; one whose service stands still is left to the end of the process."""
        self._stopping.set()
        self._nudged.set()
        end_s = time.monotonic() + _STOP_S
        while self.alive and time.monotonic() < end_s:
            context = self._context
            # Asked again because the thread may just have been on its way into the wait.
            if context is not None and not self.stalled:
                context.cancel()
            self._thread.join(0.05)

    def stir(self) -> None:
        """End a pause: now is a good moment to look."""
        self._nudged.set()

    def next_look(self, timeout_s: float = 0.0) -> Look | None:
        """Return the oldest look not handed over yet, waiting for one up to ``timeout_s``, or None."""
        try:
            return self._looks.get(timeout=timeout_s) if timeout_s else self._looks.get_nowait()
        except Empty:
            return None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._passed_s = time.monotonic()
            try:
                with PcscContext(self._device) as context:
                    self._context = context
                    self._look_on(context)
            except ServiceDownError as error:
                self._context = None
                self._tell(Look(SERVICE_DOWN, error.detail))
                self._rest(_AGAIN_S)

    def _look_on(self, context: PcscContext) -> None:
        known: dict[str, ReaderState] = {PNP: UNSEEN}
        while not self._stopping.is_set():
            names = context.readers()
            reader = self._choose(names)
            if reader is None:
                found = ", ".join(names) or "none"
                detail = f"no reader is named like {self._wanted!r}; there are: {found}"
                self._tell(Look(ABSENT, detail if self._wanted else "no reader"))
            asked = {PNP: known.get(PNP, UNSEEN)}
            if reader is not None:
                asked[reader] = known.get(reader, UNSEEN)
            self._passed_s = time.monotonic()
            known = context.wait(asked, _WAIT_S)
            if reader is not None:
                state = known[reader]
                self._tell(
                    Look(reader=reader, state=state) if state.known else Look(ABSENT, f"{reader} is gone")
                )
            # HARDWARE: for a reader that was listed and cannot be spoken to, pcsc-lite 1.9.9 reports the
            # state 0 as a change again and again, without any wait in between.
            if known == asked and time.monotonic() - self._passed_s < _REST_S:
                self._rest(_REST_S)

    def _choose(self, names: tuple[str, ...]) -> str | None:
        if self._wanted in names:
            return self._wanted
        return next((name for name in names if self._wanted in name), None)

    def _tell(self, look: Look) -> None:
        if look != self._last:
            self._last = look
            self._looks.put(look)

    def _rest(self, pause_s: float) -> None:
        self._passed_s = time.monotonic()
        self._nudged.wait(pause_s)
        if not self._stopping.is_set():
            self._nudged.clear()
