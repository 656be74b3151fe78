"""Printing one slip so that afterwards it is known whether it was printed.

Two barriers stand in the stream, one before the cut and one behind it. Neither answered: the cut was not
reached, so the slip is not whole. Both answered: it is out. Only the first: the picture is on the paper and
nobody can know about the cut from here; a person has to look.
"""

import time
from dataclasses import dataclass
from typing import Final

from devices.errors import DeviceError
from devices.model import PrintOutcome
from devices.printer.encode import BARRIER, RECOVER_AND_CLEAR, encode_cut
from devices.printer.faults import NO_CONFIRMATION, STALLED, Fault, worst_fault
from devices.printer.link import PrinterLink
from devices.transports.tcp import LinkLostError, LinkStalledError

CHUNK_BYTES: Final = 4096
BARRIERS: Final = 2
"""Answers of a slip that is whole and cut."""

_LOOK_S: Final = 1.0
_LAST_WORD_S: Final = 0.3
_CLEARS_ITSELF: Final = ("printer.head-hot", "printer.offline")
"""Waited out for as long as there is patience: the printer goes on by itself."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a printer may take.

    Args:
        chunk_s: To take 4 KiB.
        send_s: To take the whole slip.
        barrier_s: To finish after the last byte was taken.
    """

    chunk_s: float = 5.0
    send_s: float = 10.0
    barrier_s: float = 8.0


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


def send_slip(link: PrinterLink, body: bytes, patience: Patience) -> Attempt:
    """Send one slip, cut it and wait for the printer's word that it is done.

    Args:
        link: A connection whose printer was just found ready and has nothing waiting.
        body: The encoded picture.
        patience: How long each step may take.
    """
    link.barriers = 0
    try:
        fault = _send(link, body + BARRIER + encode_cut() + BARRIER, patience)
        if fault is not None:
            return _abandon(link, fault, cut_sent=False)
        return _await_end(link, patience)
    except LinkStalledError:
        # What was not taken includes the cut: with a cause reported, the slip has certainly stopped short.
        fault = _standing_fault(link)
        if fault is not None and fault.code not in _CLEARS_ITSELF:
            return Attempt(PrintOutcome.NOT_PRINTED, fault.code, link_usable=False)
        return Attempt(PrintOutcome.UNKNOWN, STALLED, link_usable=False)
    except LinkLostError as error:
        return Attempt(PrintOutcome.UNKNOWN, error.code, link_usable=False)


def _send(link: PrinterLink, data: bytes, patience: Patience) -> Fault | None:
    """Send all, or stop at a fault that somebody has to clear."""
    deadline_s = time.monotonic() + patience.send_s
    for start in range(0, len(data), CHUNK_BYTES):
        left_s = max(0.0, deadline_s - time.monotonic())
        link.send(data[start : start + CHUNK_BYTES], min(patience.chunk_s, left_s))
        fault = _standing_fault(link)
        to_come = start + CHUNK_BYTES < len(data)
        if fault is not None and to_come and fault.code not in _CLEARS_ITSELF:
            return fault
    return None


def _await_end(link: PrinterLink, patience: Patience) -> Attempt:
    deadline_s = time.monotonic() + patience.barrier_s
    look_s = time.monotonic() + _LOOK_S
    while link.barriers < BARRIERS:
        fault = _standing_fault(link)
        if fault is not None and fault.code not in _CLEARS_ITSELF:
            return _abandon(link, fault, cut_sent=True)
        now_s = time.monotonic()
        if now_s >= deadline_s:
            return _out_of_patience(link)
        if now_s >= look_s:
            _look(link)  # printers without automatic status have to be asked
            look_s = time.monotonic() + _LOOK_S
            continue
        link.listen(min(look_s, deadline_s) - now_s)
    return Attempt(PrintOutcome.PRINTED)


def _out_of_patience(link: PrinterLink) -> Attempt:
    silence = _look(link)
    if link.barriers >= BARRIERS:
        return Attempt(PrintOutcome.PRINTED)
    if silence is not None:
        return Attempt(PrintOutcome.UNKNOWN, silence.code, link_usable=False)
    fault = _standing_fault(link)
    if fault is not None:
        return _abandon(link, fault, cut_sent=True)
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


def _abandon(link: PrinterLink, fault: Fault, *, cut_sent: bool) -> Attempt:
    """Have the printer forget the rest, so that it does not come out later when nobody expects it."""
    link.send(RECOVER_AND_CLEAR, _LAST_WORD_S)
    give_up_s = time.monotonic() + _LAST_WORD_S
    while link.barriers < BARRIERS and (left_s := give_up_s - time.monotonic()) > 0:
        link.listen(left_s)
    if link.barriers >= BARRIERS:
        return Attempt(PrintOutcome.PRINTED)
    if cut_sent and link.barriers:
        return Attempt(PrintOutcome.UNKNOWN, fault.code)
    return Attempt(PrintOutcome.NOT_PRINTED, fault.code)


def _standing_fault(link: PrinterLink) -> Fault | None:
    fault = worst_fault(link.reported)
    return fault if fault is not None and fault.blocks else None
