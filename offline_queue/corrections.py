"""Times that were written down before the clock was right, put right once it is."""

from offline_queue.database import transaction
from offline_queue.store import Store
from offline_queue.timekeeping import Confidence


def correct_times(store: Store, done_seq: int) -> int:
    """Once a time server is followed: put right what was written down in this boot before.

    Args:
        store: Whose times.
        done_seq: Up to which number that is done, below 0 before the first time; the table keeps every
            application for ever, and to read all of it again costs more each year.

    Returns:
        Up to which number it is done now.

    Raises:
        StoreError: ``queue.storage-failed``.
    """
    if store.clock.confidence() is not Confidence.NTP:
        return done_seq
    last_seq = store.ledger.next_seq() - 1
    if last_seq == done_seq:
        return done_seq
    now = store.clock.now()
    values = {"boot": now.boot, "now": now.mono_ms, "offset": now.wall_ms - now.mono_ms, "done": done_seq}

    def write() -> None:
        with transaction(store.database):
            store.database.execute(
                "UPDATE boot SET sync_offset = :offset, sync_mono = :now"
                " WHERE boot_id = :boot AND sync_mono IS NULL",
                values,
            )
            store.database.execute(
                "UPDATE item SET created_wall = created_mono + :offset, clock_conf = 'ntp'"
                " WHERE seq > :done AND created_boot = :boot AND created_mono <= :now"
                " AND clock_conf <> 'ntp'",
                values,
            )

    store.ledger.durably(write)
    return last_seq
