"""The thorough check, once a night: the whole database, the journal's chain, every container's bytes.

Done in slices on the store's thread, each short enough that a resident notices nothing. What is found: a
database that does not hold ends the service, and the next start builds it anew; a container that is not as
stored is set aside and kept.
"""

import hashlib
import logging
import os
import sqlite3
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final, NoReturn

import msgspec

from offline_queue import journal
from offline_queue.clock import Stamp
from offline_queue.database import is_damage
from offline_queue.disk import storage_faults, tells_of_damage
from offline_queue.errors import StoreError
from offline_queue.item import DAMAGED, MISSING, WAITING, Item, ItemState
from offline_queue.keepsake import CHECKED, Checked, read_checked
from offline_queue.repair import CORRUPT, want_repair
from offline_queue.store import Store

_TABLES: Final = ("item", "journal", "boot", "kv")
_ENTRIES: Final = 2000
_PAGE: Final = 200
_SLICE_BYTES: Final = 8 * 1024 * 1024
_END: Final = object()
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """When the thorough check runs.

    Args:
        hour: Hour of the day in which it begins, by the clock on the wall, 0..23.
        utc_offset_h: How far that clock is ahead of UTC; China has one time zone and no summer time.
        longest_h: Begin at the latest so long after the last one, whatever the clock on the wall says.
    """

    hour: int = 3
    utc_offset_h: int = 8
    longest_h: float = 36.0

    def due(self, now: Stamp, last_mono_ms: int) -> bool:
        """Return whether it is time.

        Args:
            now: The present moment.
            last_mono_ms: When the last one ended or the service began, in milliseconds of this boot.
        """
        since_h = (now.mono_ms - last_mono_ms) / 3_600_000
        hour = (now.wall_ms // 3_600_000 + self.utc_offset_h) % 24
        return since_h >= self.longest_h or (since_h >= 1 and hour == self.hour)


class Checkup:
    """Runs the thorough check slice by slice.

    Args:
        store: What is checked.
        policy: When.
    """

    def __init__(self, store: Store, policy: CheckPolicy) -> None:
        self._store = store
        self._policy = policy
        self._last_ms = store.clock.now().mono_ms
        self._slices: Generator[None] | None = None

    @property
    def last(self) -> Checked:
        """The last thorough check."""
        with storage_faults():
            return read_checked(self._store.database)

    def begin(self) -> None:
        """Begin now, unless one is under way."""
        if self._slices is None:
            self._slices = self._run()

    def tick(self) -> bool:
        """Do one slice if it is time.

        Returns:
            Whether there is more to do.

        Raises:
            StoreError: ``queue.database-corrupt`` when the next start has to build the database anew,
                ``queue.storage-failed``.
        """
        if self._slices is None and self._policy.due(self._store.clock.now(), self._last_ms):
            self.begin()
        if self._slices is None:
            return False
        with storage_faults():
            going_on = next(self._slices, _END) is None
        if not going_on:
            self._slices = None
            self._last_ms = self._store.clock.now().mono_ms
        return going_on

    def _run(self) -> Generator[None]:
        for table in _TABLES:
            if not self._sound(table):
                self._give_up(f"integrity of {table}")
            yield
        yield from self._journal()
        damaged = 0
        after = 0
        while items := self._store.ledger.page(after, _PAGE):
            after = items[-1].seq
            for item in items:
                if item.state in WAITING:
                    damaged += yield from self._container(item)
            yield
        self._conclude(damaged)

    def _sound(self, table: str) -> bool:
        try:
            return self._store.database.execute(f"PRAGMA integrity_check({table})").fetchone() == ("ok",)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if is_damage(error):
                return False
            raise

    def _journal(self) -> Generator[None]:
        place = journal.Place()
        while True:
            try:
                reached = journal.follow(self._store.database, place, _ENTRIES)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if not is_damage(error):
                    raise
                self._give_up("journal")
            if isinstance(reached, journal.Broken):
                self._give_up("journal")
            if reached == place:
                return
            place = reached
            yield

    def _container(self, item: Item) -> Generator[None, None, bool]:
        """Compare a container's bytes with what was stored; returns whether it was set aside."""
        seen = hashlib.sha256()
        try:
            with self._store.container_path(item).open("rb") as file:
                while chunk := file.read(_SLICE_BYTES):
                    seen.update(chunk)
                    yield
                # The disk is asked, not what memory still holds of it; and no memory is kept busy with it.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        except FileNotFoundError:
            return self._set_aside(item, MISSING)
        except OSError as error:
            # A bad sector under one container is no reason to look at none of the others.
            if not tells_of_damage(error):
                raise
            return self._set_aside(item, DAMAGED)
        if seen.digest() == item.digest:
            return False
        return self._set_aside(item, DAMAGED)

    def _set_aside(self, item: Item, code: str) -> bool:
        now = self._store.ledger.by_id(item.submission_id)
        if now is None or now.state not in WAITING:
            # Delivered and wiped while it was read.
            return False
        if now.state == ItemState.QUEUED:
            self._store.ledger.need_attention(now, code)
        _log.error(code, extra={"receipt_no": item.receipt_no})
        return True

    def _conclude(self, damaged: int) -> None:
        result = DAMAGED if damaged else "ok"
        checked = Checked(result, self._store.clock.now().wall_ms, damaged)
        self._store.notes.put(CHECKED, msgspec.json.encode(checked))
        _log.info("queue.checked", extra={"outcome": result, "count": damaged})

    def _give_up(self, detail: str) -> NoReturn:
        want_repair(self._store.directory)
        raise StoreError(CORRUPT, detail)
