"""Driver of an A4 printer behind CUPS."""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from devices.driver import Result
from devices.errors import DeviceError, Remedy
from devices.jobs import result_answer
from devices.journal import JobJournal
from devices.model import DeviceEvent, PrintOutcome, PrintResult, Reading
from devices.page_printer.cups_port import UnknownThereError
from devices.page_printer.errand import Ending, Errand, Order
from devices.page_printer.faults import (
    BAD_DOCUMENT,
    CANCELLED,
    JOURNAL_UNWRITABLE,
    NO_CONFIRMATION,
    REFUSED,
    Complaint,
)
from devices.page_printer.job import JOB_ATTRIBUTES, job_status, ours, verdict
from devices.page_printer.options import Options, options_from
from devices.page_printer.pages import expected_count
from devices.page_printer.watch import Watch

_PDF: Final = b"%PDF-"
_HEAD_BYTES: Final = 1024
"""Within which a PDF has to say that it is one (ISO 32000-1, annex H, note 13)."""


def make(name: str, options: Mapping[str, Any]) -> "CupsPrinter":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    return CupsPrinter(name, options_from(name, options))


class CupsPrinter:
    """One printer behind one queue; see ``devices.driver.Driver``.

    Args:
        name: Logical name from the profile.
        options: Which queue, and where.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = options.look_s
        self._name = name
        self._options = options
        self._watch: Watch | None = None
        self._journal: JobJournal | None = None
        self._broken_off = threading.Event()
        self._swept = False
        self._cancelled_before = 0

    def open(self) -> Mapping[str, str]:
        """Find the queue, and cancel what an earlier life of this process has left in it.

        Raises:
            DeviceError: ``device.absent``, ``pageprinter.cups-absent``, ``pageprinter.service-down``,
                ``pageprinter.refused``, ``pageprinter.bad-answer``, ``pageprinter.journal-unwritable``.
        """
        self._jobs()
        watch = self._watching()
        watch.look()
        self._cancelled_before = self._sweep()
        model = "" if watch.status is None else watch.status.model
        return {"model": model, "queue": self._options.queue}

    def tick(self) -> Sequence[DeviceEvent]:
        """Look at queue and printer.

        Raises:
            DeviceError: The worst complaint.
        """
        try:
            complaint = self._watching().look()
        except DeviceError:
            self._swept = False
            raise
        if not self._swept:
            self._sweep()
        if complaint is not None:
            raise complaint.fault.error(self._name, complaint.detail)
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Result:
        """Carry out ``print`` or ``cancel.all``; see ``devices.facades.page_printer``.

        A failure of printing is part of its answer.

        Raises:
            DeviceError: Of ``cancel.all``: the scheduler cannot be asked.
        """
        return {"print": self._print, "cancel.all": self._cancel_all}[name](**arguments)

    def readings(self) -> Mapping[str, Reading]:
        """Return supplies, paper, waiting jobs, and how many jobs of an earlier life were cancelled."""
        if self._watch is None:
            return {}
        return {**self._watch.readings(), "jobs-cancelled-at-start": self._cancelled_before}

    def allow(self) -> None:
        """A command begins."""
        self._broken_off.clear()

    def cancel(self) -> None:
        """Break off the print under way; its answer then says ``pageprinter.cancelled``."""
        self._broken_off.set()

    def close(self) -> None:
        """Let go of scheduler and printer."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # Printing -------------------------------------------------------------------------------------

    def _print(
        self, *, job_id: str, copies: int, timeout_s: float, document: bytes = b""
    ) -> Mapping[str, Any]:
        with memoryview(document) as memory:
            expected = expected_count(memory, copies, self._options.sides) if self._options.counts else 0
            result = self._outcome(Order(job_id, memory, copies, expected, timeout_s))
        return result_answer(result)

    def _outcome(self, order: Order) -> PrintResult:
        if (earlier := self._earlier(order.id)) is not None:
            return earlier
        if _PDF not in bytes(order.document[:_HEAD_BYTES]):
            return PrintResult(order.id, PrintOutcome.NOT_PRINTED, BAD_DOCUMENT)
        try:
            complaint = self._ready()
            # Getting ready may have brought the late word of an earlier attempt.
            if (earlier := self._earlier(order.id)) is not None:
                return earlier
            if complaint is not None and complaint.fault.blocks:
                return PrintResult(order.id, PrintOutcome.NOT_PRINTED, complaint.fault.code)
            return self._attempt(order)
        except DeviceError as error:
            return PrintResult(order.id, PrintOutcome.NOT_PRINTED, error.code)

    def _earlier(self, job_id: str) -> PrintResult | None:
        """Return what is known of an earlier attempt from which paper may have come."""
        match self._jobs().outcome(job_id):
            case PrintOutcome.PRINTED:
                return PrintResult(job_id, PrintOutcome.PRINTED)
            case PrintOutcome.UNKNOWN:
                return PrintResult(job_id, PrintOutcome.UNKNOWN, NO_CONFIRMATION)
            case PrintOutcome.NOT_PRINTED | None:
                return None

    def _ready(self) -> Complaint | None:
        complaint = self._watching().look()
        if not self._swept:
            self._sweep()
        return complaint

    def _attempt(self, order: Order) -> PrintResult:
        """Print; raises only before anything can come out."""
        if self._broken_off.is_set():
            raise DeviceError(self._name, CANCELLED, Remedy.RETRY)
        journal, digest = self._jobs(), hashlib.sha256(order.document).hexdigest()
        with self._watching().port.sentinel() as sentinel:
            try:
                journal.enter(order.id, PrintOutcome.UNKNOWN, digest)
            except DeviceError:
                journal.forget(order.id)
                raise
            errand = Errand(self._watching(), self._options, order, sentinel, self._broken_off)
            outcome, code = self._carried_out(errand)
        result = self._settled(PrintResult(order.id, outcome, code), digest)
        if errand.number:
            self._clear_away(errand.number)
        return result

    def _carried_out(self, errand: Errand) -> Ending:
        try:
            errand.create()
        except (DeviceError, UnknownThereError) as error:
            self._swept = False
            return PrintOutcome.NOT_PRINTED, error.code if isinstance(error, DeviceError) else REFUSED
        try:
            errand.send()
        except DeviceError as error:
            return errand.break_off(error.code)
        except UnknownThereError:
            return errand.break_off(REFUSED)
        return errand.follow()

    def _settled(self, result: PrintResult, digest: str = "") -> PrintResult:
        # When the disk fails only now, the file goes on saying "unknown", which prints nothing twice.
        with suppress(DeviceError):
            self._jobs().enter(result.job_id, result.outcome, digest)
        return result

    # Clearing away --------------------------------------------------------------------------------

    def _cancel_all(self) -> int:
        """Cancel every job of this terminal that has not ended, and return how many there were."""
        port = self._watching().port
        found = ours(port.jobs("not-completed", JOB_ATTRIBUTES), self._options.queue)
        for number in found:
            with suppress(UnknownThereError):
                port.cancel(number)
        self._sweep_ended()
        return len(found)

    def _sweep(self) -> int:
        """Cancel and clear away what nobody follows any more, and return how much was still waiting."""
        self._swept = False
        found = self._cancel_all()
        self._swept = True
        return found

    def _sweep_ended(self) -> None:
        port = self._watching().port
        for number, job in ours(port.jobs("completed", JOB_ATTRIBUTES), self._options.queue).items():
            if job.id and self._jobs().outcome(job.id) is PrintOutcome.UNKNOWN:
                outcome, code = verdict(job)
                self._settled(PrintResult(job.id, outcome, code))
            self._clear_away(number)

    def _clear_away(self, number: int) -> None:
        """Have the scheduler forget a job and its document, whatever its settings are."""
        watch = self._watching()
        try:
            if not watch.port.purge(number):
                watch.spool_kept = job_status(watch.port.job(number, JOB_ATTRIBUTES)).kept
                return
        except UnknownThereError:
            pass  # it keeps nothing of a job that has ended
        except DeviceError as error:
            if error.code != REFUSED:
                self._swept = False
                return
            watch.spool_kept = True
            return
        watch.spool_kept = False

    def _watching(self) -> Watch:
        if self._watch is None:
            self._watch = Watch(self._name, self._options)
        return self._watch

    def _jobs(self) -> JobJournal:
        if self._journal is None:
            path = None if self._options.journal is None else Path(self._options.journal)
            self._journal = JobJournal(self._name, JOURNAL_UNWRITABLE, path)
        return self._journal
