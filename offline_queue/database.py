"""The one SQLite connection: its settings, proven, and its schema, migrated forward only."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from offline_queue.disk import Disk
from offline_queue.errors import StoreError

APPLICATION_ID: Final = 0x5A575131
"""``ZWQ1``: marks the file as ours."""

_DAMAGE: Final = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
)
"""Our own statements are right: one that does not fit the tables was not met by our tables."""

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

    Before a schema is changed, a copy of the database is put beside it (``queue.db.before-0002``).

    Raises:
        StoreError: ``queue.database-corrupt``, ``queue.database-newer``, or ``queue.storage-failed`` when
            SQLite does not take one of the settings durability rests on.
        OSError: For what the disk does.
        sqlite3.Error: Likewise.
    """
    database = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        _prepare(database, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        database.close()
        if is_damage(error):
            raise StoreError("queue.database-corrupt", "unreadable") from error
        raise
    except (StoreError, OSError):
        database.close()
        raise
    return database


def is_damage(error: sqlite3.DatabaseError | UnicodeDecodeError) -> bool:
    """Return whether an error tells of damaged contents, and not of a disk that is full or failing."""
    code = getattr(error, "sqlite_errorcode", None)
    # Text that cannot be decoded has no code at all; extended codes carry the primary one in the low byte.
    return code is None or code & 0xFF in _DAMAGE


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


def last_number(database: sqlite3.Connection) -> int:
    """Return the highest number an application was given, 0 before the first."""
    row = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'item'").fetchone()
    return row[0] if row else 0


def settings(database: sqlite3.Connection) -> dict[str, object]:
    """Return the settings as SQLite reports them."""
    return {name: _read(database, name) for name, _, _ in _PRAGMAS}


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    for name, value, expected in _PRAGMAS:
        database.execute(f"PRAGMA {name} = {value}").fetchall()
        found = _read(database, name)
        if found != expected:
            raise StoreError("queue.storage-failed", f"{name} is {found}, not {expected}")
    scripts = _scripts()
    _migrate(database, path, scripts)
    # The quick check leaves indexes out, and what an index leads to is believed.
    for check in ("quick_check(1)", "integrity_check(item)", "integrity_check(kv)"):
        if database.execute(f"PRAGMA {check}").fetchone() != ("ok",):
            raise StoreError("queue.database-corrupt", check)
    if _schema(database) != _expected_schema(scripts):
        raise StoreError("queue.database-corrupt", "schema")


def _scripts() -> list[str]:
    files = (resources.files("offline_queue") / "schema").iterdir()
    return [file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)]


def _schema(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    return database.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    ).fetchall()


def _expected_schema(scripts: list[str]) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for script in scripts:
            fresh.executescript(script)
        return _schema(fresh)


def _migrate(database: sqlite3.Connection, path: Path, scripts: list[str]) -> None:
    version = _read(database, "user_version")
    if not isinstance(version, int) or version > len(scripts):
        # One flipped bit must not pass for a later release.
        claimed = database.execute("SELECT v FROM kv WHERE k = 'schema'").fetchone()
        code = "queue.database-newer" if claimed == (str(version).encode(),) else "queue.database-corrupt"
        raise StoreError(code, f"version {version}, known up to {len(scripts)}")
    if version and _read(database, "application_id") != APPLICATION_ID:
        raise StoreError("queue.database-corrupt", "not a queue's database")
    if 0 < version < len(scripts):
        _copy_before(database, path.with_name(f"{path.name}.before-{version + 1:04d}"))
    for number, script in enumerate(scripts[version:], start=version + 1):
        database.executescript(
            f"BEGIN IMMEDIATE;\n{script}\n"
            f"INSERT INTO kv (k, v) VALUES ('schema', CAST('{number}' AS BLOB))"
            " ON CONFLICT (k) DO UPDATE SET v = excluded.v;\n"
            f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def _copy_before(database: sqlite3.Connection, copy: Path) -> None:
    """Keep a whole and flushed copy; SQLite does not flush what it vacuums into."""
    half = copy.with_name(f"{copy.name}.half")
    half.unlink(missing_ok=True)
    database.execute("VACUUM INTO ?", (str(half),))
    with half.open("rb") as file:
        os.fsync(file.fileno())
    Disk().publish(half, copy)


def _read(database: sqlite3.Connection, name: str) -> object:
    row = database.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None
