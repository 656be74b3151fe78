"""How far the database has come, told by a name beside the containers and not by the database itself.

An older copy of the database is as consistent as the newest one; only something outside of it can tell them
apart. The mark is the *name* of an empty file in the containers' folder: it is renamed together with the
container and becomes durable by the flush of the folder that the container needs anyway.

``mark-<life>-<number>-r``: in this life of the queue (each opening is one) the number was about to be given.
``mark-<life>-<number>-c``: it was given; the row is committed. This second name is not flushed for itself.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from offline_queue.disk import Disk

_NAME: Final = re.compile(r"mark-([0-9]{8,})-([0-9]{6,})-([rc])")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The highest that is known from outside of the database.

    Args:
        life: How often the queue had been opened.
        seq: Number of the last application.
        given: Whether its row was committed for certain.
    """

    life: int = 0
    seq: int = 0
    given: bool = True

    @property
    def name(self) -> str:
        """The file name that says so."""
        return f"mark-{self.life:08d}-{self.seq:06d}-{'c' if self.given else 'r'}"

    @classmethod
    def read(cls, name: str) -> Self | None:
        """Read a file name, or return None when it is no mark."""
        match = _NAME.fullmatch(name)
        return None if match is None else cls(int(match[1]), int(match[2]), match[3] == "c")


class Marker:
    """Keeps the mark.

    Args:
        folder: The containers' folder.
        mark: What was found there, None for none.
        disk: The system calls.
    """

    def __init__(self, folder: Path, mark: Mark | None, disk: Disk) -> None:
        self._folder = folder
        self._mark = mark
        self._disk = disk

    def begin(self, life: int, seq: int) -> None:
        """Say that a new life began with this number as the last one given; flushed.

        Raises:
            OSError: What the disk says.
        """
        if self._mark is None:
            new = Mark(life, seq)
            (self._folder / new.name).touch(mode=0o600)
            self._mark = new
        self._move(Mark(life, seq))
        self._disk.fsync_directory(self._folder)

    def reserve(self, seq: int) -> None:
        """Say that a number is about to be given; durable with the next flush of the folder.

        Raises:
            OSError: What the disk says.
        """
        if self._mark is not None:
            self._move(replace(self._mark, seq=seq, given=False))

    def confirm(self) -> None:
        """Say that the row is committed.

        Raises:
            OSError: What the disk says.
        """
        if self._mark is not None:
            self._move(replace(self._mark, given=True))

    def _move(self, new: Mark) -> None:
        if self._mark is not None and new != self._mark:
            self._disk.rename(self._folder / self._mark.name, self._folder / new.name)
        self._mark = new
