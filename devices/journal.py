"""Which print jobs came out: ids and outcomes, no contents."""

import os
from pathlib import Path
from typing import Final

import msgspec

from devices.errors import DeviceError, Remedy
from devices.model import PrintOutcome

_KEPT: Final = 2000
"""Lines that survive a restart; far more than a printer has jobs between two changes of paper."""


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

    Raises:
        DeviceError: ``code``.
    """

    def __init__(self, device: str, code: str, path: Path | None) -> None:
        self._device = device
        self._code = code
        self._path = path
        self._outcomes: dict[str, PrintOutcome] = {}
        self._gap = b""
        if path is not None:
            self._load(path)

    def outcome(self, job_id: str) -> PrintOutcome | None:
        """Return what is known of a job, or None when it was never tried."""
        return self._outcomes.get(job_id)

    def enter(self, job_id: str, outcome: PrintOutcome, digest: str = "") -> None:
        """Remember an outcome; on disk before this returns.

        Args:
            job_id: Names the job.
            outcome: What is known of it.
            digest: Of what was sent, so that paper in somebody's hand can be compared with the journal.

        Raises:
            DeviceError: The journal's code. It is remembered while the process lives all the same.
        """
        self._outcomes[job_id] = outcome
        if self._path is not None:
            self._append(self._path, _Line(job_id, outcome, digest))

    def forget(self, job_id: str) -> None:
        """Take back what could not be written down, before anything was printed."""
        del self._outcomes[job_id]

    def _append(self, path: Path, line: _Line) -> None:
        try:
            fresh = not path.exists()
            with path.open("ab") as file:
                file.write(self._gap + msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            if fresh:
                _sync_folder(path.parent)
        except OSError as error:
            self._gap = b"\n"  # a part of the line may have found room
            raise self._unwritable(error) from error
        self._gap = b""

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
                line = msgspec.json.decode(raw, type=_Line)
            except msgspec.DecodeError:
                continue  # the power went while this line was being written; the job stays unknown
            self._outcomes.pop(line.id, None)
            self._outcomes[line.id] = line.outcome
        if len(lines) > _KEPT:
            self._compact(path)

    def _compact(self, path: Path) -> None:
        for job_id in list(self._outcomes)[:-_KEPT]:
            del self._outcomes[job_id]
        fresh = path.with_suffix(".new")
        encoded = (msgspec.json.encode(_Line(*item)) + b"\n" for item in self._outcomes.items())
        try:
            with fresh.open("wb") as file:
                file.writelines(encoded)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
            _sync_folder(path.parent)
            self._gap = b""
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> DeviceError:
        return DeviceError(self._device, self._code, Remedy.SERVICE, str(error))


def _sync_folder(folder: Path) -> None:
    """Have the name of a new file survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
