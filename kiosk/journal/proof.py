"""Proves the whole journal, every segment of it; reads only, also while the terminal writes."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.journal.entry import BROKEN, DROPPED, Entry, JournalError
from kiosk.journal.segments import Segment, digest, entries, joins, segments


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found.

    Args:
        segments: How many there are.
        entries: How many entries hold.
        since: Wall time of the oldest of them, if there is one.
        faults: What is broken, in words for operators, oldest first.
    """

    segments: int
    entries: int
    since: datetime | None
    faults: tuple[str, ...]


def prove(path: Path) -> Proof:
    """Prove all that is kept: each line, each join, and that nothing went but what was dropped for its age.

    Raises:
        OSError: The folder cannot be read.
    """
    while True:
        found = segments(path)
        walk = _Walk()
        for before, segment in zip((None, *found), found, strict=False):
            walk.over(segment, before)
        faults = walk.outcome()
        if not faults or segments(path) == found:  # else the terminal closed a segment meanwhile
            return Proof(len(found), walk.count, walk.since, faults)


@dataclass(slots=True)
class _Walk:
    """One way through the segments, oldest first."""

    count: int = 0
    since: datetime | None = None
    oldest: tuple[Segment, Entry] | None = None
    faults: list[str] = field(default_factory=list[str])
    dropped: set[str] = field(default_factory=set[str])
    aside: dict[str, Segment] = field(default_factory=dict[str, Segment])
    digests: dict[str, str] = field(default_factory=dict[str, str])

    def over(self, segment: Segment, before: Segment | None) -> None:
        """Prove one segment, and that it carries on the chain of the one before."""
        if segment.damaged:
            self.aside[segment.name] = segment
            self.faults.append(f"{segment.name}: was set aside")
        try:
            for place, entry in enumerate(entries(segment.path)):
                if place == 0:
                    self._join(segment, entry, before)
                self._count(entry)
        except JournalError as error:
            self.faults.append(f"{segment.name}: {error}")
        except OSError as error:
            self.faults.append(f"{segment.name}: cannot be read ({error.strerror})")

    def outcome(self) -> tuple[str, ...]:
        """Return what is broken, with what only the whole of it tells."""
        if self.oldest is not None:
            segment, first = self.oldest
            if first.prev not in self.dropped and not joins(first, None):
                self.faults.append(f"{segment.name}: what stood before it is gone")
        for name, told in self.digests.items():
            segment = self.aside.get(name)
            with suppress(OSError):  # told above
                if segment is not None and told and digest(segment.path) != told:
                    self.faults.append(f"{name}: was changed after it had been set aside")
        return tuple(self.faults)

    def _join(self, segment: Segment, first: Entry, before: Segment | None) -> None:
        if before is None:
            self.oldest = (segment, first)
            return
        with suppress(OSError):  # told of the segment before
            if not joins(first, before):
                self.faults.append(f"{segment.name}: does not join on to {before.name}")

    def _count(self, entry: Entry) -> None:
        self.count += 1
        self.since = self.since or entry.at
        if entry.code == DROPPED:
            self.dropped.add(entry.ids.get("hash", ""))
        elif entry.code == BROKEN:
            self.digests[entry.ids.get("segment", "")] = entry.ids.get("digest", "")
