"""How the queue is, as figures; nothing in them names a person."""

from collections.abc import Collection
from math import ceil
from typing import Final

from offline_queue.disk import Level
from offline_queue.housekeeping import Housekeeper
from offline_queue.item import ItemState
from offline_queue.keepsake import read_repaired
from offline_queue.keyset import KeyOutlook
from offline_queue.reconcile import Reconciliation
from offline_queue.store import Store
from offline_queue.wire import QueueStats

_QUANTILES: Final = (0.5, 0.99)


def report(
    store: Store,
    keeper: Housekeeper,
    outlook: KeyOutlook,
    *,
    breaker_open: bool,
    line_left: bool,
    device_key_code: str,
    reconciliation: Reconciliation,
    took: Collection[float],
) -> QueueStats:
    """Return the figures of this moment.

    Args:
        store: Where the applications lie.
        keeper: Who checks it.
        outlook: What is to be said of the platform's keys.
        breaker_open: Whether the line is thought to be down.
        line_left: Whether most of the line is left to a resident.
        device_key_code: What is to be said of the terminal's own key.
        reconciliation: What the last comparison with the platform found.
        took: Seconds that storing took, the last times.

    Raises:
        StoreError: ``queue.storage-failed``.
    """
    now_ms = store.clock.now().wall_ms
    tally = store.ledger.tally()
    repaired, checked = read_repaired(store.database), keeper.checkup.last
    level = store.level()
    return QueueStats(
        counts={state.value: tally.counts.get(state.value, 0) for state in ItemState},
        waiting_bytes=tally.waiting_bytes,
        oldest_waiting_s=tally.oldest_waiting_s,
        free_bytes=store.room.free_bytes(),
        admits=outlook.admits and level is not Level.RED,
        breaker_open=breaker_open,
        line_left=line_left,
        level=level.value,
        tries=tally.tries,
        last_ack_ms=tally.last_ack_ms,
        clock_conf=store.clock.confidence().value,
        repairs=repaired.count,
        repair_reason=repaired.reason,
        repaired_ms=repaired.wall_ms,
        missing=repaired.missing,
        checked=checked.result,
        checked_ms=checked.wall_ms,
        seal_key_code=outlook.code,
        seal_key_left_s=None if outlook.ends_ms is None else (outlook.ends_ms - now_ms) / 1000,
        device_key_code=device_key_code,
        reconciled_ms=reconciliation.wall_ms,
        acks_repaired=reconciliation.repaired,
        platform_lost=reconciliation.sent_again + reconciliation.lost,
        number_gaps=reconciliation.gaps,
        store_s=_quantiles(took),
        wal_bytes=store.wal_bytes(),
    )


def _quantiles(took: Collection[float]) -> dict[float, float]:
    """Return the nearest ranks of the quantiles told."""
    ranked = sorted(took)
    return {q: ranked[ceil(q * len(ranked)) - 1] for q in _QUANTILES} if ranked else {}
