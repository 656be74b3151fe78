"""Asks the queue what became of the visit that the program's end cut off while it was being stored."""

import threading
from collections.abc import Callable
from typing import Final

from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.seal_mark import SealMark
from kiosk.journal import Entry
from kiosk.session.events import CutOffKnown
from kiosk.session.world_events import LeftStored
from offline_queue import ItemStatus, QueueClient, QueueError

INTERVAL_S: Final = 1.0
_PATIENCE: Final = 120
"""How often a queue is asked that does not answer yet; whoever was here has gone by then."""
_STEP_BACK_MS: Final = 60_000
"""So far a clock may have been set back between the screen and the store, a blink apart."""


class CutOffAsker:
    """Asks from a thread of its own, until there is an answer.

    Args:
        queue: Asked; it may be starting yet.
        left: What the journal says last of the visit.
        tell: Takes the answer, on the asker's thread.
        interval_s: How often to ask.
    """

    def __init__(
        self,
        queue: QueueClient,
        left: Entry,
        tell: Callable[[CutOffKnown], None],
        interval_s: float = INTERVAL_S,
    ) -> None:
        self._queue = queue
        self._left = left
        self._tell = tell
        self._interval_s = interval_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cut-off", daemon=True)

    def start(self) -> None:
        """Start asking."""
        self._thread.start()

    def close(self) -> None:
        """Stop asking; a question under way is left to its own time limit."""
        self._stopped.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        for _ in range(_PATIENCE):
            try:
                known = what_became_of(self._left, self._queue)
            except QueueError as error:
                if error.code != "queue.unreachable" or self._stopped.wait(self._interval_s):
                    return
            else:
                if known is not None:
                    self._tell(known)
                return


def what_became_of(left: Entry, queue: QueueClient) -> CutOffKnown | None:
    """Return what is to be said of a visit that was being stored; None when its slip was taken.

    Raises:
        QueueError: What the queue says.
    """
    number = left.ids.get("receipt_no")
    status = _stored_last(left, queue) if number is None else queue.status(number)
    if status is None:
        return CutOffKnown(None)
    if status.receipt_printed:
        return None
    receipt = queue.receipt(status.receipt_no)
    seal = SealMark.of(receipt.digest, receipt.proof)
    return CutOffKnown(LeftStored(status.service, status.receipt_no, status.acceptance_no, seal))


def _stored_last(left: Entry, queue: QueueClient) -> ItemStatus | None:
    """Return the newest application, if it was stored in this visit; none could be stored since."""
    stats = queue.stats()
    given = sum(stats.counts.values()) + stats.missing
    newest = next(iter(queue.items(given - 1, 1)), None) if given else None
    if newest is None or newest.service != left.ids.get("item", REPORT_SERVICE):
        return None
    begun_ms = left.at.timestamp() * 1000
    return newest if newest.created_ms >= begun_ms - _STEP_BACK_MS else None
