"""What can be wrong with an A4 printer, its queue and its jobs, worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from devices.errors import DeviceError, Remedy, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint.

    Args:
        code: Stable code.
        remedy: Who acts.
        severity: What it costs, or None for what follows from the remedy.
    """

    code: str
    remedy: Remedy
    severity: Severity | None = None

    @property
    def blocks(self) -> bool:
        """Whether nothing can be printed while it lasts."""
        return self.error("").severity not in (Severity.INFO, Severity.WARN)

    def error(self, device: str, detail: str = "") -> DeviceError:
        """Return it as an error of a device."""
        return DeviceError(device, self.code, self.remedy, detail, self.severity)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault that is there now, and why that is believed."""

    fault: Fault
    detail: str = ""


UNSAFE_QUEUE: Final = Fault("pageprinter.unsafe-queue", Remedy.SERVICE)
QUEUE_STOPPED: Final = Fault("pageprinter.queue-stopped", Remedy.SERVICE)
QUEUE_REJECTS: Final = Fault("pageprinter.queue-rejects", Remedy.SERVICE)
OFFLINE: Final = Fault("pageprinter.offline", Remedy.ATTENDANT)
BROKEN: Final = Fault("pageprinter.broken", Remedy.SERVICE)
JAM: Final = Fault("pageprinter.jam", Remedy.ATTENDANT)
COVER_OPEN: Final = Fault("pageprinter.cover-open", Remedy.ATTENDANT)
TRAY_MISSING: Final = Fault("pageprinter.tray-missing", Remedy.ATTENDANT)
PAPER_OUT: Final = Fault("pageprinter.paper-out", Remedy.ATTENDANT)
OUTPUT_FULL: Final = Fault("pageprinter.output-full", Remedy.RESIDENT)
TONER_EMPTY: Final = Fault("pageprinter.toner-empty", Remedy.ATTENDANT)
WASTE_FULL: Final = Fault("pageprinter.waste-full", Remedy.ATTENDANT)
STOPPED: Final = Fault("pageprinter.stopped", Remedy.ATTENDANT)
WARMING: Final = Fault("pageprinter.warming", Remedy.RETRY)
SPOOL_KEPT: Final = Fault("pageprinter.spool-kept", Remedy.SERVICE, Severity.WARN)
WASTE_NEARLY_FULL: Final = Fault("pageprinter.waste-nearly-full", Remedy.ATTENDANT, Severity.WARN)
TONER_LOW: Final = Fault("pageprinter.toner-low", Remedy.ATTENDANT)
PAPER_LOW: Final = Fault("pageprinter.paper-low", Remedy.ATTENDANT)

_WORST_FIRST: Final = (
    UNSAFE_QUEUE,
    QUEUE_STOPPED,
    QUEUE_REJECTS,
    OFFLINE,
    BROKEN,
    JAM,
    COVER_OPEN,
    TRAY_MISSING,
    PAPER_OUT,
    OUTPUT_FULL,
    TONER_EMPTY,
    WASTE_FULL,
    STOPPED,
    SPOOL_KEPT,
    WARMING,
    WASTE_NEARLY_FULL,
    TONER_LOW,
    PAPER_LOW,
)

BAD_ANSWER: Final = "pageprinter.bad-answer"
BAD_DOCUMENT: Final = "pageprinter.bad-document"
BEGUN_ANEW: Final = "pageprinter.begun-anew"
CANCELLED: Final = "pageprinter.cancelled"
HELD: Final = "pageprinter.held"
JOB_FAILED: Final = "pageprinter.job-failed"
JOB_LOST: Final = "pageprinter.job-lost"
JOURNAL_UNWRITABLE: Final = "pageprinter.journal-unwritable"
NO_CONFIRMATION: Final = "pageprinter.no-confirmation"
REFUSED: Final = "pageprinter.refused"
SCHEDULER_RESTARTED: Final = "pageprinter.scheduler-restarted"
SERVICE_DOWN: Final = "pageprinter.service-down"
SERVICE_SILENT: Final = "pageprinter.service-silent"
STALLED: Final = "pageprinter.stalled"

_ENDINGS: Final = ("-error", "-warning", "-report")
_REASONS: Final = {
    "connecting-to-device": None,
    "cover-open": COVER_OPEN,
    "door-open": COVER_OPEN,
    "interlock-open": COVER_OPEN,
    "fuser-over-temp": WARMING,
    "fuser-under-temp": WARMING,
    "input-tray-missing": TRAY_MISSING,
    "marker-failure": BROKEN,
    "fuser-failure": BROKEN,
    "motor-failure": BROKEN,
    "marker-supply-empty": TONER_EMPTY,
    "marker-supply-low": TONER_LOW,
    "marker-waste-almost-full": WASTE_NEARLY_FULL,
    "marker-waste-full": WASTE_FULL,
    "media-empty": PAPER_OUT,
    "media-jam": JAM,
    "media-low": PAPER_LOW,
    "media-needed": PAPER_OUT,
    "media-path-cannot-duplex-media-selected": BROKEN,
    "moving-to-paused": QUEUE_STOPPED,
    "offline": OFFLINE,
    "output-area-full": OUTPUT_FULL,
    "output-tray-missing": TRAY_MISSING,
    "paused": QUEUE_STOPPED,
    "shutdown": OFFLINE,
    "timed-out": OFFLINE,
    "toner-empty": TONER_EMPTY,
    "toner-low": TONER_LOW,
}
"""IPP's ``printer-state-reasons`` without their ending (RFC 8011, section 5.4.12; PWG 5100.9)."""

_MILDER: Final = {PAPER_OUT: PAPER_LOW, TONER_EMPTY: TONER_LOW, WASTE_FULL: WASTE_NEARLY_FULL}
"""What a complaint means that is only a warning: one of two trays is empty, and printing goes on."""


def fault_of(reason: str) -> Fault | None:
    """Return the fault for one of IPP's ``printer-state-reasons``, or None for what is none."""
    base, _, ending = reason.rpartition("-")
    if "-" + ending not in _ENDINGS:
        base, ending = reason, ""
    fault = _REASONS.get(base)
    if fault is None or ending in {"", "error"} or not fault.blocks:
        return fault
    # CUPS itself tells with "offline-report" that it does not reach a printer.
    return OFFLINE if fault is OFFLINE else _MILDER.get(fault)


def worst_complaint(complaints: Iterable[Complaint]) -> Complaint | None:
    """Return the complaint that matters most, or None when there is none."""
    return min(complaints, key=lambda complaint: _WORST_FIRST.index(complaint.fault), default=None)
