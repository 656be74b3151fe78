"""What a printer tells of itself besides its health."""

from collections.abc import Mapping
from typing import Literal

from devices.model import PrintOutcome, PrintResult, Reading
from devices.printer.faults import GLYPH_MISSING
from devices.printer.keeper import Keeper
from devices.printer.status import PrinterStatus


class Tally:
    """Counts since the process started.

    Readings: ``paper`` full, low, out or unknown; ``cover`` closed, open or unknown; ``slips`` known to be
    out and cut; ``unknown`` slips that may be; ``marked`` slips with a character that the font does not have;
    ``last_outcome`` and ``last_code`` of the last job; ``reconnects``; ``printer``, what it calls itself.
    """

    def __init__(self) -> None:
        self._slips = 0
        self._unknown = 0
        self._marked = 0
        self._last = ""
        self._last_code = ""

    def count(self, result: PrintResult) -> None:
        """Take note of how a job ended."""
        self._slips += result.outcome is PrintOutcome.PRINTED
        self._unknown += result.outcome is PrintOutcome.UNKNOWN
        self._marked += result.code == GLYPH_MISSING
        self._last = result.outcome.value
        self._last_code = result.code or ""

    def readings(self, keeper: Keeper) -> Mapping[str, Reading]:
        """Return everything as it is known now."""
        identity = keeper.identity
        named = " ".join(identity[key] for key in ("vendor", "model", "serial") if key in identity)
        return {
            "paper": _paper(keeper.status),
            "cover": _cover(keeper.status),
            "slips": self._slips,
            "unknown": self._unknown,
            "marked": self._marked,
            "last_outcome": self._last,
            "last_code": self._last_code,
            "reconnects": max(0, keeper.connections - 1),
            "printer": named,
        }


def _paper(status: PrinterStatus | None) -> Literal["full", "low", "out", "unknown"]:
    if status is None:
        return "unknown"
    if status.paper_out:
        return "out"
    return "low" if status.paper_low else "full"


def _cover(status: PrinterStatus | None) -> Literal["closed", "open", "unknown"]:
    if status is None:
        return "unknown"
    return "open" if status.cover_open else "closed"
