"""Starts the process to be tortured: forked from one that has everything imported, so in about 2 ms.

The zygote is forked before this process starts a thread. It dies with this process, and with it every child.
"""

import os
import pickle
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NoReturn, Self

from tests.torture.calls import Watch, libc, put_up
from tests.torture.gate import Gate

_DIES_WITH_PARENT: Final = 1
_MESSAGE_BYTES: Final = 1024 * 1024
_GATE: Final = b"gate"
_PATIENCE_S: Final = 30.0


class Line:
    """The child's end: what it says is outside of every file system, and in order with its system calls."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def say(self, *message: object) -> None:
        """Tell the supervisor."""
        self._connection.send(pickle.dumps(message))

    def hear(self) -> Any:
        """Wait for the supervisor's word."""
        return pickle.loads(self._connection.recv(_MESSAGE_BYTES))  # noqa: S301 - from our own parent

    def put_up_gate(self, watch: Watch) -> None:
        """From now on every watched call waits for the supervisor."""
        listener = put_up(watch)
        socket.send_fds(self._connection, [_GATE], [listener])
        # No watched call: the descriptor must not stay here, or the calls would wait for ever.
        libc.close(listener)


class Child:
    """The supervisor's end of a running child."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.gate: Gate | None = None
        self.said: list[tuple[Any, ...]] = []
        self.ended = False
        pid, (self._process, *_), _, _ = socket.recv_fds(self._connection, 16, 1)
        self.pid = int(pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._connection.close()
        os.close(self._process)
        if self.gate is not None:
            self.gate.close()

    def fileno(self) -> int:
        """Readable when the child has said something, or is gone."""
        return self._connection.fileno()

    def listen(self) -> None:
        """Take everything that was said so far."""
        while not self.ended and select.select([self._connection], [], [], 0)[0]:
            self._take()

    def await_word(self, word: str) -> tuple[Any, ...]:
        """Return the first message that begins with ``word``; only for a child without a gate."""
        while True:
            for message in self.said:
                if message[0] == word:
                    return message
            if self.ended:
                raise ChildProcessError(f"ended without {word}: {self.said}")
            if not select.select([self._connection], [], [], _PATIENCE_S)[0]:
                raise TimeoutError(f"no {word} after {_PATIENCE_S} s: {self.said}")
            self._take()

    def doom(self) -> None:
        """SIGKILL: not one instruction more; what is under way in the kernel may still be."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL, and wait until nothing of it is left."""
        self.doom()
        self.await_end()

    def await_end(self) -> None:
        """Wait until nothing of it is left."""
        if not select.select([self._process], [], [], _PATIENCE_S)[0]:
            raise TimeoutError("a killed child is still there")
        self.listen()

    def _take(self) -> None:
        try:
            data, fds, _, _ = socket.recv_fds(self._connection, _MESSAGE_BYTES, 1)
        except ConnectionResetError:
            data, fds = b"", []
        if not data:
            self.ended = True
        elif fds:
            self.gate = Gate(fds[0])
        else:
            self.said.append(pickle.loads(data))  # noqa: S301 - from our own child


class Zygote:
    """Forks children on demand; made before any thread."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.fork() == 0:
            self._requests.close()
            _serve(theirs)
        theirs.close()

    def close(self) -> None:
        """End the zygote and every child."""
        self._requests.close()

    def start(self, job: Callable[..., None], *arguments: object) -> Child:
        """Run ``job(line, *arguments)`` in a new process."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        socket.send_fds(self._requests, [pickle.dumps((job, arguments))], [theirs.fileno()])
        theirs.close()
        return Child(ours)


def _serve(requests: socket.socket) -> NoReturn:
    libc.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        data, fds, _, _ = socket.recv_fds(requests, _MESSAGE_BYTES, 1)
        if not data:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            _run(data, socket.socket(fileno=fds[0]))
        os.close(fds[0])


def _run(request: bytes, connection: socket.socket) -> NoReturn:
    libc.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    # Its own handle on itself: it may be gone before anybody else could open one.
    socket.send_fds(connection, [str(os.getpid()).encode()], [process := os.pidfd_open(os.getpid())])
    os.close(process)
    line = Line(connection)
    job, arguments = pickle.loads(request)  # noqa: S301 - from our own parent
    try:
        job(line, *arguments)
        line.say("done")
    finally:
        # Nothing of the supervisor's own stack, of which this is a copy, may go on in this process.
        if sys.exc_info()[0] is not None:
            line.say("broken", traceback.format_exc())
        os._exit(0)
