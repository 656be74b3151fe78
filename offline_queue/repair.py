"""Finds out at the start whether the database can be believed, and builds it anew when it cannot.

What can be found out, and what cannot:

* Damage to the file: SQLite's own check, and rows that contradict themselves or the names of the files.
* A database that is gone, empty, cut short, or without its write-ahead log: containers without rows, and the
  mark beside them (``offline_queue.mark``).
* A copy of an older database put back: the mark knows a later life or a higher number.
* Not: a copy made while this very life ran and put back before anything else was stored; nor the whole folder
  put back together, mark and all. The platform sees the second: numbers come again with other ids.

The damaged database is kept beside the new one: the first seven for ever, and the newest. No container is
removed here.
"""

import logging
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offline_queue import journal
from offline_queue.clock import Stamp
from offline_queue.database import is_damage, last_number, open_database, transaction
from offline_queue.disk import Disk
from offline_queue.errors import StoreError
from offline_queue.folder import Entry, Listing, list_folder
from offline_queue.item import COLUMNS, Item, ItemState
from offline_queue.keepsake import (
    Repaired,
    read_life,
    read_owner,
    read_repaired,
    write_life,
    write_owner,
    write_repaired,
)
from offline_queue.mark import Mark
from offline_queue.numbers import make_number
from offline_queue.rebuilding import lone_rows, look_at, waiting_row
from offline_queue.salvage import SUFFIXES, Row, Salvage, salvage

CORRUPT: Final = "queue.database-corrupt"
LOST: Final = "queue.database-lost"
STALE: Final = "queue.database-stale"
_DATABASE: Final = "queue.db"
_NEW: Final = "queue-new.db"
_WANTED: Final = "repair-wanted"
_KEPT_DAMAGED: Final = 8
_STATES: Final = frozenset(ItemState)
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """Where everything lies.

    Args:
        directory: The queue's own.
        terminal: Whose it is.
        disk: The system calls of durability.
    """

    directory: Path
    terminal: str
    disk: Disk

    @property
    def containers(self) -> Path:
        """Where the containers lie."""
        return self.directory / "containers"

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.directory / _DATABASE


def want_repair(directory: Path) -> None:
    """Have the next start build the database anew, whatever it looks like then.

    Raises:
        OSError: What the disk says.
    """
    (directory / _WANTED).touch(mode=0o600)


def open_sound(house: House, now: Stamp) -> sqlite3.Connection:
    """Open the database; build it anew first when it cannot be believed.

    Raises:
        StoreError: ``queue.database-newer``, ``queue.not-for-us``, ``queue.storage-failed``.
        OSError: What the disk says.
        sqlite3.Error: Likewise.
    """
    listing = list_folder(house.containers)
    opened = _opened(house, listing)
    if isinstance(opened, sqlite3.Connection):
        return opened
    _log.error(opened)
    _rebuild(house, listing, opened, now)
    (house.directory / _WANTED).unlink(missing_ok=True)
    return open_database(house.database)


def _opened(house: House, listing: Listing) -> sqlite3.Connection | str:
    """Return the database, or the code of why it cannot be believed."""
    if not house.database.exists() and (listing.entries or listing.mark is not None):
        return LOST
    try:
        database = open_database(house.database)
    except StoreError as error:
        if error.code != CORRUPT:
            raise
        return CORRUPT
    try:
        finding = _finding(database, house, listing)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not is_damage(error):
            database.close()
            raise
        finding = CORRUPT
    except StoreError:
        database.close()
        raise
    if finding is None and not (house.directory / _WANTED).exists():
        return database
    database.close()
    return finding or CORRUPT


def _finding(database: sqlite3.Connection, house: House, listing: Listing) -> str | None:
    items = [Item(*row) for row in database.execute(f"SELECT {COLUMNS} FROM item")]  # noqa: S608 - constant
    owner = read_owner(database)
    ours = any(entry.terminal == house.terminal for entry in listing.entries.values()) or any(
        item.receipt_no.startswith(f"{house.terminal}-") for item in items
    )
    if owner is None:
        # The very first start claims the directory before anything is stored in it.
        return LOST if listing.entries or (listing.mark or Mark()).seq or items else None
    if owner != house.terminal:
        if not ours:
            raise StoreError("queue.not-for-us", "another terminal's directory")
        return CORRUPT
    if not all(_agrees(item, house.terminal) for item in items):
        return CORRUPT
    last = last_number(database)
    if last != len(items) + read_repaired(database).missing:
        return CORRUPT
    return _against_folder(listing, {item.file for item in items}, last, read_life(database))


