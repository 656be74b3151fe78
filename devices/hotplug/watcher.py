"""One thread that watches what comes and goes: told by udev, and looking for itself where udev is silent."""

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from devices.hotplug.burst import Burst, Plug
from devices.hotplug.snapshot import Watched, differences, look
from devices.hotplug.udev import UdevEvents, UdevLostError

_JOIN_S: Final = 1.0


class Watcher(Protocol):
    """What ``open_devices`` needs of whoever watches."""

    def start(self, stir: Callable[[], None]) -> None:
        """Call ``stir`` from now on whenever something came or went; returns at once."""
        ...

    def stop_soon(self) -> None:
        """Ask for the end; ``join`` waits for it."""
        ...

    def join(self) -> None:
        """Wait for the end, for at most a second; ``stir`` is not called any more."""
        ...


class Events(Protocol):
    """What ``udev.UdevEvents`` offers."""

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when something happened."""
        ...

    def read(self) -> Iterator[Plug]:
        """Yield what has happened; raises ``UdevLostError``."""
        ...


@dataclass(frozen=True, slots=True)
class Timing:
    """When to do what.

    Args:
        look_s: Between two looks of one's own.
        gather_s: From the first thing that happened until all that happened is told at once.
        reopen_s: Before a lost connection to udev is made anew.
    """

    look_s: float = 0.9
    gather_s: float = 0.2
    reopen_s: float = 5.0


def _ignore(_: object) -> None:
    """Tell nobody."""


class HotplugWatcher:
    """Watches from ``start`` to ``join``.

    Looking by itself goes on beside udev: in a container udev says nothing, and netlink may lose things.

    Args:
        watched: Where to look.
        on_plugs: Called on the watcher's thread with all that came and went in a burst, before ``stir``.
        on_note: Called on the watcher's thread, once, when udev cannot be listened to.
        timing: When to do what.
        open_events: Connects to udev; raises ``UdevLostError``.
    """

    def __init__(
        self,
        watched: Watched,
        on_plugs: Callable[[tuple[Plug, ...]], None] = _ignore,
        on_note: Callable[[str], None] = _ignore,
        timing: Timing | None = None,
        open_events: Callable[[], Events] = UdevEvents.open,
    ) -> None:
        self._watched = watched
        self._on_plugs = on_plugs
        self._on_note = on_note
        self._timing = timing or Timing()
        self._open_events = open_events
        self._stir: Callable[[], None] = lambda: None
        self._burst = Burst(self._timing.gather_s)
        self._seen = look(watched)
        self._open_s = time.monotonic()
        self._look_s = self._open_s + self._timing.look_s
        self._events: Events | None = None
        self._noted = False
        self._wake_reader, self._wake_writer = os.pipe()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hotplug", daemon=True)

    @property
    def hears_udev(self) -> bool:
        """Whether udev can be listened to now; what it says is another matter."""
        return self._events is not None

    def start(self, stir: Callable[[], None]) -> None:
        """Begin; see ``Watcher``."""
        self._stir = stir
        self._thread.start()

    def stop_soon(self) -> None:
        """Ask for the end; see ``Watcher``."""
        self._stopping.set()
        with suppress(OSError):  # asked for twice
            os.write(self._wake_writer, b"!")

    def join(self) -> None:
        """Wait for the end; see ``Watcher``."""
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)
        if not self._thread.is_alive() and self._wake_writer >= 0:
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            self._wake_reader = self._wake_writer = -1

    # On the watcher's own thread ------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            now_s = time.monotonic()
            if self._events is None and now_s >= self._open_s:
                self._connect(now_s)
            if now_s >= self._look_s:
                self._look(now_s)
            self._wait()
            plugs = self._burst.take(time.monotonic())
            if plugs and not self._stopping.is_set():
                self._tell(plugs)
        self._events = None

    def _connect(self, now_s: float) -> None:
        self._open_s = now_s + self._timing.reopen_s
        try:
            self._events = self._open_events()
        except UdevLostError as error:
            self._note(f"udev cannot be listened to: {error}")

    def _wait(self) -> None:
        """Wait until something is to be read or done, and read what there is."""
        poll = select.poll()
        poll.register(self._wake_reader, select.POLLIN)
        if self._events is not None:
            poll.register(self._events.fileno(), select.POLLIN)
        due_s = min(self._look_s, self._look_s if self._burst.due_s is None else self._burst.due_s)
        ready = poll.poll(max(0.0, due_s - time.monotonic()) * 1000)
        if self._events is not None and any(number != self._wake_reader for number, _ in ready):
            self._hear(self._events)

    def _hear(self, events: Events) -> None:
        now_s = time.monotonic()
        try:
            for plug in events.read():
                self._burst.add(plug, now_s)
        except UdevLostError as error:
            # What was lost is not known: everybody has to look. A new connection hears again.
            self._events = None
            self._burst.add(Plug("change"), now_s)
            self._note(f"udev was not heard for a while: {error}")

    def _look(self, now_s: float) -> None:
        self._look_s = now_s + self._timing.look_s
        before, self._seen = self._seen, look(self._watched)
        for plug in differences(before, self._seen):
            self._burst.add(plug, now_s)

    def _tell(self, plugs: tuple[Plug, ...]) -> None:
        # What came meanwhile is told along, so that the next look of one's own tells nothing twice.
        before, self._seen = self._seen, look(self._watched)
        fresh = (plug for plug in differences(before, self._seen) if plug not in plugs)
        self._on_plugs((*plugs, *fresh))
        self._stir()

    def _note(self, text: str) -> None:
        if not self._noted:
            self._noted = True
            self._on_note(text)
