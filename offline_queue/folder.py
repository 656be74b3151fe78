"""The containers' folder as one listing: which applications lie there, by their names alone.

A name is ``<receipt number>.<submission id in hex>.zwq``, so a folder without a database still tells who is
who. Ten thousand names are read at once; no file is asked one by one.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offline_queue.errors import NumberError
from offline_queue.mark import Mark
from offline_queue.numbers import make_number, parse_number

TEMPORARY: Final = ".tmp"
_CONTAINER: Final = re.compile(r"([A-Z0-9]{2,12}-[0-9]{6,12}-[A-Z0-9]{2})\.([0-9a-f]{32})\.zwq")


@dataclass(frozen=True, slots=True)
class Entry:
    """A container by its name.

    Args:
        file: The name.
        terminal: Whose.
        seq: Number of the application.
        submission_id: 16 bytes.
    """

    file: str
    terminal: str
    seq: int
    submission_id: bytes


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in the folder.

    Args:
        entries: Containers, by file name.
        temporaries: Names of files that were never finished.
        strange: Names of everything else.
        mark: How far the database had come, None when nothing says so.
        old_marks: Names of marks that a cut left beside the newest one.
    """

    entries: dict[str, Entry]
    temporaries: tuple[str, ...]
    strange: tuple[str, ...]
    mark: Mark | None
    old_marks: tuple[str, ...]


def file_name(terminal: str, seq: int, submission_id: bytes) -> str:
    """Return the name of an application's container."""
    return f"{make_number(terminal, seq)}.{submission_id.hex()}.zwq"


def read_name(name: str) -> Entry | None:
    """Read a container's name; None when it is none, or its check characters are wrong."""
    match = _CONTAINER.fullmatch(name)
    if match is None:
        return None
    try:
        number = parse_number(match[1])
    except NumberError:
        return None
    return Entry(name, number.terminal, number.seq, bytes.fromhex(match[2]))


def list_folder(folder: Path) -> Listing:
    """Return what lies in the containers' folder.

    Raises:
        OSError: What the disk says.
    """
    entries: dict[str, Entry] = {}
    temporaries: list[str] = []
    strange: list[str] = []
    marks: list[Mark] = []
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names alone; ten thousand paths are slow
        mark = Mark.read(name)
        entry = read_name(name)
        if mark is not None:
            marks.append(mark)
        elif name.endswith(TEMPORARY):
            temporaries.append(name)
        elif entry is not None:
            entries[name] = entry
        else:
            strange.append(name)
    newest = max(marks, default=None)
    old = tuple(mark.name for mark in marks if mark != newest)
    return Listing(entries, tuple(temporaries), tuple(strange), newest, old)
