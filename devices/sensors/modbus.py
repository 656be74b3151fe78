"""One question, one answer with a Modbus RTU module; frames are pymodbus's, the line is ours.

Modbus over Serial Line V1.02 and Modbus Application Protocol V1.1b3 (modbus.org). pymodbus's own serial
client is not used: it measures its waiting by the wall clock, which may be set back by an hour, it cannot
tell a wrong checksum from silence, and it keeps why a port could not be opened to itself.

Frames carry no number, so an answer that comes late looks like the answer to the next question. After an
answer that did not come, nothing is asked until the line has been quiet for as long as an answer may take.
"""

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import ReadDiscreteInputsRequest, ReadDiscreteInputsResponse
from pymodbus.pdu.register_message import ReadInputRegistersRequest, ReadInputRegistersResponse

from devices.errors import DeviceError, Remedy
from devices.transports.waiting import first_bytes, waits

NO_ANSWER: Final = "sensors.no-answer"
LINE_ERROR: Final = "sensors.line-error"
REFUSED: Final = "sensors.refused"
MODULE_FAILED: Final = "sensors.module-failed"
BUSY: Final = "sensors.busy"

_EXCEPTION_BYTES: Final = 5
"""Unit, function with its top bit set, cause, checksum."""
_FRAME_BYTES: Final = 5
"""What an answer has around its data: unit, function, count, checksum."""
_EXCEPTION_BIT: Final = 0x80
_QUIET_LIMIT: Final = 4
"""So many times in a row a line that never becomes quiet is waited for before it counts as broken."""

_CAUSES: Final = {
    1: (REFUSED, Remedy.SERVICE),  # illegal function
    2: (REFUSED, Remedy.SERVICE),  # illegal data address
    3: (REFUSED, Remedy.SERVICE),  # illegal data value
    5: (BUSY, Remedy.RETRY),  # acknowledge: wait
    6: (BUSY, Remedy.RETRY),  # server device busy
}
"""Exception codes of the application protocol, section 7; any other one is a failure of the module."""


class ByteLine(Protocol):
    """What ``transports.serial.SerialLine`` offers."""

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send all of ``data``."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what has come, waiting up to ``timeout_s`` for the first byte; may be empty."""
        ...

    def drain(self) -> None:
        """Forget what has come."""
        ...


@dataclass(frozen=True, slots=True)
class Damage:
    """What came is no answer to the question; says what is wrong with it."""

    detail: str


def decode(data: bytes, unit: int) -> ModbusPDU | Damage:
    """Return the one answer that ``data`` is; raises nothing, whatever came."""
    framer = FramerRTU(DecodePDU(is_server=False))
    try:
        _, pdu = framer.handleFrame(data, unit, 0)
    except (ModbusException, LookupError, ValueError, struct.error) as error:
        return Damage(type(error).__name__)
    return pdu or Damage("wrong checksum, length or unit")


class ModbusLink:
    """Asks one module.

    Args:
        device: Logical name, for errors.
        line: To the module.
        unit: Its address.
        timeout_s: For an answer.
        watch: Seconds that only go forward.
    """

    def __init__(
        self,
        device: str,
        line: ByteLine,
        unit: int,
        timeout_s: float,
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._device = device
        self._line = line
        self._unit = unit
        self._timeout_s = timeout_s
        self._watch = watch
        self._framer = FramerRTU(DecodePDU(is_server=False))
        self._suspect = True

    def inputs(self, address: int, count: int) -> tuple[bool, ...]:
        """Return the states of ``count`` discrete inputs (function 02).

        Raises:
            DeviceError: ``sensors.no-answer``, ``sensors.line-error`` or ``sensors.busy`` (retry);
                ``sensors.refused`` or ``sensors.module-failed`` (service); the line's own.
        """
        question = ReadDiscreteInputsRequest(address=address, count=count, dev_id=self._unit)
        answer = self._ask(question, (count + 7) // 8, ReadDiscreteInputsResponse)
        return tuple(answer.bits[:count])

    def register(self, address: int) -> int:
        """Return one input register (function 04), -32768 to 32767.

        Raises:
            DeviceError: As ``inputs``.
        """
        question = ReadInputRegistersRequest(address=address, count=1, dev_id=self._unit)
        (value,) = self._ask(question, 2, ReadInputRegistersResponse).registers
        return value - 0x10000 if value & 0x8000 else value

    def _ask(self, question: ModbusPDU, data_bytes: int, kind: type[ModbusPDU]) -> ModbusPDU:
        """Ask, and once more when the answer was lost or damaged on its way."""
        try:
            return self._ask_once(question, data_bytes, kind)
        except DeviceError as error:
            if error.code not in {NO_ANSWER, LINE_ERROR}:
                raise
        return self._ask_once(question, data_bytes, kind)

    def _ask_once(self, question: ModbusPDU, data_bytes: int, kind: type[ModbusPDU]) -> ModbusPDU:
        if self._suspect:
            self._await_quiet()
        self._line.drain()
        self._suspect = True
        self._line.send(self._framer.buildFrame(question), self._timeout_s)
        data = self._receive(_FRAME_BYTES + data_bytes)
        if not data:
            raise DeviceError(self._device, NO_ANSWER, Remedy.RETRY, f"in {self._timeout_s:g} s")
        answer = decode(data, self._unit)
        if isinstance(answer, ExceptionResponse):
            self._suspect = False
            code, remedy = _CAUSES.get(answer.exception_code, (MODULE_FAILED, Remedy.SERVICE))
            raise DeviceError(self._device, code, remedy, f"exception {answer.exception_code}")
        if not isinstance(answer, kind) or len(data) != _FRAME_BYTES + data_bytes:
            detail = answer.detail if isinstance(answer, Damage) else "answers another question"
            raise DeviceError(self._device, LINE_ERROR, Remedy.RETRY, detail)
        self._suspect = False
        return answer

    def _receive(self, whole_bytes: int) -> bytes:
        """Return an answer of this length, an exception, or what came of either in time."""
        data = b""
        for left_s in waits(self._timeout_s, self._watch):
            data += self._line.receive(left_s)
            is_exception = len(data) >= _EXCEPTION_BYTES and data[1] & _EXCEPTION_BIT
            if is_exception or len(data) >= whole_bytes:
                break
        return data

    def _await_quiet(self) -> None:
        for _ in range(_QUIET_LIMIT):
            if not first_bytes(self._line.receive, self._timeout_s, self._watch):
                return
        raise DeviceError(self._device, LINE_ERROR, Remedy.RETRY, "the line does not become quiet")
