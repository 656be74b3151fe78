"""How many bytes cross the wire when a card is read, and how long they need at least."""

from devices.idcard.frame import encode
from devices.idcard.questions import FIND, READ, SELECT
from devices.idcard.record import TEXT_BYTES

BAUD = 115200
BITS_PER_BYTE = 10
"""Start bit, eight data bits, stop bit."""
_STATUS_BYTES = 3
_IIN_BYTES = 4
_SERIAL_BYTES = 8
_LENGTHS_BYTES = 4
_PHOTO_BYTES = 1024


def card_bytes() -> int:
    """Return the bytes of find, select and read, three requests and three answers (frames of GA/T 467)."""
    data_bytes = {FIND: _IIN_BYTES, SELECT: _SERIAL_BYTES, READ: _LENGTHS_BYTES + TEXT_BYTES + _PHOTO_BYTES}
    return sum(
        len(encode(question.body)) + len(encode(bytes(_STATUS_BYTES + count)))
        for question, count in data_bytes.items()
    )


def wire_s() -> float:
    """Return how long those bytes are on the wire."""
    return card_bytes() * BITS_PER_BYTE / BAUD
