"""One line of the journal and what may stand in it.

One JSON object a line: ``n``, ``at``, ``code``, ``ids``, ``prev``, ``hash``. ``hash`` is SHA-256 over the
rest of the line, so that a line that was changed, taken out or put in breaks the chain.
"""

import hashlib
import json
import re
from datetime import datetime
from typing import Annotated, Final

import msgspec

START: Final = "0" * 64
"""What the first entry of all joins on to."""
BROKEN: Final = "journal.broken"
"""A segment did not hold and was set aside: its name and its SHA-256."""
DROPPED: Final = "journal.dropped"
"""The oldest segment was removed for its age: its name and the hash it ended with."""

_CODE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_canonical = json.JSONEncoder(sort_keys=True).encode


class JournalError(Exception):
    """``journal.broken``: the chain does not hold, or an entry is not made of codes and ids."""

    code = BROKEN


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the journal.

    Args:
        n: Counts from 1 through all segments.
        at: Wall time, aware.
        code: What happened.
        ids: What it happened to.
        prev: ``hash`` of the entry before.
        hash: SHA-256 of the rest.
    """

    n: int
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    code: str
    ids: dict[str, str]
    prev: str
    hash: str

    @property
    def own(self) -> bool:
        """Whether it is about the journal itself."""
        return self.code in (BROKEN, DROPPED)


_decoder = msgspec.json.Decoder(Entry)


def is_id(text: str) -> bool:
    """Tell whether something may stand in the journal as an id; a number from elsewhere may be otherwise."""
    return _ID.fullmatch(text) is not None


def make_entry(n: int, at: datetime, code: str, ids: dict[str, str], prev: str) -> Entry:
    """Return a new entry.

    Raises:
        JournalError: The code or an id is not one; free text has no place here.
    """
    if not _CODE.fullmatch(code) or not all(map(is_id, ids.values())):
        raise JournalError("an entry holds a dotted code and ids only")
    bare = Entry(n, at, code, ids, prev, "")
    return msgspec.structs.replace(bare, hash=_hash(bare))


def to_line(entry: Entry) -> bytes:
    """Return an entry as a line with its end."""
    return json.dumps({**_told(entry), "hash": entry.hash}).encode() + b"\n"


def from_line(line: bytes) -> Entry | None:
    """Return the entry on a line, or None when it is not whole in itself."""
    try:
        entry = _decoder.decode(line)
    except ValueError:
        return None
    return entry if entry.hash == _hash(entry) else None


def _hash(entry: Entry) -> str:
    return hashlib.sha256(_canonical(_told(entry)).encode()).hexdigest()


def _told(entry: Entry) -> dict[str, object]:
    """Return what the hash covers, in the order of the line."""
    at = entry.at.isoformat(timespec="seconds")
    return {"n": entry.n, "at": at, "code": entry.code, "ids": entry.ids, "prev": entry.prev}
