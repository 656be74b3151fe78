"""How the devices of a running terminal are, for whoever looks from another process.

One file in the runtime folder, which lies in memory: codes, identities, levels and counts, nothing of a
person. Serial ports can be open in one process only, so a second one could not ask the devices itself.
"""

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from devices import DeviceStatus, Health, Reading

FILE: Final = "devices.json"
_PAUSE_S: Final = 0.5
"""Between two writings, however much happens."""
_BEGUN_FIELD: Final = 19
"""Of those behind the command's name, which may hold anything but ends with the last bracket."""
_ANEW_S: Final = 5.0
"""Counts change without an event."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One device.

    Args:
        name: Logical name.
        kind: What it is for.
        driver: Which driver drives it.
        phase: Where it is in its life, see ``devices.Phase``.
        health: What is wrong with it, if anything.
        action: What has to be done, see ``devices.Action``.
        identity: What it said of itself when it was opened last.
        readings: Levels, counts and states besides its health.
        done: Commands that succeeded since the program started.
        failures: Commands that failed.
        restarts: Ends of its process that nobody had asked for.
        last_ok: Aware UTC time of its last success, or None.
    """

    name: str
    kind: str
    driver: str
    phase: str
    health: Health
    action: str
    identity: Mapping[str, str]
    readings: Mapping[str, Reading]
    done: int
    failures: int
    restarts: int
    last_ok: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """All devices of one terminal at one moment.

    Args:
        pid: Process of the terminal that wrote it.
        begun: When that process began, in clock ticks after the machine's start: numbers come again.
        rows: The devices in the order of the profile.
    """

    pid: int
    begun: int
    rows: tuple[BoardRow, ...]


def row_of(status: DeviceStatus) -> BoardRow:
    """Return the row of one device."""
    return BoardRow(
        status.spec.name,
        status.spec.kind.value,
        status.spec.driver,
        status.phase.value,
        status.health,
        status.health.action.value,
        dict(status.identity),
        dict(status.readings),
        status.stats.done,
        status.stats.failures,
        status.stats.restarts,
        status.stats.last_ok,
    )


def read_board(folder: Path) -> Board | None:
    """Return what the running terminal wrote, or None when none runs with this runtime folder."""
    try:
        board = msgspec.json.decode((folder / FILE).read_bytes(), type=Board)
    except (OSError, ValueError):
        return None
    return board if _begun(board.pid) == board.begun else None


def _begun(pid: int) -> int | None:
    """Return when a process began, field 22 of ``/proc/<pid>/stat`` (proc(5)), or None when there is none."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(told.rpartition(")")[2].split()[_BEGUN_FIELD])


class BoardWriter:
    """Keeps the file up to date; a context manager.

    Args:
        folder: The runtime folder.
        statuses: Asks for all devices; any thread.
    """

    def __init__(self, folder: Path, statuses: Callable[[], tuple[DeviceStatus, ...]]) -> None:
        self._path = folder / FILE
        self._statuses = statuses
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-board", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._changed.set()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the file away."""
        self._stopping.set()
        self._changed.set()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def touch(self) -> None:
        """Something changed; any thread, never blocks."""
        self._changed.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._changed.wait(_ANEW_S)
            self._changed.clear()
            # A full memory disk costs the view from outside, not the terminal.
            with suppress(OSError):
                self._write()
            self._stopping.wait(_PAUSE_S)

    def _write(self) -> None:
        board = Board(
            os.getpid(), _begun(os.getpid()) or 0, tuple(row_of(status) for status in self._statuses())
        )
        told: dict[str, Any] = asdict(board)
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(told))
        fresh.replace(self._path)
