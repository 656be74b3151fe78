"""What stands on the simulated sheets: every sheet has a mark, and a byte out of place is noticed."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from devices.model import Pixels

MARKS: Final = 128
"""Marks of front sides are below; the back of a sheet has its mark and this."""
_STEP: Final = 31
_UNSTEP: Final = 223
"""Multiplied with ``_STEP`` it is 1 modulo 256."""
_CHANNEL_STEP: Final = 85


def back_of(mark: int) -> int:
    """Return the mark of the back of a sheet."""
    return mark + MARKS


def samples(mark: int, height: int, width: int, channels: int) -> NDArray[np.uint8]:
    """Return ``(height, width, channels)`` uint8 as the scanner sends it: RGB or gray."""
    down = np.arange(height, dtype=np.uint32)[:, None, None] * 3
    across = np.arange(width, dtype=np.uint32)[None, :, None] * 2
    channel = np.arange(channels, dtype=np.uint32)[None, None, :] * _CHANNEL_STEP
    return ((down + across + channel + mark * _STEP) % 256).astype(np.uint8)


def dots(mark: int, height: int, width: int) -> NDArray[np.bool_]:
    """Return ``(height, width)``: where a lineart scan of the sheet is black."""
    return samples(mark, height, width, 1)[:, :, 0] < 128  # noqa: PLR2004  # half of a byte


def mark_of(pixels: Pixels) -> int:
    """Return the mark of a scanned sheet.

    Args:
        pixels: ``(height, width, 3)`` uint8 BGR, a whole page in colour or gray.

    Raises:
        ValueError: It is no whole page, or a byte is wrong.
    """
    mark = int(pixels[0, 0, 2]) * _UNSTEP % 256
    height, width, _ = pixels.shape
    is_gray = pixels[0, 0, 0] == pixels[0, 0, 2]
    expected = samples(mark, height, width, 1 if is_gray else 3)[:, :, ::-1]
    if not np.array_equal(pixels, np.broadcast_to(expected, pixels.shape)):
        raise ValueError(f"what begins as sheet {mark} does not go on as that sheet")
    return mark
