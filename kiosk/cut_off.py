"""Asks the queue what became of the visit that the program's end cut off while it was being stored."""

import time
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


def once_answered(left: Entry, queue: QueueClient, interval_s: float = INTERVAL_S) -> CutOffKnown | None:
    """Ask as ``what_became_of`` does, again and again while the queue does not answer; blocks.

    Returns:
        None also when the queue cannot say, or did not answer in two minutes.
    """
    for _ in range(_PATIENCE):
        try:
            return what_became_of(left, queue)
        except QueueError as error:
            if error.code != "queue.unreachable":
                return None
        time.sleep(interval_s)
    return None


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
