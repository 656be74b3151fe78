"""What an ESC/POS printer says of itself, pure.

Answers, automatic status and the end-of-job barrier share one unframed byte stream and are told apart by
their fixed bits (Citizen CT-D150 command reference p. 510, iDP-3221 p. 200):

=====================  ============
real-time answer       ``0xx1xx10``
automatic, first byte  ``0xx1xx00``
automatic, bytes 2-4   ``0xx0xxxx``
GS r (the barrier)     ``0xx0xxxx``
XON, XOFF              ``0x11``, ``0x13``
GS I in words          ``0x5F``, text, ``0x00``
=====================  ============

The text of GS I (Epson TM-T88 command reference, GS I) follows none of these bits; its head is a byte that
nothing else sends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

_REAL_TIME_MASK: Final = 0b1001_0011
_REAL_TIME: Final = 0b0001_0010
_AUTOMATIC_FIRST: Final = 0b0001_0000
_PLAIN_MASK: Final = 0b1001_0000
_AUTOMATIC_BYTES: Final = 4
_FLOW: Final = (0x11, 0x13)
_WORDS_HEAD: Final = 0x5F
_WORDS_END: Final = 0x00
_WORDS_BYTES: Final = 80


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """State of the mechanism; every flag is a complaint."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    cutter_jam: bool = False
    head_hot: bool = False
    unrecoverable: bool = False


@dataclass(frozen=True, slots=True)
class RealTimeAnswer:
    """One byte that answers DLE EOT; which of the four questions it answers is for the asker to know."""

    value: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Four bytes sent unasked when something changed (ASB)."""

    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class Barrier:
    """Answer to the queued GS r: all that was sent before it has been printed."""

    value: int


@dataclass(frozen=True, slots=True)
class Noise:
    """A byte that no printer sends; a wrong peer or a bad line."""

    value: int


@dataclass(frozen=True, slots=True)
class Words:
    """What the printer says of itself when asked by GS I."""

    text: str


Said = RealTimeAnswer | AutomaticStatus | Barrier | Noise | Words


class Demultiplexer:
    """Takes the printer's byte stream apart, in whatever pieces it arrives."""

    def __init__(self) -> None:
        self._automatic = bytearray()
        self._words: bytearray | None = None

    def forget_words(self) -> None:
        """Give up a text whose end has not come."""
        self._words = None

    def feed(self, data: Iterable[int]) -> list[Said]:
        """Return what ``data`` completes, in order; never raises.

        A real-time answer may stand inside the four bytes of an automatic status: the printer sends it
        at once, whatever it is doing. Flow control bytes are dropped.
        """
        said: list[Said] = []
        for byte in data:
            if byte in _FLOW:
                continue
            if self._words is not None:
                said += self._word(self._words, byte)
            elif byte == _WORDS_HEAD:
                self._words = bytearray()
            elif byte & _REAL_TIME_MASK == _REAL_TIME:
                said.append(RealTimeAnswer(byte))
            elif byte & _REAL_TIME_MASK == _AUTOMATIC_FIRST:
                self._automatic[:] = bytes((byte,))
            elif byte & _PLAIN_MASK == 0:
                said += self._plain(byte)
            else:
                said.append(Noise(byte))
        return said

    def _word(self, words: bytearray, byte: int) -> list[Said]:
        if byte != _WORDS_END and len(words) < _WORDS_BYTES:
            words.append(byte)
            return []
        self._words = None
        if byte != _WORDS_END:
            return [Noise(_WORDS_HEAD)]
        return [Words(words.decode("ascii", "replace").strip())]

    def _plain(self, byte: int) -> list[Said]:
        if not self._automatic:
            return [Barrier(byte)]
        self._automatic.append(byte)
        if len(self._automatic) < _AUTOMATIC_BYTES:
            return []
        status = read_automatic(bytes(self._automatic))
        self._automatic.clear()
        return [AutomaticStatus(status)]


def read_automatic(frame: bytes) -> PrinterStatus:
    """Read the four bytes of an automatic status (Epson TM-T88 p. 42, TM-L90 p. 318)."""
    first, errors, roll, _ = frame
    return PrinterStatus(
        offline=bool(first & 0x08),
        cover_open=bool(first & 0x20),
        paper_out=bool(roll & 0x0C),
        paper_low=bool(roll & 0x03),
        cutter_jam=bool(errors & 0x08),
        head_hot=bool(errors & 0x40),
        unrecoverable=bool(errors & 0x20),
    )


def read_answer(status: PrinterStatus, question: int, value: int) -> PrinterStatus:
    """Add what one real-time answer tells to what is known.

    Makers differ in whether one or both bits of a sensor are set; any of them counts.

    Args:
        status: What earlier answers of the same round told.
        question: The ``n`` of DLE EOT that was asked, 1 to 4.
        value: The answer.
    """
    match question:
        case 1:  # HPRT TP80K p. 72
            return replace(status, offline=status.offline or bool(value & 0x08))
        case 2:  # Partner RP-330 p. 24
            return replace(
                status,
                cover_open=status.cover_open or bool(value & 0x04),
                paper_out=status.paper_out or bool(value & 0x20),
            )
        case 3:
            return replace(
                status,
                cutter_jam=status.cutter_jam or bool(value & 0x08),
                unrecoverable=status.unrecoverable or bool(value & 0x20),
                head_hot=status.head_hot or bool(value & 0x40),
            )
        case 4:  # Epson TM-T88III p. 304, HPRT TP809 p. 38
            return replace(
                status,
                paper_low=status.paper_low or bool(value & 0x0C),
                paper_out=status.paper_out or bool(value & 0x60),
            )
        case _:
            raise ValueError(f"DLE EOT has no question {question}")
