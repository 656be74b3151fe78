"""One question, one answer with an SDT reader, over a line that loses, delays and garbles bytes.

Frames carry no number, so an answer that comes late looks like the answer to the next question. After
every trouble the link therefore asks for the number of the security module, whose answer looks like no
other: the reader works through its questions in order, so all that comes before that answer is old.
"""

import time
from collections.abc import Callable
from typing import Protocol

from devices.errors import DeviceError, Remedy
from devices.idcard.frame import Answer, Damage, FrameReader, encode
from devices.idcard.questions import SAM_ID, Question
from devices.idcard.status import FRAME_CHECKSUM_WRONG, FRAME_LENGTH_WRONG, LINE_ERROR
from devices.transports.waiting import first_bytes, waits

NO_ANSWER = "idcard.no-answer"
_GAP_S = 0.3
"""A frame that pauses this long has lost its end: bytes follow each other within 0.1 ms, USB adds 16 ms."""
_QUICK_SHARE = 1 / 3
"""Part of the time limit that questions get which the reader answers without talking to a card."""


class ByteLine(Protocol):
    """What ``transports.serial.SerialLine`` and ``transports.usb_pipes.UsbPipes`` offer."""

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send all of ``data``."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what has come, waiting up to ``timeout_s`` for the first byte; may be empty."""
        ...

    def drain(self) -> None:
        """Forget what has come."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


class SdtLink:
    """Asks questions over a line.

    Args:
        device: Logical name, for errors.
        line: To the reader.
        timeout_s: Until the reader answers the slowest question, that for a whole card.
        byte_s: What one byte takes on the line, 0 where that does not matter.
        watch: Seconds that only go forward.
    """

    def __init__(
        self,
        device: str,
        line: ByteLine,
        timeout_s: float,
        byte_s: float = 0.0,
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._device = device
        self._line = line
        self._timeout_s = timeout_s
        self._byte_s = byte_s
        self._watch = watch
        self._frames = FrameReader()
        self._suspect = True

    def ask(self, question: Question) -> Answer:
        """Return the answer; asks a second time when the first was lost or damaged on its way.

        Raises:
            DeviceError: ``idcard.no-answer`` or ``idcard.line-error`` (both retry), or the line's own.
        """
        trouble = NO_ANSWER
        for _attempt in range(2):
            if self._suspect:
                self.synchronise()
            self._send(question)
            answer = self._await(question)
            if isinstance(answer, Answer) and answer.sw3 not in {FRAME_CHECKSUM_WRONG, FRAME_LENGTH_WRONG}:
                return answer
            self._suspect = True
            trouble = NO_ANSWER if answer is None else LINE_ERROR.code
        raise DeviceError(self._device, trouble, Remedy.RETRY, f"asked {question.body.hex()}")

    def synchronise(self) -> bytes:
        """Return the 16 bytes of the security module's number, with every older answer out of the way.

        Raises:
            DeviceError: ``idcard.no-answer`` (retry), or the line's own.
        """
        self._suspect = True
        self._send(SAM_ID)
        for left_s in waits(self._limit_s(SAM_ID), self._watch):
            for found in self._frames.feed(self._line.receive(left_s)):
                if (
                    isinstance(found, bytes)
                    and len((answer := Answer.of(found)).data) == SAM_ID.data_bytes[0]
                ):
                    self._suspect = False
                    return answer.data
        raise DeviceError(self._device, NO_ANSWER, Remedy.RETRY, "asked for the number of the module")

    def drain(self) -> None:
        """Forget what has come; also tells a line that vanished while nobody asked.

        Raises:
            DeviceError: The line's own.
        """
        self._line.drain()

    def _send(self, question: Question) -> None:
        self._line.drain()
        self._frames.reset()
        self._line.send(encode(question.body), self._limit_s(question))

    def _await(self, question: Question) -> Answer | Damage | None:
        for left_s in waits(self._limit_s(question), self._watch):
            limit_s = min(left_s, _GAP_S) if self._frames.started else left_s
            data = first_bytes(self._line.receive, limit_s, self._watch)
            if not data and self._frames.started:
                return Damage.LENGTH
            found = self._frames.feed(data)
            answers = [Answer.of(body) for body in found if isinstance(body, bytes)]
            for answer in filter(question.fits, answers):
                return answer
            if len(answers) < len(found):
                return Damage.CHECKSUM
        return None

    def _limit_s(self, question: Question) -> float:
        _, most_bytes = question.data_bytes
        return self._timeout_s * (_QUICK_SHARE if question.quick else 1.0) + most_bytes * self._byte_s
