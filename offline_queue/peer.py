"""One connection at the queue's end: bytes in, a request, its reply, bytes out; never blocks."""

import os
import socket
import struct
from typing import Final

from offline_queue.errors import QueueError
from offline_queue.wire import LENGTH_BYTES, MAX_MESSAGE_BYTES, Reply, Request, decode_request, encode

_READ_BYTES: Final = 65536
_CREDENTIALS: Final = struct.Struct("3i")


def peer_uid(connection: socket.socket) -> int:
    """Return the user id of whoever connected, as the kernel knows it."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, uid, _ = _CREDENTIALS.unpack(raw)
    return uid


class Peer:
    """A connection and what is half read from it or half written to it.

    Args:
        connection: Non-blocking; closed together with the peer.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.memfd: int | None = None
        self.awaits: str | None = None
        """Receipt number this peer waits for."""
        self.deadline_ms = 0
        """When it stops waiting, in milliseconds of this boot."""
        self._incoming = bytearray()
        self._outgoing = bytearray()

    def read(self) -> Request | None:
        """Take what has arrived; return the request once it is whole.

        Raises:
            ConnectionError: When the other end is gone.
            QueueError: ``queue.protocol`` for bytes that are no request.
        """
        try:
            data, fds, _, _ = socket.recv_fds(self.connection, _READ_BYTES, 1)
        except BlockingIOError:
            return None
        for fd in fds:
            self.release_memfd()
            self.memfd = fd
        if not data:
            raise ConnectionResetError
        self._incoming += data
        end = LENGTH_BYTES + int.from_bytes(self._incoming[:LENGTH_BYTES], "big")
        if end > MAX_MESSAGE_BYTES:
            raise QueueError("queue.protocol", f"{end} bytes")
        if len(self._incoming) < max(end, LENGTH_BYTES):
            return None
        body = bytes(self._incoming[LENGTH_BYTES:end])
        del self._incoming[:end]
        try:
            return decode_request(body)
        except ValueError as error:
            raise QueueError("queue.protocol", "no request") from error

    def write(self, reply: Reply) -> None:
        """Queue the reply; ``flush`` sends it."""
        self._outgoing += encode(reply)

    def flush(self) -> bool:
        """Send what the socket takes; return whether all of the reply has been sent.

        Raises:
            ConnectionError: When the other end is gone.
        """
        while self._outgoing:
            try:
                sent = self.connection.send(self._outgoing)
            except BlockingIOError:
                return False
            del self._outgoing[:sent]
        return True

    def release_memfd(self) -> None:
        """Close the memfd that came with the last request."""
        if self.memfd is not None:
            os.close(self.memfd)
            self.memfd = None

    def close(self) -> None:
        """Close the connection and the memfd."""
        self.connection.close()
        self.release_memfd()
