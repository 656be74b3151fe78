"""What became of a job, as far as the scheduler's attributes tell; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from devices.model import PrintOutcome
from devices.page_printer.faults import BAD_DOCUMENT, CANCELLED, JOB_FAILED, NO_CONFIRMATION
from devices.page_printer.status import Attributes, numbers, words

TITLE: Final = "document"
"""Title of every job: it stands in the scheduler's log and in the printer's menu, where no name may stand."""
ID_ATTRIBUTE: Final = "job-billing"
"""Carries our name of a job through the scheduler, so that a later life of this process knows it again."""
JOB_ATTRIBUTES: Final = (
    ID_ATTRIBUTE,
    "job-impressions-completed",
    "job-media-sheets-completed",
    "job-name",
    "job-preserved",
    "job-printer-uri",
    "job-state",
    "job-state-reasons",
    "job-printer-state-message",
    "number-of-documents",
    "time-at-processing",
)

_COUNTS: Final = ("job-impressions-completed", "job-media-sheets-completed")


def label(job_id: str, expected: int) -> str:
    """Return what ``ID_ATTRIBUTE`` says of a job: our own id, and what the printer has to count."""
    return f"{expected}/{job_id}"


class JobState(IntEnum):
    """RFC 8011, section 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class JobStatus:
    """One job as the scheduler tells it.

    Args:
        state: Or None when it tells none that is known.
        began: When it last began to be printed (seconds of the scheduler's clock), or None: never.
        reasons: IPP's ``job-state-reasons``.
        count: Sheets or sides that the printer says it has printed; 0 also when it does not say.
        kept: Whether its document is still kept.
        id: Our own id, or ``""``.
        expected: What the printer must have counted when all is printed, or 0 when that is not known.
        title: Its title.
        queue: Name of its queue.
    """

    state: JobState | None
    began: int | None
    reasons: tuple[str, ...]
    count: int
    kept: bool
    id: str
    expected: int
    title: str
    queue: str

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state is not None and self.state >= JobState.CANCELED


def job_status(attributes: Attributes) -> JobStatus:
    """Read the state of a job; what is missing or of another shape is left open."""
    state = next(iter(numbers(attributes.get("job-state"))), 0)
    began = next(iter(numbers(attributes.get("time-at-processing"))), 0)
    counts = (numbers(attributes.get(name)) for name in _COUNTS)
    documents = next(iter(numbers(attributes.get("number-of-documents"))), 0)
    expected, _, our_id = _word(attributes, ID_ATTRIBUTE).partition("/")
    return JobStatus(
        state=JobState(state) if state in list(JobState) else None,
        began=began if began > 0 else None,
        reasons=words(attributes.get("job-state-reasons")),
        count=max((number for found in counts for number in found), default=0),
        kept=attributes.get("job-preserved") is True or documents > 0,
        id=our_id,
        expected=int(expected) if expected.isdecimal() else 0,
        title=_word(attributes, "job-name"),
        queue=_word(attributes, "job-printer-uri").rpartition("/")[2],
    )


def verdict(job: JobStatus) -> tuple[PrintOutcome, str | None]:
    """Return what is known of a job that has ended, and why it is not ``printed``.

    A job that the scheduler gave up did not come out whole. One that was cancelled while it was being printed
    may have been on its last sheet. And ``completed`` alone proves little: CUPS' back end for IPP says so
    too when the printer gave the job up, or forgot it in a power cut (backend/ipp.c, 2.4). Only the
    printer's own count tells the difference.
    """
    match job.state:
        case JobState.COMPLETED if job.count >= job.expected and _WITH_ERRORS not in job.reasons:
            return PrintOutcome.PRINTED, None
        case JobState.COMPLETED:
            return PrintOutcome.UNKNOWN, NO_CONFIRMATION
        case JobState.CANCELED:
            began = job.began is not None
            return (PrintOutcome.UNKNOWN if began else PrintOutcome.NOT_PRINTED), CANCELLED
        case _:
            return PrintOutcome.NOT_PRINTED, failure(job)


def failure(job: JobStatus) -> str:
    """Return the code for a job that was given up."""
    filtered = _FILTER_GAVE_UP.intersection(job.reasons)
    return BAD_DOCUMENT if filtered else JOB_FAILED


_WITH_ERRORS: Final = "job-completed-with-errors"
_FILTER_GAVE_UP: Final = frozenset(
    {
        "cups-filter-crashed",
        "document-format-error",
        "document-unprintable-error",
        _WITH_ERRORS,
        "unsupported-document-format",
    }
)


def ours(jobs: Mapping[int, Attributes], queue: str) -> dict[int, JobStatus]:
    """Return those of this user's jobs that this driver has sent to a queue."""
    told = {number: job_status(attributes) for number, attributes in jobs.items()}
    return {
        number: job for number, job in told.items() if job.title == TITLE and job.id and job.queue == queue
    }


def _word(attributes: Attributes, name: str) -> str:
    return next(iter(words(attributes.get(name))), "")
