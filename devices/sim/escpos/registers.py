"""What can be wrong with a simulated printer, and how its status registers tell of it."""

from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """Something that is wrong from one moment to another."""

    PAPER_OUT = "paper-out"
    NEAR_END = "near-end"
    COVER_OPEN = "cover-open"
    CUTTER_JAM = "cutter-jam"
    OVERHEATED = "overheated"
    UNRECOVERABLE = "unrecoverable"
    MUTE = "mute"
    """Prints, but answers nothing."""
    DEAF = "deaf"
    """Takes no more bytes from the connection."""
    NO_BARRIER = "no-barrier"
    """Prints and answers real-time commands, but never GS r."""
    GARBAGE = "garbage"
    """Answers every question with bytes that mean nothing."""
    DOUBLED = "doubled"
    """Answers every real-time question twice."""
    BUSY = "busy"
    """Prints nothing for the time being and sees nothing wrong with that."""
    NO_AUTOMATIC = "no-automatic"
    """Does not know the automatic status."""
    MIXED = "mixed"
    """Puts real-time answers into the middle of an automatic status."""
    NO_STATUS = "no-status"
    """Answers GS r and nothing else: a model that cannot be asked how it is."""
    NAMELESS = "nameless"
    """Does not know GS I."""


class Mishap(StrEnum):
    """Something that happens once."""

    RESET = "reset"
    """The connection breaks: a TCP reset, a USB device that goes and comes; nothing on a serial line."""
    UNPLUG = "unplug"
    """The plug is pulled and stays out."""
    POWER_CYCLE = "power-cycle"
    """Off and on: buffers and settings are lost, a torn slip still hangs in the slot."""


ERRORS: Final = frozenset((Trouble.CUTTER_JAM, Trouble.OVERHEATED, Trouble.UNRECOVERABLE))
STOPPING: Final = ERRORS | {Trouble.PAPER_OUT, Trouble.COVER_OPEN}
"""With any of these the printer is offline."""
PAUSING: Final = STOPPING | {Trouble.BUSY}
"""With any of these nothing is printed."""
SENSED: Final = STOPPING | {Trouble.NEAR_END}
"""What the registers tell of; the rest is misbehaviour."""

Troubles = AbstractSet[Trouble]


def real_time(troubles: Troubles, question: int) -> bytes:
    """Answer DLE EOT n (bits: HPRT TP80K p. 72, Partner RP-330 p. 24, Epson TM-T88III p. 304)."""
    match question:
        case 1:
            bits = 0x08 * bool(troubles & STOPPING)
        case 2:
            bits = (
                0x04 * (Trouble.COVER_OPEN in troubles)
                | 0x20 * (Trouble.PAPER_OUT in troubles)
                | 0x40 * bool(troubles & ERRORS)
            )
        case 3:
            bits = _error_bits(troubles)
        case _:
            out = Trouble.PAPER_OUT in troubles
            bits = 0x0C * (out or Trouble.NEAR_END in troubles) | 0x60 * out
    return bytes((0x12 | bits,))


def queued(troubles: Troubles) -> bytes:
    """Answer GS r 1 (Epson TM-L60II p. 306)."""
    return bytes((_roll_bits(troubles),))


def automatic(troubles: Troubles) -> bytes:
    """Return the four bytes of an automatic status (Epson TM-T88 p. 42)."""
    first = 0x10 | 0x08 * bool(troubles & STOPPING) | 0x20 * (Trouble.COVER_OPEN in troubles)
    return bytes((first, _error_bits(troubles), _roll_bits(troubles), 0x00))


def _error_bits(troubles: Troubles) -> int:
    return (
        0x08 * (Trouble.CUTTER_JAM in troubles)
        | 0x20 * (Trouble.UNRECOVERABLE in troubles)
        | 0x40 * (Trouble.OVERHEATED in troubles)
    )


def _roll_bits(troubles: Troubles) -> int:
    out = Trouble.PAPER_OUT in troubles
    return 0x03 * (out or Trouble.NEAR_END in troubles) | 0x0C * out
