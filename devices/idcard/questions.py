"""The commands of an SDT reader, and what their answers look like (GA/T 467)."""

from dataclasses import dataclass
from typing import Final

from devices.idcard.frame import MAX_LENGTH, Answer
from devices.idcard.record import ADDRESS_BYTES
from devices.idcard.sam import CHIP_BYTES
from devices.idcard.status import FOUND, SUCCESS

SPEEDS: Final = (115200, 57600, 38400, 19200, 9600)
"""What a reader's line can be set to, in the order of the command's argument."""

_LEAST_CARD_BYTES: Final = ADDRESS_BYTES + 1
"""More than any other answer: a card with too little text is a card nevertheless, and told as one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One command, and what tells its answer from that to another one.

    Args:
        body: CMD, PARA and data.
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


RESET: Final = Question(b"\x10\xff", quick=False)
STATUS: Final = Question(b"\x11\xff")
SAM_ID: Final = Question(b"\x12\xff", data_bytes=(16, 16))
FIND: Final = Question(b"\x20\x01", success=FOUND, data_bytes=(4, 4))
SELECT: Final = Question(b"\x20\x02", data_bytes=(8, 8))
READ: Final = Question(b"\x30\x01", data_bytes=(_LEAST_CARD_BYTES, MAX_LENGTH), quick=False)
NEW_ADDRESS: Final = Question(b"\x30\x03", data_bytes=(ADDRESS_BYTES, ADDRESS_BYTES), quick=False)
CHIP_NUMBERS: Final = Question(b"\x30\x05", data_bytes=(CHIP_BYTES, CHIP_BYTES), quick=False)
READ_WITH_FINGERPRINTS: Final = Question(b"\x30\x10", data_bytes=(_LEAST_CARD_BYTES, MAX_LENGTH), quick=False)


def set_speed(baud: int) -> Question:
    """Return the command that sets the line's speed; its answer comes at the old one.

    Args:
        baud: One of ``SPEEDS``.
    """
    return Question(bytes([0x60, SPEEDS.index(baud)]))


def set_radio_frame(size: int) -> Question:
    """Return the command that sets how much is said to a card at once, as the reader's maker numbers it.

    Args:
        size: From 0 to 255.
    """
    return Question(bytes([0x61, size]))
