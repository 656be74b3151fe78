"""Driver of a network receipt printer that speaks ESC/POS."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from devices.errors import DeviceError, Remedy
from devices.jobs import job_from, result_answer
from devices.model import DeviceEvent, Frame, PrintJob, PrintOutcome, PrintResult
from devices.printer.encode import (
    BARRIER,
    FLUSH,
    INITIALISE,
    RECOVER_AND_CLEAR,
    encode_body,
    encode_cut,
)
from devices.printer.faults import NO_CONFIRMATION, STALLED, Fault, worst_fault
from devices.printer.fonts import FOLDER, find_fonts
from devices.printer.job import BARRIERS, Patience, send_slip
from devices.printer.journal import JobJournal
from devices.printer.link import PrinterLink
from devices.printer.raster import WIDTH_PX, draw_slip
from devices.printer.status import PrinterStatus
from devices.transports.tcp import LinkLostError, TcpStream

_Seconds = Annotated[float, msgspec.Meta(gt=0, le=60)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``escpos-tcp``.

    Args:
        host: Name or address of the printer.
        port: TCP port, 9100 on nearly all printers.
        paper_mm: Width of the roll.
        connect_timeout_s: Within which the printer must accept a connection.
        chunk_timeout_s: Within which it must take 4 KiB.
        barrier_timeout_s: Within which it must finish after the last byte.
        settle_timeout_s: Of quiet after which a printer has nothing more to say about a slip that failed;
            longer than it takes to cut.
        journal: File in which outcomes survive a restart, or None.
        font_dir: Where the Noto CJK collections lie.
    """

    host: Annotated[str, msgspec.Meta(min_length=1)]
    port: Annotated[int, msgspec.Meta(gt=0, lt=65536)] = 9100
    paper_mm: Literal[58, 80] = 80
    connect_timeout_s: _Seconds = 2.0
    chunk_timeout_s: _Seconds = 5.0
    barrier_timeout_s: _Seconds = 8.0
    settle_timeout_s: _Seconds = 2.0
    journal: str | None = None
    font_dir: str = str(FOLDER)


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """The last slip did not come out whole, or nobody knows.

    Args:
        job_id: Whose barriers may still be answered.
        link: The connection on which they would be; an answer on another one proves nothing.
    """

    job_id: str
    link: PrinterLink


def make(name: str, options: Mapping[str, Any]) -> "EscposPrinter":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    try:
        return EscposPrinter(name, msgspec.convert(dict(options), Options))
    except msgspec.ValidationError as error:
        raise DeviceError(name, "device.bad-option", Remedy.SERVICE, str(error)) from error


