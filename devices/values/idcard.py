"""What an identity card holds besides text."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

PHOTO_WIDTH_PX: Final = 102
PHOTO_HEIGHT_PX: Final = 126
PHOTO_BYTES: Final = PHOTO_WIDTH_PX * PHOTO_HEIGHT_PX * 3
"""38 556, as the decoders of all makers hand it over."""


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """The portrait on a card, ``PHOTO_WIDTH_PX`` by ``PHOTO_HEIGHT_PX``.

    Args:
        pixels: Blue, green, red of one pixel after the other, row by row from the top, without gaps.
    """

    pixels: bytes

    def picture(self) -> NDArray[np.uint8]:
        """Return the portrait as ``(126, 102, 3)`` uint8 BGR, read-only."""
        return np.frombuffer(self.pixels, np.uint8).reshape(PHOTO_HEIGHT_PX, PHOTO_WIDTH_PX, 3)

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "CardPhoto(…)"


@dataclass(frozen=True, slots=True)
class ChipNumbers:
    """What tells one card's chip from every other one; a number of a person as much as the one in print.

    Args:
        issue: Four bytes.
        serial: Eight bytes.
        document: Sixteen bytes.
    """

    issue: bytes
    serial: bytes
    document: bytes

    def __repr__(self) -> str:
        """Hide the card from logs and tracebacks."""
        return "ChipNumbers(…)"
