"""Prints slips on one printer: each at most once by itself, and each with an outcome that is true."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.journal import JobJournal
from devices.model import PrintJob, PrintOutcome, PrintResult, TextBlock
from devices.printer.encode import (
    BARRIER,
    FLUSH,
    INITIALISE,
    RECOVER_AND_CLEAR,
    Slip,
    encode_cut,
    encode_slip,
)
from devices.printer.faults import (
    GLYPH_MISSING,
    JOURNAL_UNWRITABLE,
    NO_CONFIRMATION,
    STALLED,
    WRONG_MODEL,
    Fault,
    worst_fault,
)
from devices.printer.fonts import find_fonts
from devices.printer.glyphs import with_marks
from devices.printer.job import Patience, send_slip
from devices.printer.keeper import Keeper
from devices.printer.link import PrinterLink
from devices.printer.model import mismatch
from devices.printer.options import PrinterOptions
from devices.printer.raster import WIDTH_PX, draw_slip
from devices.printer.status import PrinterStatus

_REPRINT: Final = "补打 REPRINT"
_SWEEP: Final = RECOVER_AND_CLEAR + FLUSH + INITIALISE + encode_cut()
"""Out of the error, to the end of whatever picture was begun, and off with it."""


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """The last slip did not come out whole, or nobody knows.

    Args:
        key: Whose barriers may still be answered.
        barriers: How many answers say that it is out.
        link: The connection on which they would be; an answer on another one proves nothing.
    """

    key: str
    barriers: int
    link: PrinterLink


class Press:
    """Carries out print jobs.

    Args:
        device: Logical name, for errors.
        options: Of the driver.
        keeper: Of the connection.
    """

    def __init__(self, device: str, options: PrinterOptions, keeper: Keeper) -> None:
        self._device = device
        self._options = options
        self._keeper = keeper
        self._asks = options.status == "required"
        self._patience = Patience(
            chunk_s=options.chunk_timeout_s,
            barrier_s=options.barrier_timeout_s if self._asks else options.settle_timeout_s,
            asks=self._asks,
        )
        self._journal: JobJournal | None = None
        self._unfinished: _Unfinished | None = None

    def prepare(self) -> None:
        """Find the fonts and read the journal.

        Raises:
            DeviceError: ``printer.font-missing``, ``printer.journal-unwritable`` (service).
        """
        find_fonts(self._device, Path(self._options.font_dir))
        self._jobs()

    def look(self) -> Fault | None:
        """Return what the printer complains of; of one that cannot be asked only whether it is there.

        Raises:
            DeviceError: The printer cannot be reached, does not answer, or is not the one that the profile
                means: ``device.wrong-model`` (service).
        """
        if self._asks:
            return worst_fault(self._probe())
        try:
            self._keeper.connected().listen(0)
        except DeviceError:
            self._keeper.drop()
            raise
        return None

    def print(self, job: PrintJob) -> PrintResult:
        """Print a job, unless it was printed or may have been; raises nothing that the printer causes.

        Raises:
            DeviceError: ``printer.journal-unwritable`` (service): the journal cannot be read.
        """
        key = f"{job.id}/{job.reprint}" if job.reprint else job.id
        if self._jobs().outcome(key) is PrintOutcome.PRINTED:
            return PrintResult(job.id, PrintOutcome.PRINTED)
        try:
            slip, marks = self._encode(job)
            fault = self._ready()
        except DeviceError as error:
            return self._refusal(job.id, key, error.code)
        # Getting ready may have brought the late word that the job was printed after all.
        earlier = self._jobs().outcome(key)
        if earlier is not None and earlier is not PrintOutcome.NOT_PRINTED:
            return PrintResult(job.id, earlier, NO_CONFIRMATION if earlier is PrintOutcome.UNKNOWN else None)
        if fault is not None:
            return self._refusal(job.id, key, fault.code)
        result = self._attempt(job.id, key, slip)
        marked = marks and result.outcome is PrintOutcome.PRINTED
        return PrintResult(job.id, result.outcome, GLYPH_MISSING) if marked else result

    def _refusal(self, job_id: str, key: str, code: str) -> PrintResult:
        """Say that nothing was sent now; what an earlier attempt left unknown stays unknown."""
        unknown = self._jobs().outcome(key) is PrintOutcome.UNKNOWN
        return PrintResult(job_id, PrintOutcome.UNKNOWN if unknown else PrintOutcome.NOT_PRINTED, code)

    def _attempt(self, job_id: str, key: str, slip: Slip) -> PrintResult:
        journal, link = self._jobs(), self._keeper.connected()
        try:
            journal.enter(key, PrintOutcome.UNKNOWN, hashlib.sha256(slip.body).hexdigest())
        except DeviceError as error:
            journal.forget(key)
            return PrintResult(job_id, PrintOutcome.NOT_PRINTED, error.code)
        patience = replace(self._patience, send_s=self._options.send_limit_s(len(slip.body)))
        attempt = send_slip(link, slip, patience)
        # When the disk fails only now, the file goes on saying "unknown", which prints nothing twice.
        with suppress(DeviceError):
            journal.enter(key, attempt.outcome)
        if attempt.outcome is not PrintOutcome.PRINTED:
            self._unfinished = _Unfinished(key, slip.barriers, link)
        if not attempt.link_usable:
            self._keeper.drop()
        return PrintResult(job_id, attempt.outcome, attempt.code)

    def _encode(self, job: PrintJob) -> tuple[Slip, int]:
        """Return the slip as bytes, and how many characters on it had to be marked."""
        fonts = find_fonts(self._device, Path(self._options.font_dir))
        number = f" {job.reprint}" if job.reprint > 1 else ""
        mark = (TextBlock(_REPRINT + number, "large", "centre", bold=True),) if job.reprint else ()
        blocks, marks = with_marks((*mark, *job.blocks), fonts)
        picture = draw_slip(self._device, blocks, WIDTH_PX[self._options.paper_mm], fonts)
        return encode_slip(picture, guarded=not self._options.breaks), marks

    def _ready(self) -> Fault | None:
        """Find out whether a slip can be printed now, and clear away what the last one left.

        Raises:
            DeviceError: The printer cannot be asked, does not work off what it was sent before, or is not the
                one that the profile means.
        """
        fault = self.look()
        if fault is not None and fault.blocks:
            return fault
        last = self._unfinished
        if last is None:
            return None
        try:
            if self._asks:
                self._clear_away(last, self._keeper.connected())
            elif last.link is not self._keeper.link:
                # Without a word from the printer: cut off what was torn when the connection broke.
                self._keeper.connected().send(_SWEEP, self._options.chunk_timeout_s)
        except DeviceError:
            self._keeper.drop()
            raise
        self._unfinished = None
        return None

    def _clear_away(self, last: _Unfinished, link: PrinterLink) -> None:
        """Cut off a torn beginning and wait until the printer has worked off everything before.

        How many barriers come back is known beforehand: one when the last slip was forgotten, and those
        of the last slip before it when it was not.

        Raises:
            DeviceError: ``printer.stalled`` (service).
        """
        owed = last.barriers - link.barriers + 1 if last.link is link else last.barriers + 1
        link.barriers = 0
        link.send(_SWEEP + BARRIER, self._options.chunk_timeout_s)
        link.listen_until(lambda: link.barriers > 0, self._options.barrier_timeout_s)
        heard = 0
        while heard < link.barriers < owed:
            heard = link.barriers
            link.listen_until(lambda: link.barriers > heard, self._options.settle_timeout_s)  # noqa: B023 - used at once
        if not link.barriers:
            raise DeviceError(self._device, STALLED, Remedy.SERVICE, "does not work off what it was sent")
        if link.barriers == owed and last.link is link:
            self._jobs().enter(last.key, PrintOutcome.PRINTED)

    def _probe(self) -> PrinterStatus:
        status = self._keeper.probe()
        last, link = self._unfinished, self._keeper.link
        if last is not None and link is last.link and last.link.barriers == last.barriers:
            # The last slip turns out to have been printed whole after all.
            self._jobs().enter(last.key, PrintOutcome.PRINTED)
            self._unfinished = None
        if self._unfinished is None:
            self._keeper.identify()
        width_px = WIDTH_PX[self._options.paper_mm]
        wrong = mismatch(self._keeper.identity, self._options.model, width_px)
        if wrong:
            raise DeviceError(self._device, WRONG_MODEL, Remedy.SERVICE, wrong)
        return status

    def _jobs(self) -> JobJournal:
        if self._journal is None:
            path = None if self._options.journal is None else Path(self._options.journal)
            self._journal = JobJournal(self._device, JOURNAL_UNWRITABLE, path)
        return self._journal
