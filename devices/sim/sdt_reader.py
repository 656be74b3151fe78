"""An identity card reader on a pty: real frames at the speed of a real line, and real trouble on request."""

import math
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

from devices.idcard.frame import FrameReader, encode
from devices.idcard.questions import SPEEDS
from devices.idcard.status import FRAME_CHECKSUM_WRONG, FRAME_LENGTH_WRONG
from devices.sim.cards import SimulatedCard
from devices.sim.paced_line import AnswerFault, PacedLine
from devices.sim.sdt_module import COMMANDS, READ, SPEED, Forced, SimulatedModule

BAUD = 115200


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault(AnswerFault):
    """What happens to a reader's answers.

    Args:
        pause_s: They wait this long after every byte.
        twice: They go out two times.
    """

    pause_s: float = 0.0
    twice: bool = False


_SOUND = LineFault()
_ACCEPTED = encode(b"\x00\x00\x90")


class ReaderCable(Protocol):
    """What the reader speaks through: ``PacedLine`` or ``usb_plug.UsbPlug``."""

    baud: int

    def send(self, data: bytes, at: int = 0) -> bool:
        """Let bytes out that stand at ``at`` in their message; False when it was unplugged meanwhile."""
        ...

    def rest(self, pause_s: float) -> bool:
        """Wait; return whether it was unplugged meanwhile."""
        ...

    def unplug(self) -> None:
        """Take it away under whoever has it open."""
        ...


class SimulatedSdtReader:
    """One reader, from ``with`` to its end; its methods may be called from any thread.

    Args:
        link_path: Where the driver finds the port.
        baud: Speed of the line when the reader has just got power.
    """

    def __init__(self, link_path: Path, baud: int = BAUD) -> None:
        self.link_path = link_path
        self._baud = baud
        self._lock = threading.Lock()
        self._module = SimulatedModule()
        self._frames = FrameReader(least=2)
        self._fault = _SOUND
        self._fault_answers = 0.0
        self._sound_answers = 0
        self._pull_at: int | None = None
        self._heard: list[bytes] = []
        self._line: ReaderCable | None = None

    def __enter__(self) -> Self:
        """Plug the reader in."""
        self.replug()
        return self

    def __exit__(self, *_: object) -> None:
        """Unplug the reader."""
        self.unplug()

    def find_again(self) -> None:
        """Be one of the readers that go on finding a card which they failed to read."""
        with self._lock:
            self._module.spends_cards = False

    # What a hand does -----------------------------------------------------------------------------

    def place(self, card: SimulatedCard) -> None:
        """Lay a card on the reader, in place of one that lies there."""
        with self._lock:
            self._module.lay(card)

    def pull(self) -> None:
        """Take the card away."""
        with self._lock:
            self._module.lay(None)

    def pull_after(self, sent_bytes: int) -> None:
        """Take the card away while its data is on the way: the answer ends there.

        Args:
            sent_bytes: Bytes of the next base read that still go out; with 0 the reader notices in time and
                answers that the read failed.
        """
        with self._lock:
            self._pull_at = sent_bytes

    def unplug(self) -> None:
        """Pull the reader's own plug."""
        line, self._line = self._line, None
        if line is not None:
            line.unplug()

    def replug(self) -> None:
        """Plug the reader in again: it has forgotten how far it was with the card that lies there."""
        if self._line is None:
            with self._lock:
                self._module.power_up()
                self._frames.reset()
            self._line = self._plug_in()

    def _plug_in(self) -> ReaderCable:
        return PacedLine(self.link_path, self._baud, self._hear)

    # What goes wrong ------------------------------------------------------------------------------

    def disturb(self, fault: LineFault, answers: int | None = None) -> None:
        """Disturb the next ``answers`` answers; without a number all of them until ``recover``."""
        self.disturb_after(0, fault, answers)

    def disturb_after(self, sound: int, fault: LineFault, answers: int | None = None) -> None:
        """Disturb ``answers`` answers, or all until ``recover``, after the next ``sound`` ones."""
        with self._lock:
            self._sound_answers = sound
            self._fault, self._fault_answers = fault, math.inf if answers is None else answers

    def force(
        self, command: str, sw3: int, answers: int | None = None, card_status: bytes = b"\x00\x00"
    ) -> None:
        """Answer a command of ``sdt_module.COMMANDS`` with a status, so often or until ``recover``.

        Args:
            command: Which.
            sw3: The reader's status.
            answers: How often.
            card_status: SW1 and SW2.

        Raises:
            KeyError: There is no such command.
        """
        forced = Forced(card_status + bytes([sw3]), math.inf if answers is None else answers)
        with self._lock:
            self._module.force(COMMANDS[command], forced)

    def recover(self) -> None:
        """Have nothing go wrong any more."""
        with self._lock:
            self._fault, self._fault_answers, self._pull_at = _SOUND, 0, None
            self._module.recover()

    def heard(self) -> tuple[bytes, ...]:
        """Return the bodies of all requests so far."""
        with self._lock:
            return tuple(self._heard)

    # On the line's thread -------------------------------------------------------------------------

    def _hear(self, line: ReaderCable, data: bytes) -> None:
        for request in self._frames.feed(data):
            if isinstance(request, bytes):
                self._reply(line, request)
            else:
                wrong = {"checksum": FRAME_CHECKSUM_WRONG, "length": FRAME_LENGTH_WRONG}[request.value]
                line.send(encode(bytes([0, 0, wrong])))

    def _reply(self, line: ReaderCable, request: bytes) -> None:
        with self._lock:
            self._heard.append(request)
            fault = self._next_fault()
            if request[:2] == READ and self._pull_at is not None:
                fault = replace(fault, cut_at=self._pull_at or None)
                if not self._pull_at:
                    self._module.lay(None)
            answer = encode(self._module.answer(request))
            if request[:2] == READ and self._pull_at is not None:
                self._pull_at = None
                self._module.lay(None)
        if not fault.mute:
            _transmit(line, answer, fault)
        if request[:1] == SPEED and answer == _ACCEPTED and request[1] < len(SPEEDS):
            line.baud = SPEEDS[request[1]]

    def _next_fault(self) -> LineFault:
        if self._sound_answers > 0:
            self._sound_answers -= 1
            return _SOUND
        self._fault_answers -= 1
        return self._fault if self._fault_answers >= 0 else _SOUND


def _transmit(line: ReaderCable, answer: bytes, fault: LineFault) -> None:
    if fault.late_s and line.rest(fault.late_s):
        return
    answer = fault.damaged(answer)
    for _ in range(2 if fault.twice else 1):
        if not fault.pause_s:
            line.send(answer)
            continue
        for at, byte in enumerate(answer):
            if not line.send(bytes([byte]), at) or line.rest(fault.pause_s):
                return
