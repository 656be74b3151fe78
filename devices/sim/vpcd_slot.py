"""The line between a simulated card and vpcd, the virtual reader of vsmartcard.

Every message is two bytes of length, the highest first, and so many bytes. vpcd sends one byte 00 (power
off), 01 (power on), 02 (reset) or 04 (what was answered to reset?), or an APDU; the last two are answered.
"""

import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from devices.sim.vpcd_card import SimulatedChip

_LENGTH = struct.Struct(">H")
_POWER_OFF, _POWER_ON, _RESET, _ATR = 0, 1, 2, 4


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """What happens to one command, once.

    Args:
        after: Sound answers before it.
        pull: The card is pulled while the command is under way.
        delay_s: The answer comes this late.
        answer: What is answered instead, data and status; None leaves the card's own answer.
    """

    after: int = 0
    pull: bool = False
    delay_s: float = 0.0
    answer: bytes | None = field(default=None, repr=False)

    @classmethod
    def status(cls, status: int, after: int = 0) -> "CardTrouble":
        """Return the trouble of a command that is refused with this status, such as ``0x6982``."""
        return cls(after=after, answer=status.to_bytes(2))


class CardInSlot:
    """One card that sits in a reader until it is pulled, by hand or by its trouble.

    Args:
        line: Connected to vpcd; owned from here on.
        chip: What the card answers.
        trouble: What happens to one of its commands.
    """

    def __init__(self, line: socket.socket, chip: SimulatedChip, trouble: CardTrouble | None = None) -> None:
        self._line = line
        self._chip = chip
        self._trouble = trouble
        self._sound = 0
        self._heard: list[bytes] = []
        self._resets = 0
        self._looks = 0
        self._left_s = 0.0
        self._pulled = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="simulated-card", daemon=True)
        self._thread.start()

    @property
    def inside(self) -> bool:
        """Whether the card is still in the reader."""
        return self._thread.is_alive()

    @property
    def left_s(self) -> float:
        """When the card left the reader, monotonic seconds; 0 while it is inside."""
        return self._left_s

    @property
    def looks(self) -> int:
        """How often the reader has asked whether somebody is there, which vpcd does by asking for the ATR."""
        return self._looks

    @property
    def resets(self) -> int:
        """How often the card was reset or lost its power."""
        return self._resets

    def heard(self) -> tuple[bytes, ...]:
        """Return all commands so far."""
        return tuple(self._heard)

    def disturb(self, trouble: CardTrouble) -> None:
        """Have this happen to one of the commands from now on, instead of what was to happen before."""
        self._trouble, self._sound = trouble, 0

    def pull(self) -> None:
        """Take the card out; pulling it twice changes nothing."""
        self._pulled.set()
        with suppress(OSError):  # the reader may have been faster
            self._line.shutdown(socket.SHUT_RDWR)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _serve(self) -> None:
        self._converse()
        self._left_s = time.monotonic()

    def _converse(self) -> None:
        with self._line, suppress(OSError):
            while (message := self._receive()) is not None:
                if len(message) != 1:
                    self._answer(message)
                elif message[0] == _ATR:
                    self._looks += 1
                    self._send(self._chip.atr)
                elif message[0] in {_RESET, _POWER_OFF, _POWER_ON}:
                    self._resets += message[0] != _POWER_ON
                    self._chip.reset()

    def _answer(self, apdu: bytes) -> None:
        self._heard.append(apdu)
        trouble, self._sound = self._trouble, self._sound + 1
        if trouble is None or self._sound != trouble.after + 1:
            self._send(self._chip.answer(apdu))
            return
        if trouble.pull:
            raise ConnectionAbortedError
        if trouble.delay_s and self._pulled.wait(trouble.delay_s):
            return
        self._send(self._chip.answer(apdu) if trouble.answer is None else trouble.answer)

    def _send(self, data: bytes) -> None:
        self._line.sendall(_LENGTH.pack(len(data)) + data)

    def _receive(self) -> bytes | None:
        head = self._take(_LENGTH.size)
        return None if head is None else self._take(_LENGTH.unpack(head)[0])

    def _take(self, count: int) -> bytes | None:
        data = bytearray()
        while len(data) < count:
            # vpcd sends length and content apart, and waits with the second until the first is acknowledged.
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = self._line.recv(count - len(data))
            if not piece:
                return None
            data += piece
        return bytes(data)
