"""Printing one slip so that afterwards it is known whether it was printed.

At least two barriers stand in the stream: one before the last millimetre of the picture, one behind the cut.
On a line that does not break when the printer loses its place there is one behind each band of the picture.

All answered: the slip is out. Only those before the tail: the whole picture may be on the paper, cut or not;
a person has to look. Not even those, and a cause told: the slip is not whole, and the rest is forgotten.
"""

import math
import time
from dataclasses import dataclass
from typing import Final

from devices.errors import DeviceError
from devices.model import PrintOutcome
from devices.printer.encode import BARRIER, RECOVER_AND_CLEAR, Slip, encode_cut
from devices.printer.faults import NO_CONFIRMATION, STALLED, STATUS_UNSUPPORTED, Fault, worst_fault
from devices.printer.link import PrinterLink
from devices.transports.byte_stream import LinkLostError, LinkStalledError
from devices.transports.waiting import waits

CHUNK_BYTES: Final = 4096

_LOOK_S: Final = 1.0
_LAST_WORD_S: Final = 0.3
_NO_MORE_S: Final = 0.02
_CLEARS_ITSELF: Final = ("printer.head-hot", "printer.offline")
"""Waited out for as long as there is patience: the printer goes on by itself."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a printer may take.

    Args:
        chunk_s: To take 4 KiB.
        send_s: To take the whole slip.
        barrier_s: To finish after the last byte was taken.
        asks: Whether the printer answers questions; one that does not is waited for and asked nothing.
    """

    chunk_s: float = 5.0
    send_s: float = 10.0
    barrier_s: float = 8.0
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt came to.

    Args:
        outcome: What is known.
        code: The cause, or None when it was printed.
        link_usable: Whether the connection can still be used.
    """

    outcome: PrintOutcome
    code: str | None = None
    link_usable: bool = True


def send_slip(link: PrinterLink, slip: Slip, patience: Patience) -> Attempt:
    """Send one slip, cut it and wait for the printer's word that it is done.

    Args:
        link: A connection whose printer was just found ready and has nothing waiting.
        slip: The encoded picture.
        patience: How long each step may take.
    """
    link.barriers = 0
    try:
        if patience.asks:
            link.greet()
        return _send(link, slip, patience) or _await_end(link, slip, patience)
    except LinkStalledError:
        return Attempt(PrintOutcome.UNKNOWN, STALLED, link_usable=False)
    except LinkLostError as error:
        return Attempt(PrintOutcome.UNKNOWN, error.code, link_usable=False)


def _send(link: PrinterLink, slip: Slip, patience: Patience) -> Attempt | None:
    """Send all, or stop at a fault that somebody has to clear and return what came of it."""
    data = slip.body + encode_cut() + BARRIER
    deadline_s = time.monotonic() + patience.send_s
    for start in range(0, len(data), CHUNK_BYTES):
        chunk = data[start : start + CHUNK_BYTES]
        left_s = max(0.0, deadline_s - time.monotonic())
        try:
            link.send(chunk, min(patience.chunk_s, left_s))
        except LinkStalledError as error:
            return _stalled(link, slip, start + len(chunk) - error.unsent_bytes)
        fault = _standing_fault(link)
        to_come = start + CHUNK_BYTES < len(data)
        if fault is not None and to_come and fault.code not in _CLEARS_ITSELF:
            return _abandon(link, slip, fault)
    return None


def _stalled(link: PrinterLink, slip: Slip, taken_bytes: int) -> Attempt:
    """Say what is known of a slip that the printer took in part; what it took may still be printed."""
    fault = _standing_fault(link)
    if fault is None or fault.code in _CLEARS_ITSELF:
        return Attempt(PrintOutcome.UNKNOWN, STALLED, link_usable=False)
    # The connection is kept: on it the printer will tell that the fault is cleared.
    may_be_whole = taken_bytes >= slip.whole_bytes
    return Attempt(PrintOutcome.UNKNOWN if may_be_whole else PrintOutcome.NOT_PRINTED, fault.code)


def _await_end(link: PrinterLink, slip: Slip, patience: Patience) -> Attempt:
    look_s = time.monotonic() + _LOOK_S if patience.asks else math.inf
    for left_s in waits(patience.barrier_s):
        ended = _ended(link, slip)
        if ended is not None:
            return ended
        if time.monotonic() >= look_s:
            _look(link)  # printers without automatic status have to be asked
            look_s = time.monotonic() + _LOOK_S
        else:
            link.listen(min(left_s, max(0.0, look_s - time.monotonic())))
    return _ended(link, slip) or _out_of_patience(link, slip, patience)


def _ended(link: PrinterLink, slip: Slip) -> Attempt | None:
    """Say what came of a slip that was answered for or met a fault, or None while it is waited for."""
    if link.barriers >= slip.barriers:
        return _all_answered(link, slip)
    fault = _standing_fault(link)
    if fault is not None and fault.code not in _CLEARS_ITSELF:
        return _abandon(link, slip, fault)
    return None


def _all_answered(link: PrinterLink, slip: Slip) -> Attempt:
    """Say that a slip is out, unless the printer gave more answers than there were questions.

    The last three bytes of an automatic status whose first was lost look like three answers.
    """
    link.listen(_NO_MORE_S)
    if link.barriers > slip.barriers:
        return Attempt(PrintOutcome.UNKNOWN, NO_CONFIRMATION)
    return Attempt(PrintOutcome.PRINTED)


def _out_of_patience(link: PrinterLink, slip: Slip, patience: Patience) -> Attempt:
    if not patience.asks:
        return Attempt(PrintOutcome.UNKNOWN, STATUS_UNSUPPORTED)
    silence = _look(link)
    if link.barriers >= slip.barriers:
        return _all_answered(link, slip)
    if silence is not None:
        return Attempt(PrintOutcome.UNKNOWN, silence.code, link_usable=False)
    fault = _standing_fault(link)
    if fault is not None:
        return _abandon(link, slip, fault)
    return Attempt(PrintOutcome.UNKNOWN, NO_CONFIRMATION)


def _look(link: PrinterLink) -> DeviceError | None:
    """Ask for the status; a printer that does not answer while it prints may still finish."""
    try:
        link.probe()
    except (LinkLostError, LinkStalledError):
        raise
    except DeviceError as error:
        return error
    return None


def _abandon(link: PrinterLink, slip: Slip, fault: Fault) -> Attempt:
    """Have the printer forget the rest, so that it does not come out later when nobody expects it."""
    link.send(RECOVER_AND_CLEAR, _LAST_WORD_S, urgent=True)
    if link.listen_until(lambda: link.barriers >= slip.barriers, _LAST_WORD_S):
        return _all_answered(link, slip)
    if link.barriers >= slip.tail_barriers:
        return Attempt(PrintOutcome.UNKNOWN, fault.code)
    return Attempt(PrintOutcome.NOT_PRINTED, fault.code)


def _standing_fault(link: PrinterLink) -> Fault | None:
    fault = worst_fault(link.reported)
    return fault if fault is not None and fault.blocks else None
