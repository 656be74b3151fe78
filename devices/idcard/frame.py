"""SDT frames: preamble, big-endian length of all that follows, body, XOR of length and body (GA/T 467)."""

from dataclasses import dataclass
from enum import Enum
from functools import reduce

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
MAX_LENGTH = 0x0B00
"""Above the longest answer, a card with text, photo and two fingerprints."""
HEAD_BYTES = len(PREAMBLE) + 2
"""What goes before the body: preamble and length."""
_STATUS_BYTES = 3


class Damage(Enum):
    """What was wrong with a frame that was dropped."""

    LENGTH = "length"
    CHECKSUM = "checksum"


def checksum(data: bytes | bytearray | memoryview) -> int:
    """Return the XOR of all bytes."""
    return reduce(int.__xor__, data, 0)


def encode(body: bytes) -> bytes:
    """Return one frame.

    Args:
        body: ``CMD PARA DATA…`` of a request or ``SW1 SW2 SW3 DATA…`` of an answer, without checksum.
    """
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def body_bytes(head: bytes) -> int:
    """Return how many bytes follow a head of ``HEAD_BYTES``, checksum included; 0 for what is no head."""
    length = int.from_bytes(head[len(PREAMBLE) :], "big")
    return length if head.startswith(PREAMBLE) and length <= MAX_LENGTH else 0


class FrameReader:
    """Finds frames in a stream of bytes, whatever else is in it.

    Args:
        least: Shortest body that is no damage: 2 for requests, 3 for answers.
    """

    def __init__(self, least: int = _STATUS_BYTES) -> None:
        self._least = least
        self._buffer = bytearray()

    @property
    def started(self) -> bool:
        """Whether a frame has begun and is not yet complete."""
        return len(self._buffer) >= len(PREAMBLE)

    def feed(self, data: bytes) -> list[bytes | Damage]:
        """Return what became complete with these bytes, in order: bodies without checksum, and damages.

        A damaged frame is searched for another one that begins inside it.
        """
        self._buffer += data
        found: list[bytes | Damage] = []
        while self._hunt():
            length = int.from_bytes(self._buffer[len(PREAMBLE) : HEAD_BYTES], "big")
            if not self._least < length <= MAX_LENGTH:
                found.append(Damage.LENGTH)
                self._forget(1)
                continue
            end = HEAD_BYTES + length
            if len(self._buffer) < end:
                break
            if checksum(self._buffer[len(PREAMBLE) : end]):
                found.append(Damage.CHECKSUM)
                self._forget(1)
                continue
            found.append(bytes(self._buffer[HEAD_BYTES : end - 1]))
            self._forget(end)
        return found

    def reset(self) -> None:
        """Forget the beginning of a frame."""
        self._forget(len(self._buffer))

    def _hunt(self) -> bool:
        """Drop what cannot begin a frame; return whether a preamble and a length are there."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            self._forget(max(len(self._buffer) - len(PREAMBLE) + 1, 0))
            return False
        self._forget(start)
        return len(self._buffer) >= HEAD_BYTES

    def _forget(self, count: int) -> None:
        self._buffer[:count] = bytes(count)  # may be the person who stood here before
        del self._buffer[:count]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the reader.

    Args:
        sw1: First byte of the card's own status, 0 when the card was not asked or agreed.
        sw2: Second byte of it.
        sw3: State of the reader, see ``status``.
        data: What was asked for.
    """

    sw1: int
    sw2: int
    sw3: int
    data: bytes

    @classmethod
    def of(cls, body: bytes) -> "Answer":
        """Take apart a body of at least three bytes, as ``FrameReader`` yields it."""
        return cls(body[0], body[1], body[2], body[_STATUS_BYTES:])

    @property
    def status(self) -> str:
        """The three bytes of status in hexadecimal."""
        return bytes((self.sw1, self.sw2, self.sw3)).hex().upper()

    def __repr__(self) -> str:
        """Hide the data, which may be a person."""
        return f"Answer({self.sw1:02X} {self.sw2:02X} {self.sw3:02X} + {len(self.data)} bytes)"
