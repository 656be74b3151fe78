"""The terminal's journal: a hash chain of codes and ids, never personal data.

One JSON object a line: ``n``, ``at``, ``code``, ``ids``, ``prev``, ``hash``. ``hash`` is SHA-256 over the
rest of the line, so that a line that was changed, taken out or put in breaks the chain.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kiosk.clock import Clock

_CODE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_START = "0" * 64


def is_id(text: str) -> bool:
    """Tell whether something may stand in the journal as an id; a number from elsewhere may be otherwise."""
    return _ID.fullmatch(text) is not None


class JournalError(Exception):
    """``journal.broken``: the chain does not hold, or an entry is not made of codes and ids."""

    code = "journal.broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; ``at`` is aware."""

    n: int
    at: datetime
    code: str
    ids: dict[str, str]
    hash: str


class Journal:
    """Appends entries durably.

    Args:
        path: The file; made with mode 0600.
        clock: Where the wall time comes from.

    Raises:
        JournalError: ``path`` holds a broken chain; the file is left as it is.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _drop_torn_line(path)
        self._n = 0
        self._last: str = _START
        self.last: Entry | None = None
        """The last entry that was there when the journal was opened."""
        for entry in read(path):
            self._n, self._last, self.last = entry.n, entry.hash, entry
        self._clock = clock
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> Self:
        """Return the journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        os.close(self._fd)

    def write(self, code: str, **ids: str) -> None:
        """Append one entry.

        Raises:
            JournalError: The code or an id is not one; free text has no place here.
            OSError: The disk refuses; nothing was written.
        """
        if not _CODE.fullmatch(code) or not all(map(is_id, ids.values())):
            raise JournalError("an entry holds a dotted code and ids only")
        line: dict[str, Any] = {
            "n": self._n + 1,
            "at": self._clock.now().isoformat(timespec="seconds"),
            "code": code,
            "ids": ids,
            "prev": self._last,
        }
        line["hash"] = _hash(line)
        self._append(json.dumps(line).encode() + b"\n")
        self._n, self._last = self._n + 1, line["hash"]

    def _append(self, line: bytes) -> None:
        """Write a whole line or nothing: the next one behind half a line would break the chain for ever."""
        end = os.fstat(self._fd).st_size
        try:
            left = memoryview(line)
            while left:
                left = left[os.write(self._fd, left) :]
            os.fdatasync(self._fd)
        except OSError:
            os.ftruncate(self._fd, end)
            raise


def read(path: Path) -> Iterator[Entry]:
    """Return the entries of a journal, proving the chain.

    Raises:
        JournalError: The chain is broken.
    """
    if not path.exists():
        return
    last = _START
    with path.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                line: dict[str, Any] = json.loads(text)
                claimed = line.pop("hash")
                whole = line["n"] == number and line["prev"] == last and claimed == _hash(line)
                at = datetime.fromisoformat(line["at"])
            except (ValueError, KeyError, AttributeError, TypeError) as error:
                raise JournalError(f"line {number} is not an entry") from error
            if not whole:
                raise JournalError(f"line {number} breaks the chain")
            last = claimed
            yield Entry(number, at, line["code"], line["ids"], claimed)


def _drop_torn_line(path: Path) -> None:
    """Cut a last line without its end: a power cut in the middle of a write."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        data = file.read()
        if data and not data.endswith(b"\n"):
            file.truncate(data.rfind(b"\n") + 1)


def _hash(line: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()
