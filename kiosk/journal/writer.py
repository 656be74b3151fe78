"""Writes the journal: opens it whatever lies there, closes segments that are full, drops the oldest."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from devices.durable import sync_folder
from kiosk.clock import Clock
from kiosk.journal.entry import BROKEN, DROPPED, START, Entry, JournalError, make_entry, to_line
from kiosk.journal.segments import (
    Segment,
    closed_path,
    damaged_path,
    digest,
    drop_torn_line,
    entries,
    joins,
    last_whole,
    segments,
)

_MB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long the journal becomes.

    Article 21 of the Cybersecurity Law wants six months; numbers by which the district can find a person are
    kept no longer than they are of use, which is a year and what it takes to look back at it. A visit is
    4.2 kB. At a terminal that is used day and night without a pause, a visit every three minutes, ``kept`` is
    eight months and a half.

    Args:
        segment: Bytes of one segment; it is proven at every start, which takes 50 ms for a megabyte.
        kept: Bytes of closed segments that stay in any case; what is older goes.
        kept_for: Since the last entry of a segment. A clock years ahead drops one for each new one.
    """

    segment: int = _MB
    kept: int = 512 * _MB
    kept_for: timedelta = timedelta(days=400)


BOUNDS: Final = Bounds()


class Journal:
    """Appends entries durably.

    Neither a broken chain nor a disk that refuses keeps it from being opened. The newest segment is proven;
    one that does not hold is set aside under another name, and a new one begins with an entry on that. Where
    the disk refuses, each ``write`` tries again.

    Args:
        path: The open segment; made with mode 0600. Closed ones lie beside it.
        clock: Where the wall time comes from.
        on_broken: Hears the name of a segment that was set aside; on the thread that opens or writes.
        bounds: How long it becomes.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        on_broken: Callable[[str], None] = lambda _: None,
        bounds: Bounds = BOUNDS,
    ) -> None:
        self._path = path
        self._clock = clock
        self._on_broken = on_broken
        self._bounds = bounds
        self._fd: int | None = None
        self._end: Entry | None = None
        self.last: Entry | None = None
        """The last entry that was there when the journal was opened, but for those on the journal itself."""
        with suppress(OSError):  # whoever writes is told
            self._open()

    def __enter__(self) -> Self:
        """Return the journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._close()

    def write(self, code: str, **ids: str) -> None:
        """Append one entry.

        Raises:
            JournalError: The code or an id is not one; free text has no place here.
            OSError: The disk refuses; nothing was written.
        """
        fd = self._open() if self._fd is None else self._fd
        if os.fstat(fd).st_size >= self._bounds.segment:
            fd = self._roll(fd)
        self._put(fd, code, ids)

    def _open(self) -> int:
        """Prove the newest segment, carry on the chain, and return the open file."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(OSError):  # then it cannot be proven either
            drop_torn_line(self._path)
        found = segments(self._path)
        try:
            self._end, self.last = _proven_end(found, 2 * self._bounds.segment)
        except (JournalError, OSError):
            return self._begin_anew(found)
        return self._open_file()

    def _begin_anew(self, found: tuple[Segment, ...]) -> int:
        """Set the newest segment aside and begin another one that names it."""
        newest = found[-1]
        self._end = _salvaged_end(found)
        self.last = None if self._end is None or self._end.own else self._end
        ids: dict[str, str] = {}
        with suppress(OSError):
            ids["digest"] = digest(newest.path)
        aside = newest.path if newest.damaged else damaged_path(self._path, newest.number)
        newest.path.rename(aside)
        sync_folder(aside.parent)
        fd = self._open_file()
        try:
            self._put(fd, BROKEN, {"segment": aside.name, **ids})
        except OSError:
            self._close()  # what is behind a broken segment begins with that entry, or not at all
            raise
        self._on_broken(aside.name)
        return fd

    def _roll(self, full: int) -> int:
        """Close the segment that is full and begin another; returns the file to write to."""
        try:
            for segment in segments(self._path)[-1:]:
                if segment.path == self._path:  # else somebody deleted it: the next start will tell
                    self._path.rename(closed_path(self._path, segment.number))
        except OSError:
            return full  # where nothing can be renamed the segment becomes longer
        self._close()
        sync_folder(self._path.parent)
        fd = self._open_file()
        with suppress(OSError):  # what is not dropped today is dropped with the next segment
            self._drop_oldest(fd)
        return fd

    def _drop_oldest(self, fd: int) -> None:
        """Remove the oldest above the bounds, each behind an entry on it; never what was set aside."""
        closed = [segment for segment in segments(self._path) if not segment.damaged]
        sizes = [segment.path.stat().st_size for segment in closed]
        over = sum(sizes) - self._bounds.kept
        for segment, size in zip(closed[:-1], sizes, strict=False):
            end = last_whole(segment.path)
            old = end is not None and self._clock.now() - end.at > self._bounds.kept_for
            if over < size and not old:
                return
            self._put(fd, DROPPED, {"segment": segment.name, **({} if end is None else {"hash": end.hash})})
            segment.path.unlink()
            sync_folder(self._path.parent)
            if over < size:
                return  # the clock may be wrong: for their age they go one by one
            over -= size

    def _open_file(self) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._fd = os.open(self._path, flags, 0o600)
        sync_folder(self._path.parent)
        return self._fd

    def _close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _put(self, fd: int, code: str, ids: dict[str, str]) -> None:
        n, prev = (0, START) if self._end is None else (self._end.n, self._end.hash)
        entry = make_entry(n + 1, self._clock.now(), code, ids, prev)
        _append(fd, to_line(entry))
        self._end = entry


def _append(fd: int, line: bytes) -> None:
    """Write a whole line or nothing: the next one behind half a line would break the chain for ever."""
    end = os.fstat(fd).st_size
    try:
        left = memoryview(line)
        while left:
            left = left[os.write(fd, left) :]
        os.fdatasync(fd)
    except OSError:
        os.ftruncate(fd, end)
        raise


def _proven_end(found: tuple[Segment, ...], most: int) -> tuple[Entry | None, Entry | None]:
    """Return the last entry, and the last one that is not on the journal itself.

    Above ``most`` bytes it is a journal from before there were segments; ``prove`` alone reads all of that.
    """
    if not found:
        return None, None
    newest, before = found[-1], found[-2] if len(found) > 1 else None
    if newest.damaged:
        raise JournalError("nothing stands behind a segment that was set aside")
    if newest.path.stat().st_size > most:
        end = last = last_whole(newest.path)
    else:
        first = end = last = None
        for end in entries(newest.path):
            first = first or end
            last = last if end.own else end
        if first is not None and not joins(first, before):
            raise JournalError("it does not join on to the segment before")
        if last is None and before is not None and not before.damaged:
            last = last_whole(before.path)
    if end is None:
        raise JournalError("it holds no entry")
    return end, None if last is None or last.own else last


def _salvaged_end(found: tuple[Segment, ...]) -> Entry | None:
    """Return the newest entry that is whole in itself, where the newest segment does not hold."""
    for segment in reversed(found[-2:]):
        with suppress(OSError):
            end = last_whole(segment.path)
            if end is not None:
                return end
    return None
