"""Noticing that the scheduler was started anew, however quickly."""

import socket
from contextlib import suppress
from typing import Final, Self

_CONNECTS_WITHIN_S: Final = 2.0


class Sentinel:
    """A connection on which nothing is said: it breaks when the scheduler ends, and no other one mends it.

    libcups connects again by itself, so that a scheduler which died and was started anew between two
    questions looks like the one before. It has then begun to print every job of its spool once more.
    CUPS leaves a silent connection alone for ``Timeout`` seconds, 300 unless configured.

    Args:
        host: Path of a socket, or a host.
        port: Where ``host`` is none.

    Raises:
        OSError: Nobody listens there.
    """

    def __init__(self, host: str, port: int) -> None:
        if host.startswith("/"):
            self._line = socket.socket(socket.AF_UNIX)
            self._line.settimeout(_CONNECTS_WITHIN_S)
            try:
                self._line.connect(host)
            except OSError:
                self._line.close()
                raise
        else:
            self._line = socket.create_connection((host, port), _CONNECTS_WITHIN_S)
        self._line.settimeout(0.0)
        self._broken = False

    @property
    def broken(self) -> bool:
        """Whether the scheduler to which the connection was made has ended."""
        if not self._broken:
            try:
                self._broken = not self._line.recv(1)
            except BlockingIOError:
                return False
            except OSError:
                self._broken = True
        return self._broken

    def __enter__(self) -> Self:
        """Return the sentinel itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        with suppress(OSError):
            self._line.close()
