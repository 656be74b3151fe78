"""The journal's files: closed segments, segments that were set aside, and the open one.

Beside ``journal.jsonl``, which is written, lie ``journal-000001.jsonl`` … and, where one did not hold,
``journal-000007.damaged.jsonl`` in its place in the row.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.journal.entry import BROKEN, START, Entry, JournalError, from_line

_END_BYTES: Final = 2**16
"""Far more than the longest line."""
_NAME = re.compile(r"-([0-9]{6,})(\.damaged)?")


@dataclass(frozen=True, slots=True)
class Segment:
    """One file.

    Args:
        number: Its place in the row; the open one has the highest.
        path: Where it lies.
        damaged: Whether it was set aside.
    """

    number: int
    path: Path
    damaged: bool = False

    @property
    def name(self) -> str:
        """Name of its file."""
        return self.path.name


def closed_path(path: Path, number: int) -> Path:
    """Return what a segment is called once it is full."""
    return path.with_stem(f"{path.stem}-{number:06}")


def damaged_path(path: Path, number: int) -> Path:
    """Return what a segment is called once it did not hold."""
    return path.with_stem(f"{path.stem}-{number:06}.damaged")


def segments(path: Path) -> tuple[Segment, ...]:
    """Return the segments, oldest first; the open one, ``path``, as the last if anything is in it.

    Raises:
        OSError: The folder cannot be read.
    """
    if not path.parent.exists():
        return ()
    found: list[Segment] = []
    for file in path.parent.iterdir():  # ``glob`` keeps silent about a folder that it may not read
        told = _NAME.fullmatch(file.stem.removeprefix(path.stem))
        if told is not None and file.name == f"{path.stem}{told[0]}{path.suffix}":
            found.append(Segment(int(told[1]), file, told[2] is not None))
    found.sort(key=lambda segment: segment.number)
    if path.exists() and path.stat().st_size:
        found.append(Segment(found[-1].number + 1 if found else 1, path))
    return tuple(found)


def entries(path: Path) -> Iterator[Entry]:
    """Return the entries of one segment, proving the chain between them.

    A last line without its end is none yet.

    Raises:
        JournalError: The chain is broken.
        OSError: The file cannot be read.
    """
    before: Entry | None = None
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                return
            entry = from_line(line)
            if entry is None:
                raise JournalError(f"line {number} is not an entry as it was written")
            if before is not None and (entry.n, entry.prev) != (before.n + 1, before.hash):
                raise JournalError(f"line {number} breaks the chain")
            yield entry
            before = entry


def read(path: Path) -> Iterator[Entry]:
    """Return the entries of a whole journal, oldest first, proving the chain.

    Raises:
        JournalError: The chain is broken.
        OSError: A file cannot be read.
    """
    before: Segment | None = None
    for segment in segments(path):
        for place, entry in enumerate(entries(segment.path)):
            if place == 0 and before is not None and not joins(entry, before):
                raise JournalError(f"{segment.name} does not join on to {before.name}")
            yield entry
        before = segment


def joins(first: Entry, before: Segment | None) -> bool:
    """Tell whether a segment that begins with ``first`` carries on the chain of the one before.

    One that was set aside, and fetched away since, is named by the first entry behind it.

    Raises:
        OSError: The segment before cannot be read.
    """
    if first.code == BROKEN:
        aside = _NAME.search(first.ids.get("segment", ""))
        return before is None or (aside is not None and int(aside[1]) == before.number + (not before.damaged))
    if before is None:
        return (first.n, first.prev) == (1, START)
    end = None if before.damaged else last_whole(before.path)
    return end is not None and (first.n, first.prev) == (end.n + 1, end.hash)


def last_whole(path: Path) -> Entry | None:
    """Return the last entry of a segment that is whole in itself, whatever stands before it.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _END_BYTES))
        lines = file.read().splitlines(keepends=True)
    whole = (from_line(line) for line in reversed(lines) if line.endswith(b"\n"))
    return next((entry for entry in whole if entry is not None), None)


def drop_torn_line(path: Path) -> None:
    """Cut a last line without its end: a power cut in the middle of a write.

    Raises:
        OSError: The disk refuses.
    """
    if not path.exists():
        return
    with path.open("rb+") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)


def digest(path: Path) -> str:
    """Return the SHA-256 of a segment's file, by which one that was set aside is known.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
