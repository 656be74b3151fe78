"""A scanner of QR codes on a pty: codes at the speed of a real line, and trouble on request."""

import random
import threading
from pathlib import Path
from typing import Self

from devices.sim.paced_line import PacedLine

BAUD = 115200


class SimulatedCodeScanner:
    """One scanner, from ``with`` to its end; its methods may be called from any thread.

    Args:
        link_path: Where the driver finds the port.
        end: Sent after each code.
        baud: Speed of the line.
        trigger: What switches its light on and off, or None for one that always reads.
    """

    def __init__(
        self,
        link_path: Path,
        end: bytes = b"\r",
        baud: int = BAUD,
        trigger: tuple[bytes, bytes] | None = None,
    ) -> None:
        self.link_path = link_path
        self._end = end
        self._baud = baud
        self._trigger = trigger
        self._lock = threading.Lock()
        self._line: PacedLine | None = None
        self._heard = bytearray()

    def __enter__(self) -> Self:
        """Plug the scanner in."""
        self.replug()
        return self

    def __exit__(self, *_: object) -> None:
        """Unplug the scanner."""
        self.unplug()

    @property
    def lit(self) -> bool:
        """Whether it reads codes now."""
        if self._trigger is None:
            return True
        on, off = (self._heard.rfind(command) for command in self._trigger)
        return on > off

    def heard(self) -> bytes:
        """Return all that was ever sent to it."""
        return bytes(self._heard)

    def show(self, text: str, times: int = 1) -> bool:
        """Hold a code before it that is read so often; return whether its light was on."""
        return self.lit and self.emit((text.encode() + self._end) * times)

    def show_half(self, text: str) -> bool:
        """Have the end of a code get lost on the way."""
        return self.emit(text.encode())

    def babble(self, size_bytes: int, seed: int = 0) -> bool:
        """Send noise, and the end of a code after it."""
        return self.emit(random.Random(seed).randbytes(size_bytes) + self._end)  # noqa: S311 - noise, no secret

    def flood(self, codes: int = 50) -> bool:
        """Send so many codes, each another one, as fast as the line takes them."""
        return self.emit(b"".join(b"FLOOD%04d" % number + self._end for number in range(codes)))

    def emit(self, data: bytes) -> bool:
        """Send bytes as they are; return whether it is plugged in."""
        with self._lock:
            return self._line is not None and self._line.send(data)

    def unplug(self) -> None:
        """Pull its plug."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.unplug()

    def replug(self) -> None:
        """Plug it in again."""
        with self._lock:
            if self._line is None:
                self._line = PacedLine(self.link_path, self._baud, self._hear)

    def _hear(self, line: PacedLine, data: bytes) -> None:
        del line
        self._heard += data
