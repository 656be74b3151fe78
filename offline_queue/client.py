"""The application's way to the queue: one connection per call, so a restarted queue is simply found again."""

import array
import socket
import time
from pathlib import Path
from typing import Final, TypeVar

from offline_queue.errors import QueueError
from offline_queue.memory_file import MemoryFile
from offline_queue.wire import (
    LENGTH_BYTES,
    MAX_MESSAGE_BYTES,
    Admit,
    Check,
    Done,
    Failed,
    GiveUp,
    Hold,
    ItemPage,
    Items,
    ItemStatus,
    Kick,
    LeaveLine,
    MarkExported,
    MarkPrinted,
    QueueStats,
    Receipt,
    Reconcile,
    Release,
    Reply,
    Request,
    Retry,
    Stats,
    Status,
    Stored,
    Submit,
    Wait,
    decode_reply,
    encode,
)

_RETRY_PAUSE_S: Final = 0.1
_R = TypeVar("_R", bound=Reply)


class QueueClient:
    """Hands sealed applications to the queue's process and asks after them. Safe to use from any thread.

    Args:
        socket_path: Where the queue listens.
        timeout_s: How long one answer may take; storing 25 MB on a slow disk takes a second or two.
    """

    def __init__(self, socket_path: Path, timeout_s: float = 20.0) -> None:
        self._socket_path = socket_path
        self._timeout_s = timeout_s

    def submit(
        self,
        container: bytes | MemoryFile,
        service: str,
        *,
        order_key: bytes | None = None,
        patience_s: float = 5.0,
    ) -> Stored:
        """Store a sealed application durably; only after this returns may a receipt be printed.

        Repeating it with the same container returns the same number, so a queue that died in between is
        simply asked again, for ``patience_s``.

        Args:
            container: What ``seal`` returned, or a ``MemoryFile`` of what ``seal_frames`` yields.
            service: Code of the service item it was sealed for.
            order_key: 16 bytes shared by applications that must arrive in order, or None.
            patience_s: How long to ask again while the queue cannot be reached.

        Raises:
            QueueError: ``queue.no-space``, ``queue.too-large``, ``queue.storage-failed``,
                ``queue.unreachable``, ``queue.not-for-us``, ``queue.id-conflict``, ``queue.protocol``,
                ``seal.malformed``.
        """
        deadline_s = time.monotonic() + patience_s
        held = container if isinstance(container, MemoryFile) else MemoryFile([container])
        while True:
            try:
                return self._ask(Submit(service, order_key), Stored, fd=held.fd)
            except QueueError as error:
                if error.code != "queue.unreachable" or time.monotonic() >= deadline_s:
                    raise
            time.sleep(_RETRY_PAUSE_S)

    def admit(self, size_bytes: int) -> None:
        """Ask, before the first question to the resident, whether the result could be stored.

        Raises:
            QueueError: ``queue.no-space``, ``seal.no-valid-key``, ``queue.unreachable``.
        """
        self._ask(Admit(size_bytes), Done)

    def hold(self, size_bytes: int, seconds: float) -> None:
        """Hold the room for an application that is being filled in, for so long or until ``release``.

        Raises:
            QueueError: ``queue.no-space``, ``queue.storage-failed``, ``queue.unreachable``.
        """
        self._ask(Hold(size_bytes, seconds), Done)

    def release(self) -> None:
        """Give back what was held and not used.

        Raises:
            QueueError: ``queue.storage-failed``, ``queue.unreachable``.
        """
        self._ask(Release(), Done)

    def leave_line(self, seconds: float) -> None:
        """Say that a resident needs the line: for so long, a minute at most, the backlog takes a quarter.

        Raises:
            QueueError: ``queue.unreachable``; ``queue.protocol`` by a queue of an earlier release.
        """
        self._ask(LeaveLine(seconds), Done)

    def mark_exported(self, receipt_no: str) -> None:
        """Say that a verified copy lies on a USB stick.

        Raises:
            QueueError: ``queue.unknown-number``, ``queue.unreachable``.
        """
        self._ask(MarkExported(receipt_no), Done)

    def check(self) -> None:
        """Begin the thorough check now.

        Raises:
            QueueError: ``queue.unreachable``.
        """
        self._ask(Check(), Done)

    def reconcile(self) -> None:
        """Compare with the platform as soon as the line allows.

        Raises:
            QueueError: ``queue.unreachable``.
        """
        self._ask(Reconcile(), Done)

    def status(self, receipt_no: str) -> ItemStatus:
        """Return where an application is.

        Raises:
            QueueError: ``queue.unknown-number``, ``queue.unreachable``.
        """
        return self._ask(Status(receipt_no), ItemStatus)

    def receipt(self, receipt_no: str) -> Stored:
        """Return what the receipt of an application says, signed anew.

        Raises:
            QueueError: ``queue.unknown-number``, ``queue.unreachable``.
        """
        return self._ask(Receipt(receipt_no), Stored)

    def wait(self, receipt_no: str, timeout_s: float) -> ItemStatus:
        """Return where an application is once it is settled, or after ``timeout_s`` in any case.

        Raises:
            QueueError: ``queue.unknown-number``, ``queue.unreachable``.
        """
        return self._ask(Wait(receipt_no, timeout_s), ItemStatus, extra_s=timeout_s)

    def stats(self) -> QueueStats:
        """Return how the queue is.

        Raises:
            QueueError: ``queue.unreachable``.
        """
        return self._ask(Stats(), QueueStats)

    def items(self, after_seq: int = 0, limit: int = 200) -> list[ItemStatus]:
        """Return applications in the order of their numbers, from the one after ``after_seq``.

        Raises:
            QueueError: ``queue.unreachable``.
        """
        return self._ask(Items(after_seq, limit), ItemPage).items

    def kick(self) -> None:
        """Say that the network is back: what it delayed is tried at once.

        Raises:
            QueueError: ``queue.unreachable``.
        """
        self._ask(Kick(), Done)

    def retry(self, receipt_no: str) -> None:
        """Send an application again that was set aside for a person.

        Raises:
            QueueError: ``queue.not-set-aside``, ``queue.unknown-number``, ``queue.unreachable``.
        """
        self._ask(Retry(receipt_no), Done)

    def give_up(self, receipt_no: str) -> None:
        """Let nothing wait any more for an application whose container is lost.

        Raises:
            QueueError: ``queue.not-lost``, ``queue.unknown-number``, ``queue.unreachable``.
        """
        self._ask(GiveUp(receipt_no), Done)

    def mark_printed(self, receipt_no: str) -> None:
        """Say that the resident holds the receipt; until then a reprint is to be offered.

        Raises:
            QueueError: ``queue.unknown-number``, ``queue.unreachable``.
        """
        self._ask(MarkPrinted(receipt_no), Done)

    def _ask(
        self, request: Request, expected: type[_R], *, fd: int | None = None, extra_s: float = 0.0
    ) -> _R:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as connection:
                connection.settimeout(self._timeout_s + extra_s)
                connection.connect(str(self._socket_path))
                _send(connection, encode(request), fd)
                reply = decode_reply(_receive(connection))
        except (OSError, EOFError) as error:
            raise QueueError("queue.unreachable", type(error).__name__) from error
        except ValueError as error:
            raise QueueError("queue.protocol", "no reply") from error
        if isinstance(reply, Failed):
            raise QueueError(reply.code, reply.detail)
        if not isinstance(reply, expected):
            raise QueueError("queue.protocol", type(reply).__name__)
        return reply


def _send(connection: socket.socket, message: bytes, fd: int | None) -> None:
    if fd is None:
        connection.sendall(message)
        return
    # The descriptor travels with the first bytes; a request is far smaller than the socket's buffer.
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
    sent = connection.sendmsg([message], rights)
    if sent < len(message):  # sending nothing to a peer that has answered and gone fails all the same
        connection.sendall(message[sent:])


def _receive(connection: socket.socket) -> bytes:
    length = int.from_bytes(_exactly(connection, LENGTH_BYTES), "big")
    if length > MAX_MESSAGE_BYTES:
        raise QueueError("queue.protocol", f"{length} bytes")
    return _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        data = connection.recv(length - len(parts))
        if not data:
            raise EOFError
        parts += data
    return bytes(parts)
