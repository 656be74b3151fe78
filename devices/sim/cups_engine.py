"""What goes on inside an A4 printer: sheets, troubles and jobs, without the line."""

import io
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

import pikepdf

WASTE_PERCENT: Final = 25
LOW_PERCENT: Final = 10


class Trouble(StrEnum):
    """Why no sheet moves; the word of IPP."""

    PAPER_OUT = "media-empty-error"
    JAM = "media-jam-error"
    COVER_OPEN = "cover-open-error"
    TONER_EMPTY = "toner-empty-error"


class JobState(IntEnum):
    """RFC 8011, section 5.3.7."""

    PENDING = 3
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(slots=True)
class Job:
    """One job as the printer keeps it."""

    id: int
    copies: int = 1
    state: JobState = JobState.PENDING
    sheets: int = 0
    forgotten: bool = False
    document: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Printed:
    """One document that came out.

    Args:
        pdf: As the printer got it.
        pages: Of one copy.
        sheets: That came out; fewer than ``pages * copies`` when the job was broken off.
        whole: Whether it was printed to its end.
    """

    pdf: bytes = field(repr=False)
    pages: int
    sheets: int
    whole: bool


class Engine:
    """One printer's inside; for any thread. Prints on a thread of its own from ``start`` to ``close``."""

    def __init__(self) -> None:
        self.born_s = time.monotonic()
        self.page_s = 0.0
        self.toner_percent = 80
        self.paper_percent = 90
        self._changed = threading.Condition()
        self._troubles: set[Trouble] = set()
        self._due: dict[Trouble, int] = {}
        self._aborts = 0
        self._jobs: dict[int, Job] = {}
        self._printed: list[Printed] = []
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="simulated-page-printer", daemon=True)

    def start(self) -> None:
        """Switch on."""
        self._thread.start()

    def close(self) -> None:
        """Switch off."""
        with self.changing():
            self._closed = True
        self._thread.join()

    @contextmanager
    def changing(self) -> Generator[None]:
        """Change something that the printing thread may be waiting for."""
        with self._changed:
            yield
            self._changed.notify_all()

    # What happens to it ---------------------------------------------------------------------------

    def trouble(self, trouble: Trouble, *, on: bool, after_sheets: int | None = None) -> None:
        """Begin or end a trouble, or let it begin when so many more sheets have come out."""
        with self.changing():
            self._due.pop(trouble, None)
            if on and after_sheets is not None:
                self._due[trouble] = after_sheets
            elif on:
                self._troubles.add(trouble)
            else:
                self._troubles.discard(trouble)

    def abort_next(self) -> None:
        """Have the printer itself give up the next job."""
        with self.changing():
            self._aborts += 1

    def power_cycle(self) -> None:
        """Forget all jobs; what was being printed stays where it is."""
        with self.changing():
            for job in self._jobs.values():
                if job.state < JobState.CANCELED:
                    job.state = JobState.ABORTED
                job.forgotten = True
            self.born_s = time.monotonic()

    def wait(self, check: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until something is so; ``check`` may ask this printer anything."""
        with self._changed:
            return self._changed.wait_for(check, timeout_s)

    # What it tells --------------------------------------------------------------------------------

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Everything of which at least one sheet came out, oldest first."""
        with self._changed:
            return tuple(self._printed)

    @property
    def sheets(self) -> int:
        """Sheets that came out so far, also of the job under way."""
        with self._changed:
            return sum(job.sheets for job in self._jobs.values())

    @property
    def busy(self) -> bool:
        """Whether a job is not yet at its end."""
        with self._changed:
            return any(job.state < JobState.CANCELED for job in self._jobs.values())

    @property
    def reasons(self) -> tuple[str, ...]:
        """IPP's ``printer-state-reasons``."""
        with self._changed:
            low = [word for word, percent in self._levels() if 0 < percent <= LOW_PERCENT]
            return (*sorted(self._troubles), *low) or ("none",)

    @property
    def stopped(self) -> bool:
        """Whether no sheet can move."""
        return bool(self._troubles)

    # What it is asked -----------------------------------------------------------------------------

    def new_job(self, copies: int) -> Job:
        """Return a job that still has no document."""
        with self._changed:
            job = Job(len(self._jobs) + 1, copies)
            self._jobs[job.id] = job
            return job

    def feed(self, job_id: int, document: bytes) -> tuple[Job, ...]:
        """Give a job its document, and print it when its turn comes; as ``job``."""
        with self.changing():
            for job in self.job(job_id):
                job.document = document
            return self.job(job_id)

    def job(self, job_id: int) -> tuple[Job, ...]:
        """Return a job, or nothing when there is none, or none any more."""
        job = self._jobs.get(job_id)
        return () if job is None or job.forgotten else (job,)

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that are not at their end."""
        with self._changed:
            return tuple(job for job in self._jobs.values() if job.state < JobState.CANCELED)

    def cancel(self, job_id: int) -> bool:
        """Break off a job; False when it is at its end already."""
        with self.changing():
            job = self._jobs.get(job_id)
            if job is None or job.state >= JobState.CANCELED:
                return False
            job.state = JobState.CANCELED
            return True

    def _levels(self) -> tuple[tuple[str, int], ...]:
        return ("media-low-warning", self.paper_percent), ("toner-low-warning", self.toner_percent)

    # On its own thread ----------------------------------------------------------------------------

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                job = next((job for job in self.jobs() if job.document), None)
                if job is None:
                    self._changed.wait()
                else:
                    self._print(job)

    def _print(self, job: Job) -> None:
        job.state = JobState.PROCESSING
        pages = _pages(job.document)
        if pages is None or self._aborts:
            self._aborts = max(0, self._aborts - 1)
            job.state = JobState.ABORTED
        while job.state < JobState.CANCELED and job.sheets < (pages or 0) * job.copies:
            if not self._moved(job):
                break
            job.sheets += 1
            for trouble in [trouble for trouble, left in self._due.items() if left <= 1]:
                del self._due[trouble]
                self._troubles.add(trouble)
            self._due = {trouble: left - 1 for trouble, left in self._due.items()}
            self._changed.notify_all()
        if job.state is JobState.PROCESSING and not self._closed:
            job.state = JobState.COMPLETED
        if job.sheets:
            whole = job.state is JobState.COMPLETED
            self._printed.append(Printed(job.document, pages or 0, job.sheets, whole))
        job.document = b""
        self._changed.notify_all()

    def _moved(self, job: Job) -> bool:
        """Wait for the next sheet; False when none comes any more."""
        out_s = time.monotonic() + self.page_s
        while not self._closed and job.state < JobState.CANCELED:
            job.state = JobState.STOPPED if self._troubles else JobState.PROCESSING
            left_s = out_s - time.monotonic()
            if left_s <= 0 and not self._troubles:
                return True
            self._changed.wait(None if self._troubles else left_s)
        return False


def _pages(document: bytes) -> int | None:
    """Return how many pages a PDF has, or None when it is none."""
    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return None
