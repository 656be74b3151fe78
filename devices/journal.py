"""Which print jobs came out: ids and outcomes, no contents."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from devices.durable import replace_durably, sync_folder
from devices.errors import DeviceError, Remedy
from devices.model import PrintOutcome

_KEPT: Final = 2000
"""Jobs that are remembered; far more than a printer has between two changes of paper."""


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    outcome: PrintOutcome
    digest: str = ""


class JobJournal:
    """Remembers the outcome of every job, across restarts where it has a file.

    A job is entered as ``unknown`` before its first byte leaves, and again when its outcome is known: what
    a crash interrupts is therefore unknown, which is the truth.

    Args:
        device: Logical name, for errors.
        code: Of the error when the file cannot be read or written; service.
        path: File of JSON lines, or None to remember only while the process lives.
        kept: Latest jobs that are remembered; the file has twice as many lines at most.

    Raises:
        DeviceError: ``code``.
    """

    def __init__(self, device: str, code: str, path: Path | None, kept: int = _KEPT) -> None:
        self._device = device
        self._code = code
        self._path = path
        self._kept = kept
        self._lines = 0
        self._jobs: dict[str, _Line] = {}
        self._gap = b""
        if path is not None:
            self._load(path)

    def outcome(self, job_id: str) -> PrintOutcome | None:
        """Return what is known of a job, or None when it was never tried."""
        job = self._jobs.get(job_id)
        return None if job is None else job.outcome

    def enter(self, job_id: str, outcome: PrintOutcome, digest: str = "") -> None:
        """Remember an outcome; on disk before this returns.

        Args:
            job_id: Names the job.
            outcome: What is known of it.
            digest: Of what was sent, so that paper in somebody's hand can be compared with the journal.

        Raises:
            DeviceError: The journal's code. It is remembered while the process lives all the same.
        """
        line = _Line(job_id, outcome, digest)
        self._remember(line)
        if self._path is not None:
            self._append(self._path, line)
            if self._lines >= 2 * self._kept:
                # What is written stands; a file that cannot be made smaller now can be later.
                with suppress(DeviceError):
                    self._compact(self._path)
        else:
            self._drop_oldest()

    def forget(self, job_id: str) -> None:
        """Take back what could not be written down, before anything was printed."""
        del self._jobs[job_id]

    def _remember(self, line: _Line) -> None:
        """Make a job the latest one; its outcome is entered without the digest that stands already."""
        before = self._jobs.pop(line.id, None)
        digest = line.digest or ("" if before is None else before.digest)
        self._jobs[line.id] = _Line(line.id, line.outcome, digest)

    def _append(self, path: Path, line: _Line) -> None:
        try:
            fresh = not path.exists()
            with path.open("ab") as file:
                file.write(self._gap + msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            if fresh:
                sync_folder(path.parent)
        except OSError as error:
            self._gap = b"\n"  # a part of the line may have found room
            raise self._unwritable(error) from error
        self._gap = b""
        self._lines += 1

    def _load(self, path: Path) -> None:
        try:
            text = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise self._unwritable(error) from error
        lines = text.splitlines()
        if text and not text.endswith(b"\n"):
            self._gap = b"\n"
        for raw in lines:
            try:
                self._remember(msgspec.json.decode(raw, type=_Line))
            except ValueError:
                continue  # the power went while this line was being written; the job stays unknown
        self._lines = len(lines)
        if len(lines) > self._kept:
            self._compact(path)

    def _drop_oldest(self) -> None:
        while len(self._jobs) > self._kept:
            del self._jobs[next(iter(self._jobs))]

    def _compact(self, path: Path) -> None:
        self._drop_oldest()
        try:
            replace_durably(path, b"".join(msgspec.json.encode(job) + b"\n" for job in self._jobs.values()))
            self._gap, self._lines = b"", len(self._jobs)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> DeviceError:
        return DeviceError(self._device, self._code, Remedy.SERVICE, str(error))
