"""Containers on their way in: resumable, written at an offset, durable before the offset is told.

A container lies in one file from its first byte on, named by its submission; when it is whole, nothing has to
be moved.
"""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import select, update

from district.acceptance.incoming import Incoming
from district.acceptance.tables import RECEIVING, Submission
from district.database import Database
from district.files import PRIVATE_MODE, sync_folder
from district.limits import Limits
from district.problems import ProblemError
from district.times import Now

CHUNK_BYTES_MAX = 4 * 1024 * 1024
CONTAINER_BYTES_MAX = 32 * 1024 * 1024
RESTARTS_MAX = 3
_SWEEP_EVERY: Final = timedelta(hours=1)
_SWEEP_MAX: Final = 100
_INCOMING: Final = "incoming"
_log = structlog.get_logger("district.acceptance")


class Uploads:
    """The folder of containers.

    Args:
        folder: Holds one file per submission, in 256 sub-folders, and what is on its way in.
        database: Holds how far each upload is.
        limits: How long to wait, and when to forget.
        now: The present.
    """

    def __init__(self, folder: Path, database: Database, limits: Limits, now: Now) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
        self._folder = folder
        self._incoming = folder / _INCOMING
        self._incoming.mkdir(mode=0o700, exist_ok=True)
        # Whoever sent these was hung up on.
        for half in self._incoming.iterdir():
            half.unlink()
        self._database = database
        self._limits = limits
        self._now = now
        self._busy: set[str] = set()
        self._changed = threading.Condition()
        self._swept_at: datetime | None = None

    @contextmanager
    def alone(self, submission_id: str) -> Generator[None]:
        """Let one thread at a time work on a submission; the others wait for a while.

        Raises:
            ProblemError: ``upload.in-flight``: another request is still at work on it.
        """
        with self._changed:
            free = self._changed.wait_for(lambda: submission_id not in self._busy, self._limits.in_flight_s)
            if not free:
                raise ProblemError(
                    HTTPStatus.CONFLICT,
                    "upload.in-flight",
                    "Another request is at work on this submission.",
                    {"Retry-After": "1"},
                )
            self._busy.add(submission_id)
        try:
            yield
        finally:
            with self._changed:
                self._busy.discard(submission_id)
                self._changed.notify_all()

    def is_busy(self, submission_id: str) -> bool:
        """Tell whether a request is working on the submission at this moment."""
        with self._changed:
            return submission_id in self._busy

    def write(self, submission: Submission, offset: int, chunk: bytes) -> int:
        """Write ``chunk`` at ``offset`` and return the new offset, durable on disk and in the database.

        Raises:
            ProblemError: ``upload.offset-mismatch`` with the right offset, or ``upload.too-long``.
            OSError: The disk refuses; the offset is as before.
        """
        durable = self._durable_offset(submission)
        if offset != durable:
            raise offset_problem(durable)
        end = offset + len(chunk)
        if end > submission.size:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "upload.too-long", "More bytes than were announced.")
        if chunk:
            _write_at(self._path(submission.id), offset, chunk)
            self._move(submission.id, durable, end)
        return end

    def replace(self, submission: Submission, container: bytes) -> None:
        """Write a whole container in place of what was received so far, durably.

        Raises:
            OSError: The disk refuses.
        """
        _write_at(self._path(submission.id), 0, container)
        self._move(submission.id, submission.upload_offset, len(container))

    def incoming(self) -> Incoming:
        """Return the place for the bytes of a container that comes as a whole."""
        return Incoming(self._incoming)

    def keep(self, submission: Submission, whole: Incoming) -> None:
        """Put a whole container in place of what was received so far, durably.

        The offset stays: what lies beyond it is promised to nobody until the submission is decided.

        Raises:
            ProblemError: ``upload.chunk-damaged``: it is not what was announced; send it again.
            OSError: The disk refuses.
        """
        if (whole.size, whole.digest()) != (submission.size, submission.digest):
            raise ProblemError(
                HTTPStatus.BAD_REQUEST,
                "upload.chunk-damaged",
                "The container is not what its announcement says; send it again.",
            )
        whole.keep(self._path(submission.id))

    def read(self, submission: Submission) -> bytes:
        """Return the bytes received so far; nothing when the file is lost."""
        path = self._path(submission.id)
        return path.read_bytes() if path.exists() else b""

    def restart(self, submission: Submission) -> None:
        """Forget what was received, for it is not what was announced, and wait for the bytes again."""
        with self._database.writing() as session:
            session.execute(
                update(Submission)
                .where(Submission.id == submission.id)
                .values(state=RECEIVING, upload_offset=0, restarts=Submission.restarts + 1)
            )

    def sweep(self) -> None:
        """Forget the bytes of uploads that stood still too long, at most once an hour."""
        now = self._now()
        with self._changed:
            if self._swept_at is not None and now - self._swept_at < _SWEEP_EVERY:
                return
            self._swept_at = now
        with self._database.reading() as session:
            stale = session.scalars(
                select(Submission.id)
                .where(
                    Submission.state == RECEIVING,
                    Submission.moved_at < now - self._limits.upload_lifetime,
                    Submission.upload_offset > 0,
                )
                .limit(_SWEEP_MAX)
            ).all()
        for submission_id in stale:
            # Somebody who is at work on it right now is adding bytes: it does not stand still.
            with suppress(ProblemError), self.alone(submission_id):
                self._forget(submission_id, now - self._limits.upload_lifetime)

    def _forget(self, submission_id: str, before: datetime) -> None:
        with self._database.writing() as session:
            forgotten = session.scalar(
                update(Submission)
                .where(
                    Submission.id == submission_id,
                    Submission.state == RECEIVING,
                    Submission.moved_at < before,
                )
                .values(upload_offset=0)
                .returning(Submission.id)
            )
        # Only after the offset is durable: bytes beyond it are worth nothing, bytes below it are promised.
        if forgotten is not None:
            self._path(submission_id).unlink(missing_ok=True)
            _log.info("upload.forgotten", submission=submission_id)

    def _durable_offset(self, submission: Submission) -> int:
        path = self._path(submission.id)
        there = path.stat().st_size if path.exists() else 0
        if there >= submission.upload_offset:
            return submission.upload_offset
        # The database outlived its files, as after a restore of one without the other.
        self._move(submission.id, submission.upload_offset, 0)
        return 0

    def _move(self, submission_id: str, old: int, new: int) -> None:
        with self._database.writing() as session:
            moved = session.scalar(
                update(Submission)
                .where(Submission.id == submission_id, Submission.upload_offset == old)
                .values(upload_offset=new, moved_at=self._now())
                .returning(Submission.id)
            )
            if moved is None:
                found = session.get_one(Submission, submission_id).upload_offset
                raise offset_problem(found)

    def _path(self, submission_id: str) -> Path:
        return self._folder / submission_id[:2] / f"{submission_id}.zwq"


def offset_problem(offset: int) -> ProblemError:
    """Return the refusal that tells the client where to go on."""
    return ProblemError(
        HTTPStatus.CONFLICT,
        "upload.offset-mismatch",
        "The upload goes on at another offset.",
        {"Upload-Offset": str(offset)},
    )


def _write_at(path: Path, offset: int, chunk: bytes) -> None:
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_MODE)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        file.seek(offset)
        left = memoryview(chunk)
        while left:
            left = left[file.write(left) :]
        file.truncate()
        os.fsync(descriptor)
    if offset == 0:
        sync_folder(path.parent)
