"""Calling the methods of one object in another process: a JSON object a line over a Unix socket."""

import json
import socket
import threading
from pathlib import Path
from typing import Any, Self, cast

from devices.sim.listening import Listener


class RemoteError(Exception):
    """The call failed over there; the text is the other side's."""


class Served:
    """Serves the public methods of an object; a context manager.

    Args:
        path: Where the socket appears.
        target: Whose methods are called, one at a time.
    """

    def __init__(self, path: Path, target: object) -> None:
        self._path = path
        self._target = target
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Begin."""
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(str(self._path))
        listening.listen()
        self._listener = Listener(listening, self._converse)
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _converse(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            for line in lines:
                call = json.loads(line)
                connection.sendall(json.dumps(self._answer(call)).encode() + b"\n")

    def _answer(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            with self._lock:
                return {"answer": getattr(self._target, call["do"])(*call["with"])}
        except (OSError, RuntimeError, ValueError, LookupError, TypeError) as error:
            return {"error": f"{call['do']}: {type(error).__name__}: {error}"}


class Remote:
    """Calls methods over there; a context manager, for any thread.

    Args:
        path: The socket.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._link.connect(str(path))
        self._answers = self._link.makefile("rb")

    def __enter__(self) -> Self:
        """Return the remote itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._answers.close()
        self._link.close()

    def call(self, method: str, *arguments: object) -> Any:
        """Call one method.

        Raises:
            RemoteError: It failed there, or the other side is gone.
        """
        with self._lock:
            self._link.sendall(json.dumps({"do": method, "with": arguments}).encode() + b"\n")
            line = self._answers.readline()
        if not line:
            raise RemoteError(f"{method}: the bench is gone")
        told = cast("dict[str, Any]", json.loads(line))
        if "error" in told:
            raise RemoteError(told["error"])
        return told["answer"]
