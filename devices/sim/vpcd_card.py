"""A card as ISO 7816-4 sees it: applets by name, data in pieces, commands in pieces.

Applets answer whole commands with whole data; what a card does with long data (61xx and GET RESPONSE) and
with a wrong Le (6Cxx) is done here, for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

OK: Final = 0x9000
WRONG_LENGTH: Final = 0x6700
DENIED: Final = 0x6982
NOT_FOUND: Final = 0x6A82
NO_RECORD: Final = 0x6A83
WRONG_PARAMETERS: Final = 0x6A86
UNKNOWN_INS: Final = 0x6D00
FAILED: Final = 0x6F00

_SELECT: Final = 0xA4
_GET_RESPONSE: Final = 0xC0
_CHAINED: Final = 0x10
_BY_NAME: Final = 0x04
_HEAD_BYTES: Final = 4
_LONGEST_SHORT: Final = 256

DEFAULT_ATR: Final = bytes.fromhex("3b800181")
"""Direct convention, T=1 alone, no historical bytes (ISO 7816-3)."""


@dataclass(frozen=True, slots=True)
class SimulatedCommand:
    """One command as an applet sees it, pieces put together.

    Args:
        ins: Instruction.
        p1: First parameter.
        p2: Second parameter.
        data: What came with it.
        le: Bytes that are expected, or None for none.
    """

    ins: int
    p1: int
    p2: int
    data: bytes = field(repr=False)
    le: int | None


class SimulatedApplet(Protocol):
    """One application on a card."""

    @property
    def name(self) -> bytes:
        """By which it is selected (AID)."""
        ...

    def reset(self) -> None:
        """Forget everything that was proved or chosen."""
        ...

    def select(self) -> bytes:
        """Be chosen; returns what a select answers."""
        ...

    def answer(self, command: SimulatedCommand) -> tuple[bytes, int]:
        """Answer one command with data and status."""
        ...


class SimulatedChip:
    """One card: what it answers to reset, and to every APDU.

    Args:
        applets: What is on it.
        atr: Answer to reset; empty for a chip that is mute.
        piece_bytes: Longest data of one answer; more is announced by 61xx.
        announces: Whether every answer with data is announced by 61xx, as with T=0.
        exact: Whether a short Le other than the data's length is answered by 6Cxx.
    """

    def __init__(
        self,
        applets: Sequence[SimulatedApplet] = (),
        atr: bytes = DEFAULT_ATR,
        *,
        piece_bytes: int = _LONGEST_SHORT,
        announces: bool = False,
        exact: bool = False,
    ) -> None:
        self.atr = atr
        self._applets = {applet.name: applet for applet in applets}
        self._piece_bytes = piece_bytes
        self._announces = announces
        self._exact = exact
        self._chosen: SimulatedApplet | None = None
        self._waiting = b""
        self._begun = b""

    def reset(self) -> None:
        """Forget everything that was proved or chosen."""
        self._chosen, self._waiting, self._begun = None, b"", b""
        for applet in self._applets.values():
            applet.reset()

    def answer(self, apdu: bytes) -> bytes:
        """Answer one command APDU with data and status."""
        head, body = apdu[:_HEAD_BYTES], apdu[_HEAD_BYTES:]
        split = _split(body)
        if len(head) < _HEAD_BYTES or split is None:
            return _with_status(b"", WRONG_LENGTH)
        data, le = split
        if head[1] == _GET_RESPONSE:
            return self._piece(le or _LONGEST_SHORT)
        if head[0] & _CHAINED:
            self._begun += data
            return _with_status(b"", OK)
        command = SimulatedCommand(head[1], head[2], head[3], self._begun + data, le)
        self._begun = self._waiting = b""
        return self._hand_over(*self._carry_out(command), le)

    def _hand_over(self, answer: bytes, status: int, le: int | None) -> bytes:
        if status != OK or not answer:
            return _with_status(answer, status)
        short = le is None or le <= _LONGEST_SHORT
        if self._exact and short and le not in {len(answer), None} and len(answer) <= _LONGEST_SHORT:
            return _with_status(b"", 0x6C00 | len(answer) % _LONGEST_SHORT)
        if self._announces or len(answer) > self._piece_bytes:
            self._waiting = answer
            return self._piece(0 if self._announces else self._piece_bytes)
        return _with_status(answer, OK)

    def _carry_out(self, command: SimulatedCommand) -> tuple[bytes, int]:
        if command.ins == _SELECT and command.p1 == _BY_NAME:
            applet = next((self._applets[name] for name in self._applets if _fits(command.data, name)), None)
            if applet is None:
                return b"", NOT_FOUND
            self._chosen = applet
            return applet.select(), OK
        if self._chosen is None:
            return b"", UNKNOWN_INS
        return self._chosen.answer(command)

    def _piece(self, most: int) -> bytes:
        piece = self._waiting[: min(most, self._piece_bytes)]
        self._waiting = self._waiting[len(piece) :]
        if not self._waiting:
            return _with_status(piece, OK)
        left = len(self._waiting)
        return _with_status(piece, 0x6100 | (left if left < _LONGEST_SHORT else 0))


def _fits(asked: bytes, name: bytes) -> bool:
    return bool(asked) and name.startswith(asked)


def _with_status(data: bytes, status: int) -> bytes:
    return data + status.to_bytes(2)


def _split(body: bytes) -> tuple[bytes, int | None] | None:
    """Return data and Le of a command's body (ISO 7816-4, 5.2), or None when its length is wrong."""
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or _LONGEST_SHORT
    extended = body[0] == 0
    if extended and len(body) == 3:  # noqa: PLR2004 - a zero and two bytes of Le
        return b"", int.from_bytes(body[1:3]) or 65536
    lead, le_bytes = (3, 2) if extended else (1, 1)
    length = int.from_bytes(body[1:3]) if extended else body[0]
    data, rest = body[lead : lead + length], body[lead + length :]
    if len(data) != length or len(rest) not in {0, le_bytes}:
        return None
    if not rest:
        return data, None
    return data, int.from_bytes(rest) or (65536 if extended else _LONGEST_SHORT)
