"""From a printer's status to the code, the person who acts, and whether a slip can be printed."""

from dataclasses import dataclass
from typing import Final

from devices.errors import Remedy
from devices.printer.status import PrinterStatus

PAPER_LOW: Final = "printer.paper-low"
SILENT: Final = "printer.silent"
STALLED: Final = "printer.stalled"
NO_CONFIRMATION: Final = "printer.no-confirmation"
STATUS_UNSUPPORTED: Final = "printer.status-unsupported"
GLYPH_MISSING: Final = "printer.glyph-missing"
GARBLED: Final = "printer.garbled"
CUTTER_JAM: Final = "printer.cutter-jam"
WRONG_MODEL: Final = "device.wrong-model"
JOURNAL_UNWRITABLE: Final = "printer.journal-unwritable"


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint of the printer.

    Args:
        code: Stable code.
        remedy: Who can clear it.
        blocks: Whether printing has to wait until it is cleared.
    """

    code: str
    remedy: Remedy
    blocks: bool = True


def worst_fault(status: PrinterStatus) -> Fault | None:
    """Return the complaint to deal with first, or None when there is none."""
    complaints = (
        (status.unrecoverable, Fault("printer.unrecoverable", Remedy.SERVICE)),
        (status.cutter_jam, Fault(CUTTER_JAM, Remedy.SERVICE)),
        (status.cover_open, Fault("printer.cover-open", Remedy.ATTENDANT)),
        (status.paper_out, Fault("printer.paper-out", Remedy.ATTENDANT)),
        (status.head_hot, Fault("printer.head-hot", Remedy.RETRY)),
        (status.offline, Fault("printer.offline", Remedy.ATTENDANT)),
        (status.paper_low, Fault(PAPER_LOW, Remedy.ATTENDANT, blocks=False)),
    )
    return next((fault for raised, fault in complaints if raised), None)
