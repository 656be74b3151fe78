"""Bytes through a file descriptor that never blocks: what a serial port and a USB printer have in common."""

import os
import select
import time
from collections.abc import Callable
from typing import Final

from devices.transports.byte_stream import LinkLostError, LinkStalledError
from devices.transports.waiting import waits

_RECEIVE_BYTES: Final = 4096
_HELD_LOOK_S: Final = 0.002
"""Between two looks at a line whose peer asked for a pause; about 20 bytes at 115200 baud."""
_EMPTY_PAUSE_S: Final = 0.01
_BROKEN: Final = select.POLLHUP | select.POLLERR | select.POLLNVAL

Held = Callable[[], bool]
"""Whether the peer asks for a pause now, by a contact of its plug; may raise OSError."""


class Descriptor:
    """Sends and receives; the owner of the descriptor opens and closes it.

    Args:
        descriptor: Opened with ``O_NONBLOCK``.
        lost: Makes the error that tells of a vanished device out of what the system says.
        held: Asked before every piece; None where the system keeps pauses by itself.
        piece_bytes: At most so much is handed over at once.
    """

    def __init__(
        self,
        descriptor: int,
        lost: Callable[[str], LinkLostError],
        held: Held | None = None,
        piece_bytes: int = _RECEIVE_BYTES,
    ) -> None:
        self._descriptor = descriptor
        self._lost = lost
        self._held = held
        self._piece_bytes = piece_bytes
        self._poll = select.poll()
        self._hung_up = False

    def send(self, device: str, data: bytes, timeout_s: float, *, urgent: bool = False) -> bytes:
        """Send all of ``data`` and return what came meanwhile; see ``ByteStream.send``."""
        patience = waits(timeout_s)
        rest = memoryview(data)
        heard = bytearray()
        taken = 0
        while rest:
            left_s = next(patience, None if taken == 0 else 0.0)
            if left_s is None:
                raise LinkStalledError(device, len(rest))
            if self._is_held() and not urgent:
                readable, writable = self._ready(min(left_s, _HELD_LOOK_S), select.POLLIN)
            else:
                readable, writable = self._ready(left_s, select.POLLIN | select.POLLOUT)
            if readable:
                heard += self._take()
            taken = self._put(rest[: self._piece_bytes]) if writable else 0
            rest = rest[taken:]
        return bytes(heard)

    def receive(self, timeout_s: float) -> bytes:
        """Return what has come; see ``ByteStream.receive``."""
        readable, _ = self._ready(timeout_s, select.POLLIN)
        return self._take() if readable else b""

    def _is_held(self) -> bool:
        if self._held is None:
            return False
        try:
            return self._held()
        except OSError as error:
            raise self._lost(str(error)) from error

    def _ready(self, timeout_s: float, wanted: int) -> tuple[bool, bool]:
        self._poll.register(self._descriptor, wanted)
        events = sum(event for _, event in self._poll.poll(timeout_s * 1000))
        self._hung_up = bool(events & _BROKEN)
        if self._hung_up and not events & select.POLLIN:
            raise self._lost("hung up")
        return bool(events & select.POLLIN), bool(events & select.POLLOUT)

    def _take(self) -> bytes:
        try:
            data = os.read(self._descriptor, _RECEIVE_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(str(error)) from error
        if not data and self._hung_up:
            raise self._lost("hung up")
        if not data:
            # HARDWARE: many USB printers answer every look with a packet of no bytes, which the kernel hands
            # on as it is. That is no end of file, and it must not be looked at in a circle.
            time.sleep(_EMPTY_PAUSE_S)
        return data

    def _put(self, data: memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._lost(str(error)) from error
