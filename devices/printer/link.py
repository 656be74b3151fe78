"""A conversation with a printer: questions answered one at a time, everything else heard on the way."""

from collections.abc import Callable
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.printer.encode import AUTOMATIC_STATUS_ON, INFORMATION, INITIALISE, real_time_query
from devices.printer.faults import GARBLED, SILENT, STALLED, worst_fault
from devices.printer.status import (
    AutomaticStatus,
    Barrier,
    Demultiplexer,
    Noise,
    PrinterStatus,
    RealTimeAnswer,
    Words,
    read_answer,
)
from devices.transports.byte_stream import ByteStream, LinkStalledError
from devices.transports.waiting import waits

QUESTIONS: Final = (1, 2, 3, 4)
ABOUT: Final = {66: "vendor", 67: "model", 65: "firmware", 68: "serial"}
"""What GS I tells in words; asked in this order, and no further when the first stays without answer."""
_SETTLE_S: Final = 0.01


class PrinterLink:
    """One connection to one printer.

    Args:
        device: Logical name, for errors.
        stream: The open connection, owned from here on.
        answer_timeout_s: Within which a question has to be answered.
    """

    def __init__(self, device: str, stream: ByteStream, answer_timeout_s: float) -> None:
        self._device = device
        self._stream = stream
        self._answer_timeout_s = answer_timeout_s
        self._demultiplexer = Demultiplexer()
        self._answers: list[int] = []
        self._words: list[str] = []
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
                ``printer.stalled`` (service) when the printer takes no question.
            LinkLostError: The connection broke.
        """
        try:
            return self._probe()
        except LinkStalledError as error:
            # HARDWARE: a printer that stands still with a full buffer reads nothing; what it said last holds.
            fault = worst_fault(self.reported)
            if fault is not None and fault.blocks:
                return self.reported
            raise DeviceError(self._device, STALLED, Remedy.SERVICE, "takes no question") from error

    def greet(self) -> None:
        """Ask the printer to tell of every change by itself; a printer that was off has forgotten it.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken in time.
        """
        self._greeted = True
        self.send(AUTOMATIC_STATUS_ON, self._answer_timeout_s)

    def identify(self) -> dict[str, str]:
        """Ask who the printer is; only for one that is online and has nothing waiting.

        Returns:
            As much of vendor, model, firmware and serial as it tells, or nothing.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken in time.
        """
        known: dict[str, str] = {}
        for number, key in ABOUT.items():
            self._words.clear()
            self.send(INFORMATION + bytes((number,)), self._answer_timeout_s)
            self.listen_until(lambda: bool(self._words), self._answer_timeout_s)
            if self._words:
                known[key] = self._words[0]
            elif not known:
                break
        if not known:
            # A printer that does not know the command may have taken its last byte for a letter to print.
            self.send(INITIALISE, self._answer_timeout_s)
        return known

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> None:
        """Send bytes and take in what the printer says meanwhile.

        Raises:
            LinkLostError: The connection broke.
            LinkStalledError: Not everything was taken in time.
        """
        self._hear(self._stream.send(data, timeout_s, urgent=urgent))

    def listen(self, timeout_s: float) -> bool:
        """Take in what the printer says within ``timeout_s``; return whether it said anything.

        Raises:
            LinkLostError: The connection broke.
        """
        heard = self._stream.receive(timeout_s)
        self._hear(heard)
        return bool(heard)

    def listen_until(self, done: Callable[[], bool], timeout_s: float) -> bool:
        """Take in what the printer says until ``done``, for ``timeout_s`` at most; return whether it is.

        Raises:
            LinkLostError: The connection broke.
        """
        for left_s in waits(timeout_s):
            if done():
                return True
            self.listen(left_s)
        return done()

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()

    def _probe(self) -> PrinterStatus:
        self._noise = 0
        if not self._greeted:
            self.greet()
        status = PrinterStatus()
        for question in QUESTIONS:
            status = read_answer(status, question, self._ask(question))
        self.reported = status
        return status

    def _ask(self, question: int) -> int:
        # The answer does not say which question it belongs to: nothing old may be left lying around.
        while self.listen(0):
            pass
        self._answers.clear()
        self._demultiplexer.forget_words()
        self.send(real_time_query(question), self._answer_timeout_s, urgent=True)
        if not self.listen_until(lambda: bool(self._answers), self._answer_timeout_s):
            raise self._unanswered(question)
        # HARDWARE: some controllers answer twice when the question arrives over Ethernet; the second
        # answer must not be taken for that of the next question.
        while self.listen(_SETTLE_S):
            pass
        return self._answers[0]

    def _unanswered(self, question: int) -> DeviceError:
        if self._noise:
            return DeviceError(
                self._device, GARBLED, Remedy.SERVICE, f"{self._noise} bytes that are no status"
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
                case Words(text):
                    self._words.append(text)
                case Noise():
                    self._noise += 1
