"""A TCP proxy on loopback that loses, cuts, delays and repeats what passes between a client and a server.

It knows nothing of HTTP but where a request ends, so that it can send one again; answers are bytes to it.
"""

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Self

_PIECE_BYTES: Final = 64 * 1024
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)
_IDLE_S: Final = 30.0


@dataclass
class Plan:
    """What happens to the exchanges to come; every field may be changed at any time.

    ``answer_bytes``: let so many bytes of each answer through, then hang up; None: all of them.
    ``request_bytes``: let so many bytes of each request through, then hang up; None: all of them.
    ``skip``: so many exchanges pass before the cuts begin.
    ``times``: how many exchanges the cuts are for; None: for every one.
    ``copies``: how often a whole request is given to the server; the client hears the last answer.
    ``refuse``: hang up on whoever connects.
    ``drop``: take requests and give them to nobody; they can be given to the server later, by ``replay``.
    ``hold``: an exchange waits for this before its request goes on to the server.
    ``far_s``: a request takes so long to the server, and its answer as long back.
    ``edit_answer``: what the client is given instead of the server's answer.
    """

    answer_bytes: int | None = None
    request_bytes: int | None = None
    skip: int = 0
    times: int | None = None
    copies: int = 1
    refuse: bool = False
    drop: bool = False
    hold: threading.Event | None = None
    far_s: float = 0.0
    edit_answer: Callable[[bytes], bytes] | None = None


@dataclass(frozen=True)
class Exchange:
    """One request as the client sent it, and the server's answer before anything was done to it."""

    request: bytes
    answer: bytes


@dataclass
class FaultProxy:
    """Stands in front of ``host:port``; ``url`` is where to find it. One exchange a connection."""

    host: str
    port: int
    plan: Plan = field(default_factory=Plan)
    exchanges: list[Exchange] = field(default_factory=list[Exchange])

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._workers: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        # A shut-down listener wakes the thread that waits in accept(); a closed one does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        self._listener.close()
        if self.plan.hold is not None:
            self.plan.hold.set()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for worker in self._workers:
            worker.join()

    @classmethod
    def before(cls, url: str, plan: Plan | None = None) -> Self:
        """A proxy in front of the server at ``url``."""
        host, _, port = url.removeprefix("http://").rpartition(":")
        return cls(host, int(port), plan or Plan())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def replay(self, request: bytes) -> bytes:
        """Give a request that was seen before to the server once more, and read the answer."""
        return self._forward(request)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            worker = threading.Thread(target=self._serve, args=(client,))
            self._workers.append(worker)
            worker.start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(_IDLE_S)
        with client, self._tracked(client), suppress(OSError):
            if self.plan.refuse:
                return
            request = _request(client)
            if not request:
                return
            plan = self._draw()
            if plan.hold is not None:
                plan.hold.wait(_IDLE_S)
            self._ended.wait(plan.far_s)
            if plan.request_bytes is not None:
                self._forward(request[: plan.request_bytes], cut=True)
                return
            if plan.drop:
                self.exchanges.append(Exchange(request, b""))
                return
            answers = [self._forward(request) for _ in range(plan.copies)]
            self.exchanges.append(Exchange(request, answers[-1]))
            self._ended.wait(plan.far_s)
            told = answers[-1] if plan.edit_answer is None else plan.edit_answer(answers[-1])
            client.sendall(told[: plan.answer_bytes])

    def _draw(self) -> Plan:
        """Take the plan of one exchange."""
        with self._lock:
            plan = replace(self.plan)
            if self.plan.skip > 0 or self.plan.times == 0:
                plan.answer_bytes = plan.request_bytes = None
            if self.plan.skip > 0:
                self.plan.skip -= 1
            elif self.plan.times:
                self.plan.times -= 1
            return plan

    def _forward(self, request: bytes, *, cut: bool = False) -> bytes:
        with socket.create_connection((self.host, self.port), _IDLE_S) as server, self._tracked(server):
            server.sendall(_closing(request))
            if cut:
                return b""
            answer = bytearray()
            while piece := server.recv(_PIECE_BYTES):
                answer += piece
            return bytes(answer)

    def _tracked(self, connection: socket.socket) -> "_Tracked":
        return _Tracked(self._open, self._lock, connection)


@dataclass
class _Tracked:
    open: set[socket.socket]
    lock: threading.Lock
    connection: socket.socket

    def __enter__(self) -> None:
        with self.lock:
            self.open.add(self.connection)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.open.discard(self.connection)


def _request(client: socket.socket) -> bytes:
    received = bytearray()
    while (end := received.find(b"\r\n\r\n")) < 0:
        piece = client.recv(_PIECE_BYTES)
        if not piece:
            return b""
        received += piece
    length = _LENGTH.search(bytes(received[: end + 4]))
    whole = end + 4 + (int(length[1]) if length else 0)
    while len(received) < whole:
        piece = client.recv(_PIECE_BYTES)
        if not piece:
            return b""
        received += piece
    return bytes(received)


def _closing(request: bytes) -> bytes:
    """Ask the server to hang up after its answer: the end of the connection is the end of the answer."""
    head, _, body = request.partition(b"\r\n\r\n")
    head = re.sub(rb"\r\nconnection: [^\r]*", b"", head, flags=re.IGNORECASE)
    return head + b"\r\nConnection: close\r\n\r\n" + body
