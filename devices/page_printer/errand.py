"""One job, from its creation to its end, so that afterwards it is known whether it was printed."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from devices.errors import DeviceError
from devices.model import PrintOutcome
from devices.page_printer.cups_port import UnknownThereError
from devices.page_printer.faults import (
    BEGUN_ANEW,
    CANCELLED,
    HELD,
    JOB_LOST,
    SCHEDULER_RESTARTED,
    STALLED,
    Complaint,
)
from devices.page_printer.job import (
    ID_ATTRIBUTE,
    JOB_ATTRIBUTES,
    TITLE,
    JobState,
    JobStatus,
    failure,
    job_status,
    label,
    verdict,
)
from devices.page_printer.options import Options
from devices.page_printer.sentinel import Sentinel
from devices.page_printer.watch import Watch

_LOOK_S: Final = 0.2
_ENDS_WITHIN_S: Final = 5.0
"""A cancelled job is at its end for the scheduler at once, and for a printer after the sheet under way."""

Ending = tuple[PrintOutcome, str | None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to print.

    Args:
        id: Our own id of the job.
        document: The PDF.
        copies: How many.
        expected: Sheets or sides that a printer counts when it has printed everything; 0 when not known.
        timeout_s: Within which it has to be out.
    """

    id: str
    document: memoryview
    copies: int
    expected: int
    timeout_s: float


class Errand:
    """One order on its way.

    Args:
        watch: To the scheduler and the printer.
        options: Paper, sides, patience.
        order: What to print.
        sentinel: Of the scheduler, from before the job was made.
        broken_off: Set by another thread when nobody wants it any more.
    """

    def __init__(
        self, watch: Watch, options: Options, order: Order, sentinel: Sentinel, broken_off: threading.Event
    ) -> None:
        self._watch = watch
        self._options = options
        self._order = order
        self._broken_off = broken_off
        self._deadline_s = time.monotonic() + order.timeout_s
        self._blocked_since_s: float | None = None
        self._began: int | None = None
        self._sentinel = sentinel
        self.number = 0

    def create(self) -> None:
        """Make the job; it has no document and prints nothing.

        Raises:
            DeviceError: Why it could not be made.
            UnknownThereError: The queue has gone.
        """
        options = self._options
        attributes = {
            ID_ATTRIBUTE: label(self._order.id, self._order.expected if self._watch.counts else 0),
            "copies": str(self._order.copies),
            "media": options.media,
            # Otherwise the filters' own count of what they have read is taken for the printer's.
            "page-logging": "off",
            "sides": options.sides,
        }
        self.number = self._watch.port.create(options.queue, TITLE, attributes)

    def send(self) -> None:
        """Hand the document over; from here on paper may come out.

        Raises:
            DeviceError: It may have arrived all the same.
            UnknownThereError: Likewise.
        """
        options, order = self._options, self._order
        self._watch.port.send(options.queue, self.number, TITLE, order.document, options.send_timeout_s)

    def follow(self) -> Ending:
        """Wait for the end of the job, and bring it about when it does not come by itself."""
        while (code := self._over()) is None:
            try:
                job = self._job()
                if job.ended or job.state is JobState.STOPPED:
                    return self._verdict(job)
                code = self._trouble(job) or self._blocked(self._watch.look())
            except UnknownThereError:
                return PrintOutcome.UNKNOWN, SCHEDULER_RESTARTED if self._sentinel.broken else JOB_LOST
            except DeviceError:
                code = None  # until it answers again, or time is up
            if code is not None:
                break
            self._broken_off.wait(_LOOK_S)
        return self.break_off(code)

    def break_off(self, code: str) -> Ending:
        """Cancel the job and say what is known of it; ``code`` is why."""
        end_s = time.monotonic() + _ENDS_WITHIN_S
        asked = False
        while time.monotonic() < end_s:
            try:
                if not asked:
                    self._watch.port.cancel(self.number)
                    asked = True
                job = self._job()
            except UnknownThereError:
                return PrintOutcome.UNKNOWN, code
            except DeviceError:
                job = None
            if job is not None and job.ended:
                return self._cut_short(job, code)
            time.sleep(_LOOK_S)
        return PrintOutcome.UNKNOWN, code

    def _cut_short(self, job: JobStatus, code: str) -> Ending:
        outcome, _ = self._verdict(job)
        if outcome is PrintOutcome.UNKNOWN and self._stands_still():
            outcome = PrintOutcome.NOT_PRINTED
        return outcome, None if outcome is PrintOutcome.PRINTED else code

    def _over(self) -> str | None:
        """Return why there is nothing more to wait for."""
        if self._broken_off.is_set():
            return CANCELLED
        if self._sentinel.broken:
            return SCHEDULER_RESTARTED
        return STALLED if time.monotonic() >= self._deadline_s else None

    def _job(self) -> JobStatus:
        return job_status(self._watch.port.job(self.number, JOB_ATTRIBUTES))

    def _trouble(self, job: JobStatus) -> str | None:
        """Return why a job that has not ended must not go on."""
        if job.state is JobState.HELD:
            return HELD
        began_before, self._began = self._began, job.began or self._began
        if began_before is not None and self._began != began_before:
            return BEGUN_ANEW
        return None

    def _blocked(self, complaint: Complaint | None) -> str | None:
        """Return what has stood in the way for too long."""
        if complaint is None or not complaint.fault.blocks:
            self._blocked_since_s = None
            return None
        now_s = time.monotonic()
        if self._blocked_since_s is None:
            self._blocked_since_s = now_s
        waited_s = now_s - self._blocked_since_s
        return complaint.fault.code if waited_s >= self._options.stall_timeout_s else None

    def _stands_still(self) -> bool:
        """Return whether the printer could and can move no sheet, so that the job did not come out whole."""
        if self._blocked_since_s is None or self._sentinel.broken:
            return False
        with suppress(DeviceError):
            self._watch.look()
        return self._watch.stands_still

    def _verdict(self, job: JobStatus) -> Ending:
        if job.state is JobState.STOPPED:
            return PrintOutcome.NOT_PRINTED, failure(job)
        ending = verdict(job)
        if ending[0] is PrintOutcome.PRINTED and self._sentinel.broken:
            return PrintOutcome.UNKNOWN, SCHEDULER_RESTARTED
        return ending
