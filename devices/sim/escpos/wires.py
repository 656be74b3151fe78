"""What a simulated printer hangs on: a TCP port, a serial line, or the USB printer class."""

import contextlib
import os
import socket
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Final, Protocol

from devices.sim.listening import HOST, kept_port, port_of
from devices.sim.paced_line import named_pty

CHUNK_BYTES: Final = 4096
_HANG_UP_HARD: Final = struct.pack("ii", 1, 0)
"""SO_LINGER on, zero seconds: closing sends a reset."""
_XON: Final = b"\x11"
_XOFF: Final = b"\x13"

Waitable = int | socket.socket


class Wire(Protocol):
    """Bytes between a printer and whoever prints; all on the caller's thread, and never blocking."""

    shows_power: bool
    """Whether the other end sees that the printer is off."""

    def plug(self) -> None:
        """Be there; does nothing when plugged in already."""
        ...

    def unplug(self) -> None:
        """Be gone, also under whoever is connected."""
        ...

    def close(self) -> None:
        """Be gone for good."""
        ...

    def hang_up(self) -> None:
        """Break the connection; it can be made again at once."""
        ...

    def waiting_for(self, *, takes_bytes: bool) -> list[Waitable]:
        """Return what to wait for until the next ``take``."""
        ...

    def take(self, ready: Collection[object]) -> bytes:
        """Return what came, after something of ``waiting_for`` was ready; may be empty."""
        ...

    def say(self, data: bytes) -> None:
        """Send; what nobody takes is lost."""
        ...


class TcpWire:
    """A port on the loopback interface with room for one connection; the same one until ``close``."""

    shows_power = True

    def __init__(self) -> None:
        self._client: socket.socket | None = None
        self._keeper = kept_port()
        self.port = port_of(self._keeper)
        self._listener: socket.socket | None = _listen(self.port)

    def plug(self) -> None:
        """Listen."""
        if self._listener is None:
            self._listener = _listen(self.port)

    def unplug(self) -> None:
        """Refuse connections."""
        self.hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def close(self) -> None:
        """Refuse connections, and let go of the port."""
        self.unplug()
        self._keeper.close()

    def hang_up(self) -> None:
        """Break the connection with a TCP reset."""
        if self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HANG_UP_HARD)
            self._client.close()
            self._client = None

    def waiting_for(self, *, takes_bytes: bool) -> list[Waitable]:
        """Wait for bytes, or for a connection while there is none."""
        if self._client is not None:
            return [self._client] if takes_bytes else []
        return [] if self._listener is None else [self._listener]

    def take(self, ready: Collection[object]) -> bytes:
        """Accept a connection, or read from it."""
        if self._client is not None:
            return self._read(self._client) if self._client in ready else b""
        if self._listener is not None and self._listener in ready:
            with contextlib.suppress(BlockingIOError):
                self._client, _ = self._listener.accept()
                self._client.settimeout(0)
        return b""

    def say(self, data: bytes) -> None:
        """Send to whoever is connected."""
        if self._client is not None:
            # A peer that has gone away, or reads nothing for so long that its buffer is full, misses it.
            with contextlib.suppress(OSError):
                self._client.send(data)

    def _read(self, client: socket.socket) -> bytes:
        try:
            data = client.recv(CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            client.close()
            self._client = None
        return data


class PtyWire:
    """A character device with a name.

    As a serial port it stays while the printer is off. As ``/dev/usb/lp0`` it goes with the printer, and
    hanging up takes it away and brings it back. Unlike the real ``usblp`` it lets more than one process open
    it, takes bytes into a buffer of a few KiB in the kernel instead of one transfer, never hands on empty
    packets, and ends with EIO instead of ENODEV.

    Args:
        link_path: Where the device is to be found while it is plugged in.
        usb: Whether it is a USB printer rather than a serial port.
        xon_xoff: Whether a printer that takes no more bytes says so by XOFF.
    """

    def __init__(self, link_path: Path, *, usb: bool, xon_xoff: bool = False) -> None:
        self.link_path = link_path
        self.shows_power = usb
        self._xon_xoff = xon_xoff
        self._paused = False
        self._ends: tuple[int, int] | None = None

    def plug(self) -> None:
        """Make the device and its name."""
        if self._ends is not None:
            return
        self._ends = named_pty(self.link_path)
        self._paused = False

    def unplug(self) -> None:
        """Take the device and its name away."""
        if self._ends is not None:
            self.link_path.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def close(self) -> None:
        """Take the device and its name away."""
        self.unplug()

    def hang_up(self) -> None:
        """Be another device of the same name, as after a USB reset; a serial port notices nothing."""
        if self.shows_power and self._ends is not None:
            self.unplug()
            self.plug()

    def waiting_for(self, *, takes_bytes: bool) -> list[Waitable]:
        """Wait for bytes."""
        if self._ends is None:
            return []
        if self._xon_xoff and takes_bytes is self._paused:
            self._paused = not takes_bytes
            self.say(_XOFF if self._paused else _XON)
        return [self._ends[0]] if takes_bytes else []

    def take(self, ready: Collection[object]) -> bytes:
        """Read."""
        if self._ends is None or self._ends[0] not in ready:
            return b""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._ends[0], CHUNK_BYTES)
        return b""

    def say(self, data: bytes) -> None:
        """Write; a line lets fall what nobody reads."""
        if self._ends is not None:
            with contextlib.suppress(BlockingIOError):
                os.write(self._ends[0], data)


def _listen(port: int) -> socket.socket:
    listener = socket.create_server((HOST, port), backlog=8)
    listener.settimeout(0)
    # The network interface of a printer has a window of a few KiB.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK_BYTES)
    return listener
