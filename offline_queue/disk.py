"""Files that survive a power cut, and room kept for the day the disk is full."""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from offline_queue.errors import StoreError

_T = TypeVar("_T")
MAX_CONTAINER_BYTES: Final = 25 * 1000 * 1000
_NEARLY: Final = 0.8
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_DAMAGE: Final = frozenset(
    {
        errno.EIO,
        errno.EBADMSG,
        errno.EUCLEAN,
        errno.ENODATA,
        errno.EILSEQ,
        errno.EREMOTEIO,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ELOOP,
    }
)
"""What Linux says of a bad sector, of a checksum that does not fit, and of what is no file at all."""


class Level(StrEnum):
    """How full it is."""

    GREEN = "green"
    AMBER = "amber"
    """Somebody should look; every visit may begin."""
    RED = "red"
    """No visit may begin whose result has to be stored."""


@dataclass(frozen=True, slots=True)
class RoomPolicy:
    """How much of the disk is not for the next application.

    Args:
        reserve_bytes: Size of the file given up when the disk is full, so that wiping can go on.
        headroom_bytes: Must stay free beside the application handed in.
        keep_share: Share of the file system, 0..1, that must stay free as well.
        amber_bytes: When less than this is left above all that, somebody should look.
        max_waiting: So many applications may wait before no visit is begun; None for any number.
        max_waiting_s: So old may the oldest be before no visit is begun; None for any age.

    The two limits drop nothing and refuse nothing that was begun: they only keep new visits from beginning.
    """

    reserve_bytes: int = 64 * 1024 * 1024
    headroom_bytes: int = 2 * MAX_CONTAINER_BYTES
    keep_share: float = 0.05
    amber_bytes: int = 512 * 1024 * 1024
    max_waiting: int | None = None
    max_waiting_s: float | None = None


@contextmanager
def storage_faults() -> Generator[None]:
    """Turn what the file system and SQLite raise into ``StoreError``.

    Raises:
        StoreError: ``queue.no-space`` when the disk is full, else ``queue.storage-failed``.
    """
    try:
        yield
    except OSError as error:
        code = "queue.no-space" if error.errno in _FULL else "queue.storage-failed"
        raise StoreError(code, errno.errorcode.get(error.errno or 0, "unknown")) from error
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise StoreError("queue.no-space" if full else "queue.storage-failed", name) from error


def tells_of_damage(error: OSError) -> bool:
    """Return whether a file that could not be read is damaged, or its disk is.

    Everything else is a want of the moment: of descriptors, of memory, of a right.
    """
    return error.errno in _DAMAGE


class Disk:
    """The few system calls durability rests on, in one place so that their order can be watched."""

    def write_temporary(self, path: Path, chunks: Iterable[bytes]) -> tuple[bytes, int]:
        """Write a private file and flush it to the device.

        Returns:
            SHA-256 of what was written, and its size in bytes.
        """
        # Not cut to nothing first: the room may have been held for it.
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            seen = hashlib.sha256()
            size = 0
            for chunk in chunks:
                seen.update(chunk)
                size += len(chunk)
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(fd, rest) :]
            os.ftruncate(fd, size)
            self.fsync(fd)
        finally:
            os.close(fd)
        return seen.digest(), size

    def publish(self, temporary: Path, final: Path) -> None:
        """Give a flushed file its name, and flush the name: a rename alone can be undone by a power cut."""
        self.rename(temporary, final)
        self.fsync_directory(final.parent)

    def remove(self, *paths: Path) -> None:
        """Remove files of one directory, if they are there, and flush their absence."""
        for path in paths:
            self.unlink(path)
        self.fsync_directory(paths[0].parent)

    def fsync_directory(self, directory: Path) -> None:
        """Flush a directory's entries to the device."""
        fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self.fsync(fd)
        finally:
            os.close(fd)

    def fsync(self, fd: int) -> None:
        """Flush an open file to the device."""
        os.fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        """Rename within one directory."""
        source.rename(target)

    def unlink(self, path: Path) -> None:
        """Remove a name, if it is there."""
        path.unlink(missing_ok=True)


class Room:
    """Decides whether one more application fits, and holds the reserve file.

    Args:
        directory: The queue's directory.
        policy: How much must stay free.
    """

    def __init__(self, directory: Path, policy: RoomPolicy) -> None:
        self._directory = directory
        self._reserve = directory / "reserve"
        self._policy = policy

    def free_bytes(self) -> int:
        """Return what an unprivileged writer may still use."""
        state = os.statvfs(self._directory)
        return state.f_bavail * state.f_frsize

    def admits(self, size_bytes: int) -> bool:
        """Return whether an application of this size can be taken without touching what is kept."""
        return self.spare_bytes() >= size_bytes

    def spare_bytes(self) -> float:
        """Return how much is free above what is kept; negative when that is touched."""
        state = os.statvfs(self._directory)
        kept = self._policy.headroom_bytes + self._policy.keep_share * state.f_blocks * state.f_frsize
        return state.f_bavail * state.f_frsize - kept

    def level(self, waiting: int, oldest_s: float | None) -> Level:
        """Return whether another visit may begin.

        Args:
            waiting: Applications that are not delivered.
            oldest_s: Age of the oldest of them in seconds, None without one.
        """
        policy = self._policy
        spare = self.spare_bytes() - MAX_CONTAINER_BYTES
        used = max(_share(waiting, policy.max_waiting), _share(oldest_s or 0.0, policy.max_waiting_s))
        if spare < 0 or used >= 1:
            return Level.RED
        return Level.AMBER if spare < policy.amber_bytes or used >= _NEARLY else Level.GREEN

    def hold(self, place: Path, size_bytes: int) -> None:
        """Take the room of an application that is only being filled in from the disk.

        Raises:
            OSError: ``ENOSPC`` when there is not so much.
        """
        fd = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(fd, 0, size_bytes)
        except OSError:
            place.unlink()
            raise
        finally:
            os.close(fd)

    def fill_reserve(self) -> None:
        """Make the reserve file where there is room for it; without room the terminal must still deliver."""
        present = self._reserve.stat().st_size if self._reserve.exists() else 0
        missing = self._policy.reserve_bytes - present
        if missing <= 0 or not self.admits(missing):
            return
        fd = os.open(self._reserve, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(fd, 0, self._policy.reserve_bytes)
        except OSError:
            # Somebody else was quicker; half a reserve would only look like one.
            self._reserve.unlink()
        finally:
            os.close(fd)

    def with_reserve(self, write: Callable[[], _T]) -> _T:
        """Run ``write``; on a full disk give up the reserve and run it again.

        Raises:
            StoreError: ``queue.no-space``, ``queue.storage-failed``, or what ``write`` raises of its own.
        """
        try:
            with storage_faults():
                return write()
        except StoreError as error:
            if error.code != "queue.no-space":
                raise
            self.release_reserve()
            with storage_faults():
                return write()

    def release_reserve(self) -> None:
        """Give the reserve up so that acknowledged applications can be wiped."""
        self._reserve.unlink(missing_ok=True)


def _share(value: float, limit: float | None) -> float:
    return 0.0 if limit is None else value / limit
