"""Serving connections on threads that all end when the listener is closed."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

HOST: Final = "127.0.0.1"


def kept_port() -> socket.socket:
    """Return a socket that keeps a free port on the loopback interface until it is closed.

    Bound and never listening: while nobody listens there connections are refused, whoever sets SO_REUSEADDR
    may listen, and the system gives the port to nobody else.
    """
    keeper = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.bind((HOST, 0))
    return keeper


def port_of(bound: socket.socket) -> int:
    """Return the port of a socket that is bound."""
    return int(bound.getsockname()[1])


class Listener:
    """Accepts connections and serves each on a thread of its own.

    Args:
        listening: A listening socket, owned from here on.
        serve: Called with each connection, which is closed when it returns; an OSError ends it quietly.
    """

    def __init__(self, listening: socket.socket, serve: Callable[[socket.socket], None]) -> None:
        self._listening = listening
        self._serve = serve
        self._lock = threading.Lock()
        self._closed = False
        self._open: dict[socket.socket, threading.Thread] = {}
        self._thread = threading.Thread(target=self._accept, name="bench-accept", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, break all connections, and wait for their threads."""
        with self._lock:
            self._closed = True
            rest = list(self._open.items())
        for connection in (self._listening, *(connection for connection, _ in rest)):
            with suppress(OSError):  # the other side may have been faster
                connection.shutdown(socket.SHUT_RDWR)
        for thread in (self._thread, *(thread for _, thread in rest)):
            thread.join()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._run, args=(connection,), name="bench-serve", daemon=True)
            with self._lock:
                if self._closed:
                    connection.close()
                    return
                self._open[connection] = thread
                thread.start()

    def _run(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self._serve(connection)
        with self._lock:
            del self._open[connection]
