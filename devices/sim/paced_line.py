"""A serial line whose far end is a program: a pty with a name, at the speed of a real wire."""

import os
import pty
import select
import termios
import threading
import time
import tty
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_CHUNK_BYTES = 32
_BITS_PER_BYTE = 10  # start, eight data bits, stop
_SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (9600, 19200, 38400, 57600, 115200)}
_NOISE = bytes(byte ^ 0xA5 for byte in range(256))
"""What bytes look like to somebody who listens at another speed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFault:
    """What happens to answers on their way.

    Args:
        mute: None goes out at all.
        late_s: They wait this long.
        wrong_checksum: Their last byte is wrong.
        cut_at: Only so many of their bytes go out.
        garbage: Goes out before them.
        replaced_by: Goes out instead of them, not framed.
    """

    mute: bool = False
    late_s: float = 0.0
    wrong_checksum: bool = False
    cut_at: int | None = None
    garbage: bytes = b""
    replaced_by: bytes | None = None

    def damaged(self, answer: bytes) -> bytes:
        """Return what goes out for an answer."""
        if self.wrong_checksum:
            answer = answer[:-1] + bytes([answer[-1] ^ 0x55])
        if self.replaced_by is not None:
            answer = self.replaced_by
        return self.garbage + answer[: self.cut_at]


def named_pty(link_path: Path) -> tuple[int, int]:
    """Make a pty whose near end can be opened under a name.

    Returns:
        Its far end, which never blocks, and its near one.
    """
    far, near = pty.openpty()
    tty.setraw(near)
    os.set_blocking(far, False)
    fresh = link_path.with_name(link_path.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.ttyname(near))
    fresh.replace(link_path)
    return far, near


class PacedLine:
    """One plugged-in device: from its construction to ``unplug``.

    Args:
        link_path: Name under which the near end can be opened, like those in ``/dev/serial/by-id``.
        baud: Speed of the line.
        on_bytes: Called on the line's own thread with what comes in; may call ``send`` and ``rest``.

    Attributes:
        baud: Speed of the line; what whoever has it open at another one sends and hears is noise.
    """

    def __init__(self, link_path: Path, baud: int, on_bytes: Callable[["PacedLine", bytes], None]) -> None:
        self._link_path = link_path
        self.baud = baud
        self._on_bytes = on_bytes
        self._far, self._near = named_pty(link_path)
        self._wake_reader, self._wake_writer = os.pipe()
        self._unplugged = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=f"line-{link_path.name}", daemon=True)
        self._thread.start()

    def send(self, data: bytes, at: int = 0) -> bool:
        """Let bytes out at the speed of the wire; only for the line's own thread.

        Args:
            data: What goes out.
            at: Where in its message it stands, which makes no difference here.

        Returns:
            False when the line was unplugged meanwhile.
        """
        del at
        began_s = time.monotonic()
        heard = self._as_heard(data)
        for start in range(0, len(data), _CHUNK_BYTES):
            chunk = heard[start : start + _CHUNK_BYTES]
            due_s = began_s + (start + len(chunk)) * _BITS_PER_BYTE / self.baud
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
                self._on_bytes(self, self._as_heard(os.read(self._far, 4096)))

    def _as_heard(self, data: bytes) -> bytes:
        near_baud = _SPEEDS.get(termios.tcgetattr(self._near)[5])
        return data if near_baud == self.baud else data.translate(_NOISE)
