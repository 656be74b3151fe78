"""What happened to each application: codes and ids only, each entry hashed over the one before."""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cbor2

from offline_queue.clock import Stamp

GENESIS: Final = bytes(32)
_FIELDS: Final = ("boot", "mono", "wall", "submission_id", "ev", "detail")


def write(
    database: sqlite3.Connection, now: Stamp, event: str, submission_id: bytes | None = None, detail: str = ""
) -> None:
    """Add an entry inside the caller's transaction.

    Args:
        database: The queue's connection.
        now: When.
        event: A code such as ``"stored"``.
        submission_id: Which application, 16 bytes.
        detail: A code or a number; never free text, never personal data.
    """
    row = database.execute("SELECT hash FROM journal ORDER BY n DESC LIMIT 1").fetchone()
    previous: bytes = row[0] if row else GENESIS
    fields = (now.boot, now.mono_ms, now.wall_ms, submission_id, event, detail)
    database.execute(
        "INSERT INTO journal (prev, hash, boot, mono, wall, submission_id, ev, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (previous, _hash(previous, fields), *fields),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where the chain was followed: an entry's number, and its hash."""

    number: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class Broken:
    """The entry that does not follow from the one before."""

    number: int


def first_broken(database: sqlite3.Connection) -> int | None:
    """Return the number of the first entry that does not follow from the one before, or None."""
    reached = follow(database, Place(), limit=-1)
    return reached.number if isinstance(reached, Broken) else None


def follow(database: sqlite3.Connection, place: Place, limit: int) -> Place | Broken:
    """Follow the chain for at most ``limit`` entries, all of them below 0.

    Returns:
        How far it holds, ``place`` itself at its end; or where it breaks.
    """
    rows = database.execute(
        "SELECT n, prev, hash, boot, mono, wall, submission_id, ev, detail FROM journal WHERE n > ?"
        " ORDER BY n LIMIT ?",
        (place.number, limit),
    )
    for number, claimed, digest, *fields in rows:
        if claimed != place.hash or digest != _hash(place.hash, tuple(fields)):
            return Broken(number)
        place = Place(number, digest)
    return place


def last_wall_ms(database: sqlite3.Connection) -> int:
    """Return the wall time of the last entry, milliseconds since 1970; 0 without one."""
    row = database.execute("SELECT wall FROM journal ORDER BY n DESC LIMIT 1").fetchone()
    return row[0] if row else 0


def follows(row: Mapping[str, object], previous: bytes) -> bool:
    """Return whether an entry, given by its columns, follows from the hash before it."""
    fields = tuple(row.get(column) for column in _FIELDS)
    try:
        return row.get("prev") == previous and row.get("hash") == _hash(previous, fields)
    except (cbor2.CBOREncodeError, UnicodeEncodeError):
        # What damage made of a value need not be one that was ever written.
        return False


def _hash(previous: bytes, fields: tuple[object, ...]) -> bytes:
    return hashlib.sha256(previous + cbor2.dumps(list(fields), canonical=True)).digest()
