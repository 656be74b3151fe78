"""A serial line whose far end is a program: a pty with a name, at the speed of a real wire."""

import os
import pty
import select
import threading
import time
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_CHUNK_BYTES = 32
_BITS_PER_BYTE = 10  # start, eight data bits, stop


class PacedLine:
    """One plugged-in device: from its construction to ``unplug``.

    Args:
        link_path: Name under which the near end can be opened, like those in ``/dev/serial/by-id``.
        baud: Speed at which ``send`` lets bytes out.
        on_bytes: Called on the line's own thread with what comes in; may call ``send`` and ``rest``.
    """

    def __init__(self, link_path: Path, baud: int, on_bytes: Callable[["PacedLine", bytes], None]) -> None:
        self._link_path = link_path
        self._baud = baud
        self._on_bytes = on_bytes
        self._far, self._near = pty.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._far, False)
        self._wake_reader, self._wake_writer = os.pipe()
        self._unplugged = threading.Event()
        fresh = link_path.with_name(link_path.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._near))
        fresh.replace(link_path)
        self._thread = threading.Thread(target=self._serve, name=f"line-{link_path.name}", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> bool:
        """Let bytes out at the speed of the wire; only for the line's own thread.

        Returns:
            False when the line was unplugged meanwhile.
        """
        began_s = time.monotonic()
        for start in range(0, len(data), _CHUNK_BYTES):
            chunk = data[start : start + _CHUNK_BYTES]
            due_s = began_s + (start + len(chunk)) * _BITS_PER_BYTE / self._baud
            if self.rest(due_s - time.monotonic()):
                return False
            with suppress(BlockingIOError):  # nobody reads: a wire lets bytes fall
                os.write(self._far, chunk)
        return True

    def rest(self, pause_s: float) -> bool:
        """Wait; only for the line's own thread. Return whether the line was unplugged meanwhile."""
        return self._unplugged.wait(max(pause_s, 0.0))

    def unplug(self) -> None:
        """Take the line away under whoever has it open."""
        self._unplugged.set()
        os.write(self._wake_writer, b"!")
        self._thread.join()
        self._link_path.unlink(missing_ok=True)
        for descriptor in (self._far, self._near, self._wake_reader, self._wake_writer):
            os.close(descriptor)

    def _serve(self) -> None:
        while not self._unplugged.is_set():
            ready, _, _ = select.select([self._far, self._wake_reader], [], [])
            if self._far in ready and not self._unplugged.is_set():
                self._on_bytes(self, os.read(self._far, 4096))