def _against_folder(listing: Listing, known: set[str], last: int, life: int) -> str | None:
    mark = listing.mark or Mark(life, last)
    unknown = [entry.seq for name, entry in listing.entries.items() if name not in known]
    ahead = max([mark.seq, *unknown])
    if mark.life > life or ahead > last + 1 or (mark.given and mark.seq > last):
        return STALE
    # The very next number without a row was on its way when the power went; a lower one had a row once.
    return CORRUPT if any(seq <= last for seq in unknown) else None


def _agrees(item: Item, terminal: str) -> bool:
    return (
        item.file == f"{item.receipt_no}.{item.submission_id.hex()}.zwq"
        and item.state in _STATES
        and (item.state == ItemState.WIPED or item.receipt_no == make_number(terminal, item.seq))
    )


def _rebuild(house: House, listing: Listing, reason: str, now: Stamp) -> None:
    mark = listing.mark or Mark()
    seen = max([mark.seq, *(entry.seq for entry in listing.entries.values())])
    old = salvage(house.database, seen)
    ours = _ours(listing, house.terminal, old)
    new = house.directory / _NEW
    _clear(new)
    with closing(open_database(new)) as database, transaction(database):
        _copy_others(database, old)
        for entry in ours.values():
            row = waiting_row(look_at(house.containers, entry), old.items.get(entry.seq), now)
            _insert(database, "item", row)
        for row in lone_rows(old.items, house.terminal, frozenset(ours)):
            _insert(database, "item", row)
        if database.execute("SELECT 1 FROM item").fetchone():
            # They are this terminal's; what the old database called its owner may be what was damaged.
            write_owner(database, house.terminal)
        # A number that may have been given is never given again, even if that leaves a gap of one.
        missing = _continue_from(database, max([mark.seq, old.last_seq, *ours]))
        before = read_repaired(database)
        write_repaired(database, Repaired(before.count + 1, reason, now.wall_ms, missing))
        _tell(database, ours.values(), reason, now)
        write_life(database, max(mark.life, read_life(database)))
    _put_aside(house)
    house.disk.rename(new, house.database)
    house.disk.fsync_directory(house.directory)


def _ours(listing: Listing, terminal: str, old: Salvage) -> dict[int, Entry]:
    """Return this terminal's containers by number; of two with one number, the one that had a row."""
    found: dict[int, Entry] = {}
    for entry in listing.entries.values():
        other = found.get(entry.seq)
        had_row = old.items.get(entry.seq, {}).get("submission_id") == entry.submission_id
        if entry.terminal == terminal and (other is None or had_row):
            found[entry.seq] = entry
    if listing.entries and not found:
        raise StoreError("queue.not-for-us", "another terminal's containers")
    return dict(sorted(found.items()))


def _copy_others(database: sqlite3.Connection, old: Salvage) -> None:
    tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in old.others.get(table, ()):
            _insert(database, table, row)
    for row in old.journal:
        _insert(database, "journal", row)


def _insert(database: sqlite3.Connection, table: str, row: Row) -> None:
    columns = {name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    kept = {name: value for name, value in row.items() if name in columns}
    names, marks = ", ".join(kept), ", ".join(f":{name}" for name in kept)
    # A row that contradicts the schema, or one that is there already, was not worth salvaging.
    with suppress(sqlite3.IntegrityError):
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", kept)  # noqa: S608 - names of the schema


def _continue_from(database: sqlite3.Connection, last: int) -> int:
    """Let numbers go on after the last one; returns of how many up to there nothing is left."""
    (rows,) = database.execute("SELECT count(*) FROM item").fetchone()
    database.execute("DELETE FROM sqlite_sequence WHERE name = 'item'")
    database.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", (last,))
    return last - rows


def _tell(database: sqlite3.Connection, adopted: Collection[Entry], reason: str, now: Stamp) -> None:
    journal.write(database, now, "repaired", detail=reason)
    for entry in adopted:
        journal.write(database, now, "adopted", entry.submission_id, make_number(entry.terminal, entry.seq))
    _log.error("queue.repaired", extra={"reason": reason, "count": len(adopted)})


def _put_aside(house: House) -> None:
    """Keep the damaged database: the first ones, and the newest."""
    numbers = [
        int(path.name.rpartition("-")[2])
        for path in house.directory.glob(f"{_DATABASE}.damaged-*")
        if path.name.rpartition("-")[2].isdigit()
    ]
    newest = max(numbers, default=0)
    # Without a database, a log left behind belongs to the one a cut had already moved.
    number = min(newest + 1, _KEPT_DAMAGED) if house.database.exists() else max(newest, 1)
    for suffix in SUFFIXES:
        path = house.database.with_name(_DATABASE + suffix)
        if path.exists():
            house.disk.rename(path, house.database.with_name(f"{_DATABASE}.damaged-{number}{suffix}"))


def _clear(database: Path) -> None:
    for suffix in SUFFIXES:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
