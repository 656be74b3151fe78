"""Rows for a new database: out of the containers themselves, and out of what could be salvaged.

A container is believed before a row: its header and its name say who it is, and its bytes are what counts. In
doubt an application is sent again, beginning with the question what became of it; the platform knows its id
for ever, so that costs a question and never a second case.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offline_queue.clock import Stamp
from offline_queue.disk import tells_of_damage
from offline_queue.errors import NumberError, SealError
from offline_queue.folder import Entry, file_name
from offline_queue.header import MAX_HEADER_BYTES, PREFIX_BYTES, Header, read_header
from offline_queue.item import DAMAGED, MISSING, SETTLED, ItemState
from offline_queue.numbers import make_number
from offline_queue.salvage import Row

UNREADABLE: Final = "unknown"
"""Service and key of a container whose header cannot be read; a person has to look at it anyway."""

_DIGEST_BYTES: Final = 32
_ID_BYTES: Final = 16
_CHUNK_BYTES: Final = 1024 * 1024
_KEPT: Final[tuple[tuple[str, type], ...]] = (
    ("order_key", bytes),
    ("attempts", int),
    ("created_wall", int),
    ("clock_conf", str),
    ("receipt_printed", int),
    ("exported_at", int),
)
"""What only the old row knows of an application whose container lies there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A container as it lies there.

    Args:
        entry: Its name.
        header: What it says of itself, None when that cannot be read.
        digest: SHA-256 of its bytes.
        size_bytes: How many.
    """

    entry: Entry
    header: Header | None
    digest: bytes
    size_bytes: int

    @property
    def whole(self) -> bool:
        """Whether name, header and length agree. Only the platform can prove the bytes themselves."""
        header = self.header
        return (
            header is not None
            and header.submission_id == self.entry.submission_id
            and header.terminal == self.entry.terminal
            and header.container_bytes == self.size_bytes
        )


def look_at(folder: Path, entry: Entry) -> Found:
    """Read a container's header and its fingerprint, as far as a bad sector lets.

    Raises:
        OSError: What the disk says, unless it says it of this container alone.
    """
    start, seen, size_bytes = b"", hashlib.sha256(), 0
    try:
        with (folder / entry.file).open("rb") as file:
            start = file.read(PREFIX_BYTES + MAX_HEADER_BYTES)
            seen.update(start)
            size_bytes = len(start)
            while chunk := file.read(_CHUNK_BYTES):
                seen.update(chunk)
                size_bytes += len(chunk)
    except OSError as error:
        if not tells_of_damage(error):
            raise
    try:
        header = read_header(start)
    except SealError:
        header = None
    return Found(entry, header, seen.digest(), size_bytes)


def waiting_row(found: Found, old: Row | None, now: Stamp) -> Row:
    """Return the row of a container that lies there; ``old`` is what the damaged database said of it."""
    entry, header = found.entry, found.header
    known = old if old is not None and old.get("submission_id") == entry.submission_id else {}
    digest = known.get("digest")
    sound = found.whole and (not _is_digest(digest) or digest == found.digest)
    row: Row = {
        "seq": entry.seq,
        "submission_id": entry.submission_id,
        "receipt_no": make_number(entry.terminal, entry.seq),
        "service": UNREADABLE if header is None else header.service,
        "container_ver": 0 if header is None else header.ver,
        "kid": UNREADABLE if header is None else header.recipients[0].kid,
        "file": entry.file,
        "size": found.size_bytes,
        "digest": found.digest,
        "state": (ItemState.QUEUED if sound else ItemState.ATTENTION).value,
        "last_error": None if sound else DAMAGED,
        "created_boot": None if header is None else header.created.boot,
        "created_mono": None if header is None else header.created.mono_ms,
        "created_wall": now.wall_ms if header is None else header.created.wall_ms,
        "clock_conf": "unknown",
    }
    row |= {name: known[name] for name, kind in _KEPT if isinstance(known.get(name), kind)}
    if sound and known.get("state") == ItemState.ATTENTION and isinstance(known.get("last_error"), str):
        row |= {"state": ItemState.ATTENTION.value, "last_error": known["last_error"]}
    # It may have been sent: the platform is asked first.
    return row | {"attempts": max(1, row.get("attempts", 0))}


def lone_rows(items: dict[int, Row], terminal: str, present: frozenset[int]) -> Iterator[Row]:
    """Yield the rows that can be believed of applications whose container does not lie there.

    Args:
        items: What was salvaged.
        terminal: This terminal's name.
        present: Numbers whose container lies there.
    """
    for seq, row in sorted(items.items()):
        if seq not in present and _is_sane(row, terminal):
            answered = row["state"] in SETTLED
            state = ItemState.WIPED if answered else ItemState.ATTENTION
            error = row.get("last_error") if answered else MISSING
            yield row | {"state": state.value, "last_error": error, "depends_on": None}


def _is_sane(row: Row, terminal: str) -> bool:
    identity = row.get("submission_id")
    if not isinstance(identity, bytes) or len(identity) != _ID_BYTES or not _is_digest(row.get("digest")):
        return False
    try:
        name = file_name(terminal, row["seq"], identity)
    except (NumberError, TypeError):
        return False
    return (
        row.get("file") == name
        and row.get("receipt_no") == make_number(terminal, row["seq"])
        and row.get("state") in set(ItemState)
        and isinstance(row.get("service"), str)
    )


def _is_digest(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == _DIGEST_BYTES
