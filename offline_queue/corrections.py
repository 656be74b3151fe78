"""Times that were written down before the clock was right, put right once it is."""

from offline_queue.database import transaction
from offline_queue.store import Store
from offline_queue.timekeeping import Confidence


def correct_times(store: Store) -> int:
    """Once a time server is followed: put right what was written down in this boot before.

    Returns:
        How many applications got another time.

    Raises:
        StoreError: ``queue.storage-failed``.
    """
    if store.clock.confidence() is not Confidence.NTP:
        return 0
    now = store.clock.now()
    values = {"boot": now.boot, "now": now.mono_ms, "offset": now.wall_ms - now.mono_ms}

    def write() -> int:
        with transaction(store.database):
            store.database.execute(
                "UPDATE boot SET sync_offset = :offset, sync_mono = :now"
                " WHERE boot_id = :boot AND sync_mono IS NULL",
                values,
            )
            return store.database.execute(
                "UPDATE item SET created_wall = created_mono + :offset, clock_conf = 'ntp'"
                " WHERE created_boot = :boot AND created_mono <= :now AND clock_conf <> 'ntp'",
                values,
            ).rowcount

    return store.ledger.durably(write)
