"""What goes on inside an SDT reader: the security module and the card in front of it, without the line."""

import struct
from enum import IntEnum

from devices.sim.cards import SimulatedCard

RESET, STATUS, SAM_ID = b"\x10\xff", b"\x11\xff", b"\x12\xff"
FIND, SELECT, READ, NEW_ADDRESS = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03"

COMMANDS = {
    "reset": RESET,
    "status": STATUS,
    "sam-id": SAM_ID,
    "find": FIND,
    "select": SELECT,
    "read": READ,
    "new-address": NEW_ADDRESS,
}

_SUCCESS = b"\x00\x00\x90"
_BAD_ORDER = 0x21
_WITHOUT_CARD = {FIND: 0x80, SELECT: 0x81, READ: 0x41, NEW_ADDRESS: 0x41}
_OUT_OF_ORDER = {FIND: 0x80, SELECT: 0x81}
_SAM_ID = struct.pack("<HHIII", 5, 3, 20260401, 3_000_004_711, 1_002_003_004)
_IIN = bytes.fromhex("00c10d1a")


class _Step(IntEnum):
    """How far the conversation with the card has come."""

    LAID = 0
    FOUND = 1
    SELECTED = 2
    DONE = 3
    """Read, or failed to be read: not found again before it is lifted."""


class SimulatedModule:
    """One reader's inside.

    Attributes:
        spends_cards: Whether a card that failed to be read is found again only after it was lifted.
    """

    def __init__(self) -> None:
        self.spends_cards = True
        self._forced: dict[bytes, tuple[int, float]] = {}
        self._card: SimulatedCard | None = None
        self._step = _Step.LAID

    def lay(self, card: SimulatedCard | None) -> None:
        """Put a card there in place of the one before, or take it away."""
        self._card = card
        self._step = _Step.LAID

    def force(self, command: bytes, sw3: int, answers: float) -> None:
        """Answer a command with a status instead of the truth, so many times."""
        self._forced[command] = (sw3, answers)

    def recover(self) -> None:
        """Answer with the truth again."""
        self._forced.clear()

    def power_up(self) -> None:
        """Forget how far the conversation with the card had come."""
        self._step = _Step.LAID

    def answer(self, request: bytes) -> bytes:
        """Return the body of the answer to the body of a request."""
        command = request[:2]
        sw3, answers = self._forced.get(command, (0, 0.0))
        if answers > 0:
            self._forced[command] = (sw3, answers - 1)
            if self.spends_cards and command in {SELECT, READ}:
                self._step = _Step.DONE
            return bytes([0, 0, sw3])
        return self._about_module(command) or self._about_card(command)

    @staticmethod
    def _about_module(command: bytes) -> bytes:
        if command == SAM_ID:
            return _SUCCESS + _SAM_ID
        return _SUCCESS if command in {RESET, STATUS} else b""

    def _about_card(self, command: bytes) -> bytes:
        card, before = self._card, self._step
        if card is None:
            return bytes([0, 0, _WITHOUT_CARD.get(command, _BAD_ORDER)])
        if command == FIND and before < _Step.DONE:
            self._step = _Step.FOUND
            return b"\x00\x00\x9f" + _IIN
        if command == SELECT and before == _Step.FOUND:
            self._step = _Step.SELECTED
            return _SUCCESS + card.serial
        if command == READ and before >= _Step.SELECTED:
            self._step = _Step.DONE
            return _SUCCESS + card.base_data
        if command == NEW_ADDRESS and before >= _Step.SELECTED:
            return _SUCCESS + card.address_data if card.later_address else b"\x00\x00\x91"
        return bytes([0, 0, _OUT_OF_ORDER.get(command, _BAD_ORDER)])
