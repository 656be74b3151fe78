"""One worker thread per device and peer: the core asks, and the answer comes back as a posted event."""

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from kiosk.mailbox import Mailbox

T = TypeVar("T")
Work = Callable[[], T | None]


class Lane(Generic[T]):
    """Does one thing after the other on a thread of its own.

    Args:
        name: Of what it serves; the thread is ``lane-<name>``.
        mailbox: The core's.
        deliver: Takes what a piece of work returned, on the core's thread.
    """

    def __init__(self, name: str, mailbox: Mailbox, deliver: Callable[[T], None]) -> None:
        self._mailbox = mailbox
        self._deliver = deliver
        self._work: queue.SimpleQueue[Work[T] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def do(self, work: Work[T]) -> None:
        """Have ``work`` done after what was asked before; its result, unless None, is delivered."""
        self._work.put(work)

    def close(self, timeout_s: float = 1.0) -> None:
        """Take no more work; what still blocks after ``timeout_s`` ends with the process."""
        self._work.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                result = work()
            except Exception as bug:  # noqa: BLE001  # raised again on the core's thread
                self._mailbox.post(_raising(bug))
            else:
                if result is not None:
                    self._mailbox.post(_delivering(self._deliver, result))
            # The last result may hold a person's data; nothing may keep it while the lane waits.
            work = result = None


def _raising(bug: Exception) -> Callable[[], None]:
    def job() -> None:
        raise bug

    return job


def _delivering(deliver: Callable[[T], None], result: T) -> Callable[[], None]:
    return lambda: deliver(result)
