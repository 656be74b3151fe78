"""The one SQLite connection: its settings, proven, and its schema, migrated forward only."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from offline_queue.errors import StoreError

APPLICATION_ID: Final = 0x5A575131
"""``ZWQ1``: marks the file as ours."""

# WAL with FULL is the cheapest setting that never lost a commit in a power cut; DELETE with FULL loses the
# last one. One exclusive connection also keeps clear of the WAL-reset bug of SQLite up to 3.51.2.
_PRAGMAS: Final = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("wal_autocheckpoint", "200", 200),
    ("journal_size_limit", "4194304", 4194304),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
)


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database, make it durable, check it, and bring its schema up to date.

    Raises:
        StoreError: ``queue.database-corrupt``, ``queue.database-newer``, or ``queue.storage-failed`` when
            SQLite does not take one of the settings durability rests on.
        sqlite3.Error: For what the disk does.
    """
    database = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        _prepare(database)
    except sqlite3.DatabaseError as error:
        database.close()
        if getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise StoreError("queue.database-corrupt", "unreadable") from error
        raise
    except StoreError:
        database.close()
        raise
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Generator[None]:
    """Commit everything written inside, or none of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


def settings(database: sqlite3.Connection) -> dict[str, object]:
    """Return the settings as SQLite reports them."""
    return {name: _read(database, name) for name, _, _ in _PRAGMAS}


def _prepare(database: sqlite3.Connection) -> None:
    for name, value, expected in _PRAGMAS:
        database.execute(f"PRAGMA {name} = {value}").fetchall()
        found = _read(database, name)
        if found != expected:
            raise StoreError("queue.storage-failed", f"{name} is {found}, not {expected}")
    _migrate(database)
    findings = database.execute("PRAGMA quick_check(1)").fetchone()
    if findings != ("ok",):
        raise StoreError("queue.database-corrupt", "quick_check failed")


def _migrate(database: sqlite3.Connection) -> None:
    scripts = sorted(
        (script for script in (resources.files("offline_queue") / "schema").iterdir()),
        key=lambda script: script.name,
    )
    version = _read(database, "user_version")
    if not isinstance(version, int) or version > len(scripts):
        raise StoreError("queue.database-newer", f"version {version}, known up to {len(scripts)}")
    if version and _read(database, "application_id") != APPLICATION_ID:
        raise StoreError("queue.database-corrupt", "not a queue's database")
    for number, script in enumerate(scripts[version:], start=version + 1):
        database.executescript(
            f"BEGIN IMMEDIATE;\n{script.read_text(encoding='utf-8')}\n"
            f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def _read(database: sqlite3.Connection, name: str) -> object:
    row = database.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None
