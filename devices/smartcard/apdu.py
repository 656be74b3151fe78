"""Commands to a card and their answers, put together and taken apart in one place (ISO/IEC 7816-4, 5.1)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from devices.errors import DeviceError, Remedy

OK: Final = 0x9000
DENIED: Final = 0x6982
BLOCKED: Final = 0x6983
WRONG_PARAMETERS: Final = 0x6A86
NOT_FOUND: Final = frozenset({0x6A81, 0x6A82, WRONG_PARAMETERS, 0x6D00, 0x6E00})
"""What cards answer that have no such application or object."""
WRONG_CARD: Final = "smartcard.wrong-card"
REFUSED: Final = "smartcard.refused"
DATA_INVALID: Final = "smartcard.data-invalid"
GARBLED: Final = "smartcard.garbled"
CANCELLED: Final = "smartcard.cancelled"

ANSWER_LIMIT_BYTES: Final = 65_538
"""Data and status of the longest answer there can be to one command (Le = 65 536)."""

_SW_BYTES: Final = 2
_MORE: Final = 0x61
_WRONG_LE: Final = 0x6C
_CHAINED: Final = 0x10
_PIECE_BYTES: Final = 255
WHOLE: Final = 256
"""Le 00: as much as there is."""
_ROUNDS_LIMIT: Final = 1024
"""Pieces of one answer; a card that hands over less at a time never comes to an end."""


@dataclass(frozen=True, slots=True)
class Apdu:
    """One command.

    Args:
        ins: Instruction.
        p1: First parameter.
        p2: Second parameter.
        data: What goes with it; more than 255 bytes go in a chain of commands.
        le: Bytes expected, 1 to 256, where 256 stands for all; None when none are.
    """

    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    le: int | None = None

    def pieces(self) -> tuple[bytes, ...]:
        """Return the command as bytes; in several pieces when its data is long (5.1.1, command chaining)."""
        starts = range(0, max(len(self.data), 1), _PIECE_BYTES)
        return tuple(self._piece(start, last=start == starts[-1]) for start in starts)

    def _piece(self, start: int, *, last: bool) -> bytes:
        data = self.data[start : start + _PIECE_BYTES]
        head = bytes([0 if last else _CHAINED, self.ins, self.p1, self.p2])
        body = bytes([len(data)]) + data if data else b""
        return head + body + (_le(self.le) if last else b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card answered.

    Args:
        data: All of it.
        status: SW1 and SW2, such as ``0x9000``.
    """

    data: bytes = field(repr=False)
    status: int

    @property
    def ok(self) -> bool:
        """Whether the card did what it was asked to do."""
        return self.status == OK


class Line(Protocol):
    """What ``transports.pcsc.PcscCard`` offers."""

    def transmit(self, apdu: bytes) -> bytes:
        """Send one command APDU and return data and status, at least two bytes."""
        ...


class CardChannel:
    """Speaks to one card.

    Args:
        device: Logical name, for errors.
        line: To the card.
        cancelled: Whether to break off before the next command.
    """

    def __init__(self, device: str, line: Line, cancelled: Callable[[], bool] = lambda: False) -> None:
        self._device = device
        self._line = line
        self._cancelled = cancelled

    def ask(self, command: Apdu) -> Answer:
        """Return the whole answer to one command.

        What the card hands over in pieces (61xx) is fetched, and a command whose Le the card does not like
        (6Cxx) is repeated with the one it names, once.

        Raises:
            DeviceError: The line's own; ``smartcard.cancelled`` (retry); ``smartcard.garbled`` (attendant):
                more data than a card can have, or a card that corrects itself without end.
        """
        *begin, last = command.pieces()
        for piece in begin:
            answer = self._send(piece)
            if not answer.ok:
                return answer
        return self._fetch(self._send_exactly(last))

    def choose(self, application: bytes, missing: str) -> Answer:
        """Select an application by its name; returns what the card tells of it.

        Raises:
            DeviceError: ``smartcard.wrong-card`` (resident), ``missing`` its detail, when the card has none;
                ``smartcard.refused`` (resident), or as ``ask`` tells.
        """
        chosen = self.ask(select(application))
        if chosen.status in NOT_FOUND:
            raise self.error(WRONG_CARD, Remedy.RESIDENT, missing)
        if not chosen.ok:
            raise self.refused("select", chosen)
        return chosen

    def refused(self, what: str, answer: Answer) -> DeviceError:
        """Return the error for a command that the card does not carry out."""
        return self.error(REFUSED, Remedy.RESIDENT, f"{what}: {answer.status:04X}")

    def _fetch(self, answer: Answer) -> Answer:
        data = bytearray(answer.data)
        rounds = 0
        while answer.status >> 8 == _MORE:
            rounds += 1
            if rounds > _ROUNDS_LIMIT:
                raise self.garbled("an answer without an end")
            left = answer.status & 0xFF
            answer = self._send_exactly(b"\x00\xc0\x00\x00" + bytes([left]))
            data += answer.data
            if len(data) > ANSWER_LIMIT_BYTES - _SW_BYTES:
                raise self.garbled(f"more than {ANSWER_LIMIT_BYTES} bytes")
        return Answer(bytes(data), answer.status)

    def _send_exactly(self, apdu: bytes) -> Answer:
        answer = self._send(apdu)
        if answer.status >> 8 != _WRONG_LE:
            return answer
        has_le = len(apdu) == 5 or len(apdu) == 5 + apdu[4] + 1  # noqa: PLR2004 - head, then Lc or Le
        exact = apdu[:-1] if has_le else apdu
        answer = self._send(exact + bytes([answer.status & 0xFF]))
        if answer.status >> 8 == _WRONG_LE:
            raise self.garbled("the card names one length after the other")
        return answer

    def _send(self, apdu: bytes) -> Answer:
        if self._cancelled():
            raise DeviceError(self._device, CANCELLED, Remedy.RETRY)
        raw = self._line.transmit(apdu)
        if not _SW_BYTES <= len(raw) <= ANSWER_LIMIT_BYTES:
            raise self.garbled(f"{len(raw)} bytes")
        return Answer(raw[:-_SW_BYTES], int.from_bytes(raw[-_SW_BYTES:]))

    def error(self, code: str, remedy: Remedy, detail: str) -> DeviceError:
        """Return an error of this card, to be raised."""
        return DeviceError(self._device, code, remedy, detail)

    def garbled(self, detail: str) -> DeviceError:
        """Return ``smartcard.garbled`` (attendant), to be raised; the detail never quotes the card."""
        return self.error(GARBLED, Remedy.ATTENDANT, detail)


def select(name: bytes) -> Apdu:
    """Return the command that chooses an application by its name (ISO/IEC 7816-4, 7.1.1)."""
    return Apdu(0xA4, 0x04, 0x00, name, WHOLE)


def _le(le: int | None) -> bytes:
    return b"" if le is None else bytes([le & 0xFF])
