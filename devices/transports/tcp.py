"""A TCP connection to a device; see ``devices.transports.byte_stream``."""

import select
import socket
from typing import Final, Self

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.transports.byte_stream import LinkLostError, LinkStalledError
from devices.transports.waiting import waits

_RECEIVE_BYTES: Final = 4096
_SEND_BUFFER_BYTES: Final = 8192
"""Small, so that what was sent is nearly what the peer took: megabytes could else wait in the kernel."""


class TcpStream:
    """One open connection; use ``connect``.

    Args:
        device: Logical name, for errors.
        connection: A connected socket, owned from here on.
    """

    def __init__(self, device: str, connection: socket.socket) -> None:
        self._device = device
        self._socket = connection

    @classmethod
    def connect(cls, device: str, host: str, port: int, timeout_s: float) -> Self:
        """Open a connection.

        Raises:
            DeviceError: ``device.absent`` (service) when nobody answers there within ``timeout_s``.
        """
        try:
            connection = socket.create_connection((host, port), timeout=timeout_s)
        except OSError as error:
            raise DeviceError(device, ABSENT, Remedy.SERVICE, f"{host}:{port}: {error}") from error
        connection.settimeout(0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return cls(device, connection)

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> bytes:
        """Send all of ``data`` and return what the peer said meanwhile.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken within ``timeout_s``.
        """
        del urgent  # the network has no pauses that could be overridden
        patience = waits(timeout_s)
        rest = memoryview(data)
        heard = bytearray()
        moved = False
        while rest:
            left_s = next(patience, 0.0 if moved else None)
            if left_s is None:
                raise LinkStalledError(self._device, len(rest))
            readable, writable = self._wait(left_s, sending=True)
            moved = readable or writable
            if readable:
                heard += self._take()
            if writable:
                rest = rest[self._put(rest) :]
        return bytes(heard)

    def receive(self, timeout_s: float) -> bytes:
        """Return what the peer has said, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            LinkLostError: The connection broke.
        """
        readable, _ = self._wait(timeout_s, sending=False)
        return self._take() if readable else b""

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()

    def _wait(self, timeout_s: float, *, sending: bool) -> tuple[bool, bool]:
        wanted = [self._socket] if sending else []
        readable, writable, _ = select.select([self._socket], wanted, [], max(0.0, timeout_s))
        return bool(readable), bool(writable)

    def _take(self) -> bytes:
        try:
            data = self._socket.recv(_RECEIVE_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkLostError(self._device, str(error)) from error
        if not data:
            raise LinkLostError(self._device, "closed by the peer")
        return data

    def _put(self, data: memoryview) -> int:
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise LinkLostError(self._device, str(error)) from error
