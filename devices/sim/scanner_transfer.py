"""One page on its way from the simulated scanner to its client."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import numpy as np

from devices.sim.saned_wire import LAST_RECORD, Status
from devices.sim.scanner_mechanism import Begun, Habits, Mechanism, Opened
from devices.sim.scanner_sheets import dots, samples

_RECORD_BYTES: Final = 32 * 1024
_PATIENCE_S: Final = 10.0
_FORMATS: Final = {"Color": 1, "Gray": 0, "Lineart": 0}
"""``SANE_FRAME_RGB`` and ``SANE_FRAME_GRAY``."""


def parameters(opened: Opened, habits: Habits) -> tuple[int, ...]:
    """Return format, whether it is the last frame, bytes and pixels of a line, lines, and depth."""
    height, width = opened.size_px()
    mode = str(opened.settings["mode"])
    depth = 1 if mode == "Lineart" else int(opened.settings["depth"])
    line = _picture(opened, 0).shape[1] + habits.padding_bytes
    return _FORMATS[mode], 1, line, width, height if habits.tells_height else -1, depth


def _picture(opened: Opened, mark: int, lines: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return ``(lines, bytes of a line)``."""
    _, width = opened.size_px()
    mode = opened.settings["mode"]
    if mode == "Lineart":
        return np.packbits(dots(mark, lines, width), axis=1)
    values = samples(mark, lines, width, 3 if mode == "Color" else 1).reshape(lines, -1)
    if opened.settings["depth"] == 16:  # noqa: PLR2004  # bits
        return (values.astype("<u2") * 257).view(np.uint8)
    return values


class Transfer:
    """Sends one page on a thread of its own, which ends with the page.

    Args:
        host: Where the client connects to.
        opened: How the page is scanned.
        begun: Which page it is.
        mechanism: Is told what became of it.
        held_at: Part of the page after which it waits, or None.
        on_held: Called when it waits.
    """

    def __init__(
        self,
        host: str,
        opened: Opened,
        begun: Begun,
        mechanism: Mechanism,
        held_at: float | None,
        on_held: Callable[[], None],
    ) -> None:
        self._opened = opened
        self._begun = begun
        self._mechanism = mechanism
        self._held_at = held_at
        self._on_held = on_held
        self._going = threading.Event()
        self._line_s = 0.0
        self._stopped = threading.Event()
        self._ends_with = begun.ends_with
        self.held = threading.Event()
        self._listening = socket.create_server((host, 0))
        self._listening.settimeout(_PATIENCE_S)
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="bench-page", daemon=True)
        self._thread.start()

    def go_on(self, line_s: float = 0.0) -> None:
        """End the waiting.

        Args:
            line_s: Pause before each further line; 0.0 is as fast as it can.
        """
        self._line_s = line_s
        self._going.set()

    def stop(self, status: Status) -> None:
        """Break the page off, and wait until that is done."""
        if not self._stopped.is_set():
            self._ends_with = status
        self._stopped.set()
        self._going.set()
        with suppress(OSError):  # it was faster
            self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _run(self) -> None:
        whole = False
        try:
            with self._listening:
                connection, _ = self._listening.accept()
            with connection:
                whole = self._send(connection)
        except OSError:
            whole = False  # the client has seen enough
        finally:
            self._mechanism.finish(self._opened, self._begun, whole=whole)

    def _send(self, connection: socket.socket) -> bool:
        height, _ = self._opened.size_px()
        rows = _picture(self._opened, self._begun.mark, height)
        padding = self._mechanism.habits.padding_bytes
        lines = np.pad(rows, ((0, 0), (0, padding)))
        line_bytes, data = lines.shape[1], lines.tobytes()
        end = round(len(data) * self._begun.stops_at)
        held_at = None if self._held_at is None else round(len(data) * self._held_at)
        sent = 0
        while sent < end and not self._stopped.is_set():
            if held_at is not None and sent >= held_at:
                held_at = None
                self.held.set()
                self._on_held()
                self._going.wait()
                continue
            record_bytes = line_bytes if self._line_s else _RECORD_BYTES
            self._stopped.wait(self._line_s)
            until = min(sent + record_bytes, end if held_at is None else max(held_at, sent + 1))
            connection.sendall(struct.pack(">I", until - sent) + data[sent:until])
            sent = until
        connection.sendall(LAST_RECORD + bytes([self._ends_with]))
        return sent == len(data)
