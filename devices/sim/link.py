"""The network cable: a loopback TCP proxy that can be cut."""

import socket
import struct
import threading
from typing import Self

from devices.sim.listening import HOST, Listener, kept_port, port_of

_CHUNK_BYTES = 64 * 1024
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Link:
    """Carries connections to one place while it is whole.

    Args:
        target_host: Where connections lead.
        target_port: Where connections lead.
    """

    def __init__(self, target_host: str, target_port: int) -> None:
        self._target = (target_host, target_port)
        self._keeper = kept_port()
        self.port = port_of(self._keeper)
        self._whole = False
        self._listener: Listener | None = None
        self._lock = threading.Lock()
        self._far_ends: set[socket.socket] = set()

    def __enter__(self) -> Self:
        """Lay the cable."""
        self.restore()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the cable."""
        self.cut()
        self._keeper.close()

    @property
    def whole(self) -> bool:
        """Whether connections pass."""
        return self._whole

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        with self._lock:
            self._whole = False
            for far in self._far_ends:
                _break(far)
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def restore(self) -> None:
        """Let connections pass again."""
        if self._listener is None:
            listening = socket.create_server((HOST, self.port))
            self._whole = True
            self._listener = Listener(listening, self._carry)

    def _carry(self, near: socket.socket) -> None:
        with socket.create_connection(self._target, timeout=5.0) as far:
            far.settimeout(None)
            with self._lock:
                self._far_ends.add(far)
                if not self._whole:
                    _break(far)
            back = threading.Thread(target=_pump, args=(far, near), name="bench-pump", daemon=True)
            back.start()
            _pump(near, far)
            back.join()
            with self._lock:
                self._far_ends.remove(far)
        if not self._whole:
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry bytes one way until either end is closed, then tell the other."""
    try:
        while data := source.recv(_CHUNK_BYTES):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, sink):
            _break(end)


def _break(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # broken already
