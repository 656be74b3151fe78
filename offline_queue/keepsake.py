"""Small facts the queue keeps about itself, in the table ``kv``."""

import sqlite3
from typing import Final, TypeVar

import msgspec

_T = TypeVar("_T")
_OWNER: Final = "terminal"
_LIFE: Final = "life"
_REPAIRED: Final = "repaired"
_SPREAD: Final = "spread"
CHECKED: Final = "checked"


class Repaired(msgspec.Struct, frozen=True):
    """The last time the database was built anew.

    Args:
        count: How often in all.
        reason: Code of why.
        wall_ms: When, milliseconds since 1970 as the terminal believed.
        missing: Numbers given out, up to that time, of which nothing is left here.
    """

    count: int = 0
    reason: str = ""
    wall_ms: int = 0
    missing: int = 0


class Checked(msgspec.Struct, frozen=True):
    """The last thorough check.

    Args:
        result: ``"ok"``, or the code of the worst that was found; empty before the first.
        wall_ms: When it ended, milliseconds since 1970 as the terminal believed.
        damaged: Containers that were not as stored.
    """

    result: str = ""
    wall_ms: int = 0
    damaged: int = 0


class Spread(msgspec.Struct, frozen=True):
    """Until when what waited at the last start of the machine is held back.

    Args:
        boot: Of which boot ``until_ms`` is.
        until_ms: That moment.
    """

    boot: str = ""
    until_ms: int = 0


def read_owner(database: sqlite3.Connection) -> str | None:
    """Return the name of the terminal that owns the directory, None before its first start."""
    value = read_value(database, _OWNER)
    return None if value is None else value.decode("utf-8", "replace")


def write_owner(database: sqlite3.Connection, terminal: str) -> None:
    """Say whose directory it is."""
    write_value(database, _OWNER, terminal.encode())


def read_life(database: sqlite3.Connection) -> int:
    """Return how often the queue has been opened."""
    value = read_value(database, _LIFE)
    return int(value) if value and value.isdigit() else 0


def write_life(database: sqlite3.Connection, life: int) -> None:
    """Remember how often the queue has been opened."""
    write_value(database, _LIFE, b"%d" % life)


def read_spread(database: sqlite3.Connection) -> Spread:
    """Return until when what waited at the last start of the machine is held back."""
    return _read(database, _SPREAD, Spread)


def write_spread(database: sqlite3.Connection, spread: Spread) -> None:
    """Remember it."""
    write_value(database, _SPREAD, msgspec.json.encode(spread))


def read_repaired(database: sqlite3.Connection) -> Repaired:
    """Return what is known of the last repair."""
    return _read(database, _REPAIRED, Repaired)


def write_repaired(database: sqlite3.Connection, repaired: Repaired) -> None:
    """Remember a repair."""
    write_value(database, _REPAIRED, msgspec.json.encode(repaired))


def read_checked(database: sqlite3.Connection) -> Checked:
    """Return what is known of the last thorough check."""
    return _read(database, CHECKED, Checked)


def read_value(database: sqlite3.Connection, key: str) -> bytes | None:
    """Return what is kept under a name, None where nothing is."""
    row = database.execute("SELECT v FROM kv WHERE k = ?", (key,)).fetchone()
    return row[0] if row else None


def write_value(database: sqlite3.Connection, key: str, value: bytes) -> None:
    """Keep a value under a name, in place of the former one."""
    database.execute(
        "INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v", (key, value)
    )


def _read(database: sqlite3.Connection, key: str, kind: type[_T]) -> _T:
    value = read_value(database, key)
    try:
        return kind() if value is None else msgspec.json.decode(value, type=kind)
    except (ValueError, TypeError):
        return kind()