class EscposPrinter:
    """One printer over TCP; see ``devices.driver.Driver``.

    Args:
        name: Logical name from the profile.
        options: How to reach it.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = 1.0
        self._name = name
        self._options = options
        self._patience = Patience(chunk_s=options.chunk_timeout_s, barrier_s=options.barrier_timeout_s)
        self._link: PrinterLink | None = None
        self._journal: JobJournal | None = None
        self._unfinished: _Unfinished | None = None

    def open(self) -> Mapping[str, str]:
        """Find the fonts, read the journal and connect.

        Raises:
            DeviceError: ``device.absent``, ``printer.font-missing``, ``printer.journal-unwritable``
                (service).
        """
        find_fonts(self._name, Path(self._options.font_dir))
        self._jobs()
        self._connected()
        return {"model": f"ESC/POS {self._options.paper_mm} mm"}

    def tick(self) -> Sequence[DeviceEvent]:
        """Ask the printer how it is.

        Raises:
            DeviceError: Its worst complaint.
        """
        fault = worst_fault(self._probe())
        if fault is not None:
            raise DeviceError(self._name, fault.code, fault.remedy)
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any] | Frame:
        """Carry out ``print``; see ``devices.jobs``.

        A failure of the printer is part of the answer.
        """
        return {"print": self._print}[name](job_from(arguments))

    def close(self) -> None:
        """Let go of the printer."""
        self._drop()

    def _print(self, job: PrintJob) -> Mapping[str, Any]:
        earlier = self._jobs().outcome(job.id)
        if earlier is PrintOutcome.PRINTED:
            return result_answer(PrintResult(job.id, earlier))
        try:
            body = self._encode(job)
            fault = self._ready()
        except DeviceError as error:
            return result_answer(self._refusal(job.id, error.code))
        # Getting ready may have brought the late word that the job was printed after all.
        earlier = self._jobs().outcome(job.id)
        if earlier is PrintOutcome.PRINTED:
            return result_answer(PrintResult(job.id, earlier))
        if earlier is PrintOutcome.UNKNOWN:
            return result_answer(PrintResult(job.id, earlier, NO_CONFIRMATION))
        if fault is not None:
            return result_answer(self._refusal(job.id, fault.code))
        return result_answer(self._attempt(job.id, body))

    def _refusal(self, job_id: str, code: str) -> PrintResult:
        """Say that nothing was sent now; what an earlier attempt left unknown stays unknown."""
        unknown = self._jobs().outcome(job_id) is PrintOutcome.UNKNOWN
        return PrintResult(job_id, PrintOutcome.UNKNOWN if unknown else PrintOutcome.NOT_PRINTED, code)

    def _attempt(self, job_id: str, body: bytes) -> PrintResult:
        journal, link = self._jobs(), self._connected()
        try:
            journal.enter(job_id, PrintOutcome.UNKNOWN)
        except DeviceError as error:
            journal.forget(job_id)
            return PrintResult(job_id, PrintOutcome.NOT_PRINTED, error.code)
        attempt = send_slip(link, body, self._patience)
        # When the disk fails only now, the file goes on saying "unknown", which prints nothing twice.
        with suppress(DeviceError):
            journal.enter(job_id, attempt.outcome)
        if attempt.outcome is not PrintOutcome.PRINTED:
            self._unfinished = _Unfinished(job_id, link)
        if not attempt.link_usable:
            self._drop()
        return PrintResult(job_id, attempt.outcome, attempt.code)

    def _encode(self, job: PrintJob) -> bytes:
        fonts = find_fonts(self._name, Path(self._options.font_dir))
        return encode_body(draw_slip(self._name, job.blocks, WIDTH_PX[self._options.paper_mm], fonts))

    def _ready(self) -> Fault | None:
        """Find out whether a slip can be printed now, and clear away what the last one left.

        Raises:
            DeviceError: The printer cannot be asked, or does not work off what it was sent before.
        """
        fault = worst_fault(self._probe())
        if fault is not None and fault.blocks:
            return fault
        if self._unfinished is not None:
            try:
                self._clear_away(self._unfinished, self._connected())
            except DeviceError:
                self._drop()
                raise
        return None

    def _clear_away(self, last: _Unfinished, link: PrinterLink) -> None:
        """Cut off a torn beginning and wait until the printer has worked off everything before.

        How many barriers come back is known beforehand: one when the last slip was forgotten, and those
        of the last slip before it when it was not.

        Raises:
            DeviceError: ``printer.stalled`` (service).
        """
        owed = BARRIERS - link.barriers + 1 if last.link is link else BARRIERS + 1
        link.barriers = 0
        swept = RECOVER_AND_CLEAR + FLUSH + INITIALISE + encode_cut() + BARRIER
        link.send(swept, self._options.chunk_timeout_s)
        heard = -1
        while heard < link.barriers < owed:
            heard = link.barriers
            quiet_s = time.monotonic() + self._options.settle_timeout_s
            while link.barriers == heard and (left_s := quiet_s - time.monotonic()) > 0:
                link.listen(left_s)
        if not link.barriers:
            raise DeviceError(self._name, STALLED, Remedy.SERVICE, "does not work off what it was sent")
        if link.barriers == owed and last.link is link:
            self._jobs().enter(last.job_id, PrintOutcome.PRINTED)
        self._unfinished = None

    def _probe(self) -> PrinterStatus:
        try:
            status = self._connected().probe()
        except LinkLostError:
            # HARDWARE: many printers close a connection that was idle for some minutes.
            self._drop()
            status = self._probe_once()
        except DeviceError:
            self._drop()
            raise
        self._settle()
        return status

    def _probe_once(self) -> PrinterStatus:
        try:
            return self._connected().probe()
        except DeviceError:
            self._drop()
            raise

    def _settle(self) -> None:
        """Take note when the last slip turns out to have been printed whole after all."""
        last = self._unfinished
        if last is not None and last.link is self._link and last.link.barriers >= BARRIERS:
            self._jobs().enter(last.job_id, PrintOutcome.PRINTED)
            self._unfinished = None

    def _connected(self) -> PrinterLink:
        if self._link is None:
            options = self._options
            stream = TcpStream.connect(self._name, options.host, options.port, options.connect_timeout_s)
            self._link = PrinterLink(self._name, stream)
        return self._link

    def _jobs(self) -> JobJournal:
        if self._journal is None:
            path = None if self._options.journal is None else Path(self._options.journal)
            self._journal = JobJournal(self._name, path)
        return self._journal

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
