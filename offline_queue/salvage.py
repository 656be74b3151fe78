"""Reads what can still be read out of a database that cannot be trusted. Works on a copy, changes nothing."""

import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from offline_queue import journal

SUFFIXES: Final = ("", "-wal", "-shm")
"""A database in write-ahead mode is up to three files."""
_MANAGED: Final = frozenset({"item", "journal", "sqlite_sequence"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was read.

    Args:
        items: Rows of applications by number; columns of whichever release wrote them.
        journal: Entries from the first on, as far as each follows from the one before.
        others: Rows of every other table.
        last_seq: Highest number the database knew of.
    """

    items: dict[int, Row] = field(default_factory=dict[int, Row])
    journal: tuple[Row, ...] = ()
    others: dict[str, tuple[Row, ...]] = field(default_factory=dict[str, tuple[Row, ...]])
    last_seq: int = 0


def salvage(path: Path, highest_seq: int) -> Salvage:
    """Read a damaged database as far as it goes.

    Args:
        path: The database; its write-ahead log is read along.
        highest_seq: Where to stop asking for single rows when they cannot be read as a whole.

    Raises:
        OSError: What the disk says.
    """
    if not path.exists():
        return Salvage()
    with _copy(path) as copy, closing(sqlite3.connect(copy, isolation_level=None, timeout=0)) as database:
        database.row_factory = sqlite3.Row
        database.text_factory = _lenient
        items = _items(database, highest_seq)
        others = {table: tuple(_rows(database, f"SELECT * FROM {table}")) for table in _tables(database)}  # noqa: S608 - names out of the schema
        sequence = next(_rows(database, "SELECT seq FROM sqlite_sequence WHERE name = 'item'"), None)
        counted = sequence["seq"] if sequence is not None and isinstance(sequence["seq"], int) else 0
        entries = tuple(_journal(database))
        return Salvage(items, entries, others, max([counted, *items]))


@contextmanager
def _copy(path: Path) -> Generator[Path]:
    copy = path.with_name(f"{path.name}.salvage")
    try:
        # The shared-memory file is an index of the log, which is made anew.
        for suffix in SUFFIXES[:2]:
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        yield copy
    finally:
        for suffix in SUFFIXES:
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _items(database: sqlite3.Connection, highest_seq: int) -> dict[int, Row]:
    found = {row["seq"]: row for row in _rows(database, "SELECT * FROM item ORDER BY seq")}
    # A read that stopped half-way leaves out what lies on the far side of the damage.
    for seq in range(1, highest_seq + 1):
        if seq not in found:
            for row in _rows(database, f"SELECT * FROM item WHERE seq = {seq:d}"):  # noqa: S608 - a number
                found[seq] = row
    return found


def _lenient(raw: bytes) -> str:
    """Read text; bytes that are none must not keep the other rows from being read."""
    return raw.decode("utf-8", "replace")


def _tables(database: sqlite3.Connection) -> list[str]:
    names = (row["name"] for row in _rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
    return [name for name in names if isinstance(name, str) and name.isidentifier() and name not in _MANAGED]


def _journal(database: sqlite3.Connection) -> Iterator[Row]:
    previous = journal.GENESIS
    for row in _rows(database, "SELECT * FROM journal ORDER BY n"):
        if not journal.follows(row, previous):
            return
        previous = row["hash"]
        yield row


def _rows(database: sqlite3.Connection, question: str) -> Iterator[Row]:
    try:
        for row in database.execute(question):
            yield dict(row)
    except (sqlite3.Error, UnicodeDecodeError):
        # As far as it goes: that is the purpose.
        return
