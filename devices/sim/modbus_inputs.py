"""A module of digital inputs on a pty: real Modbus RTU frames, and real trouble on request."""

import math
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import ReadDiscreteInputsRequest, ReadDiscreteInputsResponse
from pymodbus.pdu.register_message import ReadInputRegistersRequest, ReadInputRegistersResponse

from devices.sim.paced_line import AnswerFault, PacedLine

BAUD = 115200
_ILLEGAL_FUNCTION = 1
_ILLEGAL_ADDRESS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ModbusFault(AnswerFault):
    """What happens to a module's answers.

    Args:
        exception: They are refusals with this code.
    """

    exception: int | None = None


_SOUND = ModbusFault()


class SimulatedModbusInputs:
    """One module, from ``with`` to its end; its methods may be called from any thread.

    Args:
        link_path: Where the driver finds the port.
        inputs: How many discrete inputs it has, all of them on at first.
        unit: Its address.
        baud: Speed of the line.
    """

    def __init__(self, link_path: Path, inputs: int = 8, unit: int = 1, baud: int = BAUD) -> None:
        self.link_path = link_path
        self._baud = baud
        self._lock = threading.Lock()
        self._unit = unit
        self._bits = [True] * inputs
        self._registers = {0: 250}
        self._framer = FramerRTU(DecodePDU(is_server=True))
        self._heard = b""
        self._asked = 0
        self._fault = _SOUND
        self._fault_answers = 0.0
        self._line: PacedLine | None = None

    def __enter__(self) -> Self:
        """Plug the module in."""
        self.replug()
        return self

    def __exit__(self, *_: object) -> None:
        """Unplug the module."""
        self.unplug()

    # What happens to the housing ------------------------------------------------------------------

    def set(self, bit: int, *, on: bool) -> None:
        """Switch one input."""
        with self._lock:
            self._bits[bit] = on

    def heat(self, tenths_c: int) -> None:
        """Let the thermometer, register 0, say so many tenths of a degree Celsius, from -32768 to 32767."""
        with self._lock:
            self._registers[0] = tenths_c & 0xFFFF

    def unplug(self) -> None:
        """Pull the converter's plug."""
        line, self._line = self._line, None
        if line is not None:
            line.unplug()

    def replug(self, unit: int | None = None) -> None:
        """Plug it in again, or another module with the address ``unit`` in its place."""
        if self._line is None:
            with self._lock:
                self._unit = self._unit if unit is None else unit
                self._heard = b""
            self._line = PacedLine(self.link_path, self._baud, self._hear)

    # What goes wrong ------------------------------------------------------------------------------

    def disturb(self, fault: ModbusFault, answers: int | None = None) -> None:
        """Disturb the next ``answers`` answers; without a number all of them until ``recover``."""
        with self._lock:
            self._fault, self._fault_answers = fault, math.inf if answers is None else answers

    def recover(self) -> None:
        """Have nothing go wrong any more."""
        with self._lock:
            self._fault, self._fault_answers = _SOUND, 0

    @property
    def asked(self) -> int:
        """How many questions came so far."""
        with self._lock:
            return self._asked

    # On the line's thread -------------------------------------------------------------------------

    def _hear(self, line: PacedLine, data: bytes) -> None:
        with self._lock:
            self._heard += data
            used, question = self._framer.handleFrame(self._heard, self._unit, 0)
            self._heard = self._heard[used:]
            if question is None:
                return
            self._asked += 1
            fault = self._next_fault()
            answer = self._answer(question, fault)
        answer.dev_id = question.dev_id
        if not fault.mute:
            _transmit(line, self._framer.buildFrame(answer), fault)

    def _next_fault(self) -> ModbusFault:
        self._fault_answers -= 1
        return self._fault if self._fault_answers >= 0 else _SOUND

    def _answer(self, question: ModbusPDU, fault: ModbusFault) -> ModbusPDU:
        if fault.exception is not None:
            return ExceptionResponse(question.function_code, fault.exception)
        first, end = question.address, question.address + question.count
        match question:
            case ReadDiscreteInputsRequest() if end <= len(self._bits):
                return ReadDiscreteInputsResponse(bits=self._bits[first:end])
            case ReadInputRegistersRequest() if question.count == 1 and first in self._registers:
                return ReadInputRegistersResponse(registers=[self._registers[first]])
            case ReadDiscreteInputsRequest() | ReadInputRegistersRequest():
                return ExceptionResponse(question.function_code, _ILLEGAL_ADDRESS)
            case _:
                return ExceptionResponse(question.function_code, _ILLEGAL_FUNCTION)


def _transmit(line: PacedLine, answer: bytes, fault: ModbusFault) -> None:
    if fault.late_s and line.rest(fault.late_s):
        return
    line.send(fault.damaged(answer))
