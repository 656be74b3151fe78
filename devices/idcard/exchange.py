"""One question, one answer with an SDT reader, over a line that loses, delays and garbles bytes.

Frames carry no number, so an answer that comes late looks like the answer to the next question. After
every trouble the link therefore asks for the number of the security module, whose answer looks like no
other: the reader works through its questions in order, so all that comes before that answer is old.
"""

import time
from dataclasses import dataclass
from typing import Protocol

from devices.errors import DeviceError, Remedy
from devices.idcard.frame import MAX_LENGTH, Answer, Damage, FrameReader, encode
from devices.idcard.record import TEXT_BYTES
from devices.idcard.status import (
    FOUND,
    FRAME_CHECKSUM_WRONG,
    FRAME_LENGTH_WRONG,
    LINE_ERROR,
    SUCCESS,
)

NO_ANSWER = "idcard.no-answer"
_GAP_S = 0.3
"""A frame that pauses this long has lost its end: bytes follow each other within 0.1 ms, USB adds 16 ms."""
_QUICK_SHARE = 1 / 3
"""Part of the time limit that questions get which the reader answers without talking to a card."""


@dataclass(frozen=True, slots=True)
class Question:
    """One command, and what tells its answer from that to another one.

    Args:
        body: CMD and PARA.
        success: SW3 when all is well.
        data_bytes: Fewest and most bytes of data with ``success``.
        quick: Whether the reader answers without reading from a card.
    """

    body: bytes
    success: int = SUCCESS
    data_bytes: tuple[int, int] = (0, 0)
    quick: bool = True

    def fits(self, answer: Answer) -> bool:
        """Return whether this may be the answer: any failure, or this question's own kind of success."""
        if answer.sw3 in {SUCCESS, FOUND}:
            least, most = self.data_bytes
            return answer.sw3 == self.success and least <= len(answer.data) <= most
        return True


RESET = Question(b"\x10\xff", quick=False)
STATUS = Question(b"\x11\xff")
SAM_ID = Question(b"\x12\xff", data_bytes=(16, 16))
FIND = Question(b"\x20\x01", success=FOUND, data_bytes=(4, 4))
SELECT = Question(b"\x20\x02", data_bytes=(8, 8))
READ = Question(b"\x30\x01", data_bytes=(4 + TEXT_BYTES, MAX_LENGTH), quick=False)
NEW_ADDRESS = Question(b"\x30\x03", data_bytes=(70, 70), quick=False)


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


class SdtLink:
    """Asks questions over a line.

    Args:
        device: Logical name, for errors.
        line: To the reader.
        timeout_s: For the answer to the slowest question, a whole card.
    """

    def __init__(self, device: str, line: ByteLine, timeout_s: float) -> None:
        self._device = device
        self._line = line
        self._timeout_s = timeout_s
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
        deadline_s = time.monotonic() + self._limit_s(SAM_ID)
        while (left_s := deadline_s - time.monotonic()) > 0:
            for found in self._frames.feed(self._line.receive(left_s)):
                if (
                    isinstance(found, bytes)
                    and len((answer := Answer.of(found)).data) == SAM_ID.data_bytes[0]
                ):
                    self._suspect = False
                    return answer.data
        raise DeviceError(self._device, NO_ANSWER, Remedy.RETRY, "asked for the number of the module")

    def _send(self, question: Question) -> None:
        self._line.drain()
        self._frames.reset()
        self._line.send(encode(question.body), self._limit_s(question))

    def _await(self, question: Question) -> Answer | Damage | None:
        deadline_s = time.monotonic() + self._limit_s(question)
        while (left_s := deadline_s - time.monotonic()) > 0:
            data = self._line.receive(min(left_s, _GAP_S) if self._frames.started else left_s)
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
        return self._timeout_s * (_QUICK_SHARE if question.quick else 1.0)
