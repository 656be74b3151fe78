"""A conversation with a printer: questions answered one at a time, everything else heard on the way."""

import time
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.printer.encode import AUTOMATIC_STATUS_ON, real_time_query
from devices.printer.faults import SILENT
from devices.printer.status import (
    AutomaticStatus,
    Barrier,
    Demultiplexer,
    Noise,
    PrinterStatus,
    RealTimeAnswer,
    read_answer,
)
from devices.transports.tcp import TcpStream

QUESTIONS: Final = (1, 2, 3, 4)
_ANSWER_TIMEOUT_S: Final = 0.6
_SETTLE_S: Final = 0.01


class PrinterLink:
    """One connection to one printer.

    Args:
        device: Logical name, for errors.
        stream: The open connection, owned from here on.
    """

    def __init__(self, device: str, stream: TcpStream) -> None:
        self._device = device
        self._stream = stream
        self._demultiplexer = Demultiplexer()
        self._answers: list[int] = []
        self._noise = 0
        self._greeted = False
        self.reported = PrinterStatus()
        """What the printer last said of itself, asked or not."""
        self.barriers = 0
        """How many barriers were answered since this was last set to 0."""

    def probe(self) -> PrinterStatus:
        """Ask for the whole status; works while the printer is offline.

        The first time, the printer is also asked to tell of every change by itself from then on: once it
        takes no more bytes it cannot be asked any more.

        Raises:
            DeviceError: ``printer.silent`` or ``printer.garbled`` (service) when no answer comes;
                ``device.link-lost``, ``device.link-stalled`` (retry).
        """
        self._noise = 0
        if not self._greeted:
            self._greeted = True
            self.send(AUTOMATIC_STATUS_ON, _ANSWER_TIMEOUT_S)
        status = PrinterStatus()
        for question in QUESTIONS:
            status = read_answer(status, question, self._ask(question))
        self.reported = status
        return status

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send bytes and take in what the printer says meanwhile.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken in time.
        """
        self._hear(self._stream.send(data, timeout_s))

    def listen(self, timeout_s: float) -> bool:
        """Take in what the printer says within ``timeout_s``; return whether it said anything.

        Raises:
            LinkLostError: The connection broke.
        """
        heard = self._stream.receive(timeout_s)
        self._hear(heard)
        return bool(heard)

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()

    def _ask(self, question: int) -> int:
        # The answer does not say which question it belongs to: nothing old may be left lying around.
        while self.listen(0):
            pass
        self._answers.clear()
        self.send(real_time_query(question), _ANSWER_TIMEOUT_S)
        deadline_s = time.monotonic() + _ANSWER_TIMEOUT_S
        while not self._answers:
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                raise self._unanswered(question)
            self.listen(left_s)
        # HARDWARE: some controllers answer twice when the question arrives over Ethernet; the second
        # answer must not be taken for that of the next question.
        while self.listen(_SETTLE_S):
            pass
        return self._answers[0]

    def _unanswered(self, question: int) -> DeviceError:
        if self._noise:
            return DeviceError(
                self._device, "printer.garbled", Remedy.SERVICE, f"{self._noise} bytes that are no status"
            )
        return DeviceError(self._device, SILENT, Remedy.SERVICE, f"no answer to DLE EOT {question}")

    def _hear(self, data: bytes) -> None:
        for said in self._demultiplexer.feed(data):
            match said:
                case RealTimeAnswer(value):
                    self._answers.append(value)
                case AutomaticStatus(status):
                    self.reported = status
                case Barrier():
                    self.barriers += 1
                case Noise():
                    self._noise += 1
