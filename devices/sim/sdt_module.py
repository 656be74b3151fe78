"""What goes on inside an SDT reader: the security module and the card in front of it, without the line."""

import math
import struct
from dataclasses import dataclass
from enum import IntEnum

from devices.sim.cards import SimulatedCard

RESET, STATUS, SAM_ID = b"\x10\xff", b"\x11\xff", b"\x12\xff"
FIND, SELECT, READ, NEW_ADDRESS = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03"
CHIP_NUMBERS, READ_WITH_FINGERPRINTS = b"\x30\x05", b"\x30\x10"
SPEED, RADIO_FRAME = b"\x60", b"\x61"

COMMANDS = {
    "reset": RESET,
    "status": STATUS,
    "sam-id": SAM_ID,
    "find": FIND,
    "select": SELECT,
    "read": READ,
    "new-address": NEW_ADDRESS,
    "chip-numbers": CHIP_NUMBERS,
    "read-with-fingerprints": READ_WITH_FINGERPRINTS,
    "speed": SPEED,
    "radio-frame": RADIO_FRAME,
}

_SUCCESS = b"\x00\x00\x90"
_BAD_ORDER = 0x21
_WITHOUT_CARD = {FIND: 0x80, SELECT: 0x81, READ: 0x41, NEW_ADDRESS: 0x41, READ_WITH_FINGERPRINTS: 0x41}
_OUT_OF_ORDER = {FIND: 0x80, SELECT: 0x81}
_READS = frozenset({READ, READ_WITH_FINGERPRINTS})
_SAM_ID = struct.pack("<HHIII", 5, 3, 20260401, 3_000_004_711, 1_002_003_004)


class _Step(IntEnum):
    """How far the conversation with the card has come."""

    LAID = 0
    FOUND = 1
    SELECTED = 2
    DONE = 3
    """Read, or failed to be read: not found again before it is lifted."""


@dataclass(frozen=True, slots=True)
class Forced:
    """A status in place of the truth.

    Args:
        status: SW1, SW2, SW3.
        answers: So many times.
    """

    status: bytes
    answers: float = math.inf


class SimulatedModule:
    """One reader's inside.

    Attributes:
        spends_cards: Whether a card that failed to be read is found again only after it was lifted.
    """

    def __init__(self) -> None:
        self.spends_cards = True
        self._forced: dict[bytes, Forced] = {}
        self._card: SimulatedCard | None = None
        self._step = _Step.LAID

    def lay(self, card: SimulatedCard | None) -> None:
        """Put a card there in place of the one before, or take it away."""
        self._card = card
        self._step = _Step.LAID

    def force(self, command: bytes, forced: Forced) -> None:
        """Answer a command with a status instead of the truth."""
        self._forced[command] = forced

    def recover(self) -> None:
        """Answer with the truth again."""
        self._forced.clear()

    def power_up(self) -> None:
        """Forget how far the conversation with the card had come."""
        self._step = _Step.LAID

    def answer(self, request: bytes) -> bytes:
        """Return the body of the answer to the body of a request."""
        command = request[:2]
        key = command if command in self._forced else command[:1]
        forced = self._forced.get(key)
        if forced is not None and forced.answers > 0:
            self._forced[key] = Forced(forced.status, forced.answers - 1)
            if self.spends_cards and (command == SELECT or command in _READS):
                self._step = _Step.DONE
            return forced.status
        return self._about_module(command) or self._about_card(command)

    @staticmethod
    def _about_module(command: bytes) -> bytes:
        if command == SAM_ID:
            return _SUCCESS + _SAM_ID
        settings = command[:1] in {SPEED, RADIO_FRAME}
        return _SUCCESS if settings or command in {RESET, STATUS} else b""

    def _about_card(self, command: bytes) -> bytes:
        card, before = self._card, self._step
        if card is None:
            return bytes([0, 0, _WITHOUT_CARD.get(command, _BAD_ORDER)])
        if command == FIND and before < _Step.DONE:
            self._step = _Step.FOUND
            return b"\x00\x00\x9f" + card.issue
        if command == SELECT and before == _Step.FOUND:
            self._step = _Step.SELECTED
            return _SUCCESS + card.serial
        if before >= _Step.SELECTED:
            return self._contents(card, command)
        return bytes([0, 0, _OUT_OF_ORDER.get(command, _BAD_ORDER)])

    def _contents(self, card: SimulatedCard, command: bytes) -> bytes:
        if command in _READS:
            self._step = _Step.DONE
            return _SUCCESS + (card.base_data if command == READ else card.data_with_fingerprints)
        if command == NEW_ADDRESS:
            return _SUCCESS + card.address_data if card.address_data else b"\x00\x00\x91"
        if command == CHIP_NUMBERS:
            return _SUCCESS + card.chip_data
        return bytes([0, 0, _OUT_OF_ORDER.get(command, _BAD_ORDER)])
