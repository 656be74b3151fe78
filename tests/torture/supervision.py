"""Lets a child run, call by call, up to a chosen one."""

import select
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from offline_queue import ItemState, ItemStatus, QueueClient, QueueError
from tests.torture.gate import Call
from tests.torture.truth import Truth
from tests.torture.zygote import Child

_PATIENCE_S: Final = 30.0
_GLANCE_S: Final = 0.02


class Readable(Protocol):
    """Whatever ``select`` takes."""

    def fileno(self) -> int:
        """The descriptor."""
        ...


class Decide(Protocol):
    """Told of each call that concerns the trial and its number from 0."""

    def __call__(self, call: Call, number: int, /) -> int | None:
        """Return 0 to let it go, an ``errno`` to refuse it, or None to stop here, with the call held."""
        ...


def stop_at(point: int | None) -> Decide:
    """Let everything go up to call number ``point``; None for everything."""
    return lambda _, number: None if number == point else 0


def supervise(
    child: Child,
    concerns: Callable[[Call], bool],
    decide: Decide,
    *,
    until: str = "",
    finished: Sequence[Readable] = (),
) -> int:
    """Let the child run until a call is held, it ends, it says ``until``, or ``finished`` is readable.

    Returns:
        How many calls that concern the trial went by.
    """
    passed = 0
    while True:
        gate = child.gate
        watched: list[Readable] = [child, *finished, *([gate] if gate is not None else [])]
        ready = select.select(watched, [], [], _PATIENCE_S)[0]
        if not ready:
            raise TimeoutError(f"nothing for {_PATIENCE_S} s after {passed} calls: {child.said[-3:]}")
        # What was said before the call was said before it: the caller waits.
        child.listen()
        if any(message[0] == until for message in child.said) or any(one in ready for one in finished):
            return passed
        if gate is not None and gate in ready:
            call = gate.next()
            if call is None:
                continue
            counts = concerns(call)
            verdict = decide(call, passed) if counts else 0
            if verdict is None:
                return passed
            passed += counts
            if verdict:
                gate.refuse(call, verdict)
            else:
                gate.let_go(call)
        elif child.ended:
            return passed


def within(folder: Path) -> Callable[[Call], bool]:
    """Concerned by calls about something in this folder."""
    return lambda call: call.touches(folder)


class Residents:
    """People at the terminal, one after the other: hand in, take the receipt, wait for the delivery.

    Args:
        socket_path: Where the queue listens.
        truth: Told of every receipt.
        containers: One of each resident.
        waits: Whether each application is to be delivered before they leave.
    """

    def __init__(
        self, socket_path: Path, truth: Truth, containers: Sequence[bytes], *, waits: bool = True
    ) -> None:
        self._client = QueueClient(socket_path)
        self._truth = truth
        self._containers = containers
        self._waits = waits
        self._left, self._leave = socket.socketpair()
        self._thread = threading.Thread(target=self._come, daemon=True)
        self.refused: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join(_PATIENCE_S)
        self._left.close()
        self._leave.close()

    def fileno(self) -> int:
        """Readable when all have left."""
        return self._left.fileno()

    def _come(self) -> None:
        numbers: list[str] = []
        for container in self._containers:
            submission_id = self._truth.hand_in(container)
            service = self._truth.service_of(submission_id)
            try:
                stored = self._client.submit(container, service, patience_s=0)
            except QueueError as error:
                self.refused.append(error.code)
                if error.code == "queue.unreachable":
                    break
                continue
            self._truth.acknowledged(submission_id, stored.receipt_no)
            numbers.append(stored.receipt_no)
        if self._waits:
            settle(self._client, numbers)
        self._leave.send(b"!")


def settle(client: QueueClient, numbers: Sequence[str], seconds: float = _PATIENCE_S) -> list[str]:
    """Wait until every application is wiped, set aside, or the queue is gone; returns what is neither."""
    tries = int(seconds / _GLANCE_S)
    for place, number in enumerate(numbers):
        for _ in range(tries):
            try:
                status = client.wait(number, _GLANCE_S)
            except QueueError as error:
                return [f"{number}: {error.code}", *numbers[place + 1 :]]
            if _is_over(status):
                break
        else:
            return list(numbers[place:])
    return []


def _is_over(status: ItemStatus) -> bool:
    return status.state in {ItemState.WIPED, ItemState.ATTENTION}
