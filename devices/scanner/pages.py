"""From what python-sane read to a picture; pure."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from devices.model import Pixels

UNKNOWN_LINES: Final = -1
"""What a hand-held or sheet-fed scanner says before the page has passed."""

_SIXTEEN_BIT: Final = 16
_STRIP_ROWS: Final = 256


@dataclass(frozen=True, slots=True)
class Announced:
    """What a back end says of the page that is coming (SANE standard 1.06, ``SANE_Parameters``).

    Args:
        frame: ``gray`` or ``color``; ``red``, ``green``, ``blue`` where each comes in a pass of its own, or
            something newer such as JPEG.
        width_px: Pixels of one line.
        lines: Height, or ``UNKNOWN_LINES``.
        depth: Bits of one sample.
        line_bytes: Bytes of one line, which a back end may have padded.
    """

    frame: str
    width_px: int
    lines: int
    depth: int
    line_bytes: int

    @property
    def readable(self) -> bool:
        """Whether python-sane (2.9.2) reads it right.

        It takes lines for unpadded and shears the picture otherwise; of three passes it piles one upon the
        other.
        """
        if self.frame not in {"gray", "color"}:
            return False
        samples = 3 if self.frame == "color" else 1
        per_line = {
            1: samples * ((self.width_px + 7) // 8),
            8: samples * self.width_px,
            16: samples * self.width_px * 2,
        }
        return self.width_px > 0 and per_line.get(self.depth) == self.line_bytes

    @property
    def picture_line_bytes(self) -> int:
        """Bytes of one line of the picture that python-sane makes of it."""
        samples = 1 if self.frame == "gray" else 3
        return self.width_px * samples * (2 if self.depth == _SIXTEEN_BIT else 1)


def shortfall(width_px: int, lines: int, before: Announced, after: Announced) -> str:
    """Tell what is missing of a page, or ``""``.

    Args:
        width_px: Of the picture that came.
        lines: Likewise.
        before: As announced when the scan began.
        after: As the back end says it at the end: one that measures the sheet corrects the height.
    """
    heights = {before.lines, after.lines}
    if lines > 0 and width_px == before.width_px and (before.lines == UNKNOWN_LINES or lines in heights):
        return ""
    return f"{width_px}x{lines} instead of {before.width_px}x{before.lines}"


def picture(data: bytearray, shape: tuple[int, int, int], sample_bytes: int) -> Pixels:
    """Return the page as ``(height, width, 3)`` uint8 BGR; ``data`` is used and no longer of use after.

    Args:
        data: Samples, RGB or gray, line by line.
        shape: Height and width in pixels, and samples of each pixel, 3 or 1.
        sample_bytes: 1, or 2 for 16-bit samples in the machine's order, of which the upper half is kept.
    """
    lines = shape[0]
    if 8 * sample_bytes == _SIXTEEN_BIT:
        # python-sane's own conversion takes half a line for a line (2.9.2).
        page: Pixels = (np.frombuffer(data, np.uint16) >> 8).astype(np.uint8).reshape(shape)
    else:
        page = np.frombuffer(data, np.uint8).reshape(shape)
    if shape[2] == 1:
        return page.repeat(3, axis=2)
    # In place and in strips: an A4 page in colour at 600 dpi has 104 MB.
    for top in range(0, lines, _STRIP_ROWS):
        strip = page[top : top + _STRIP_ROWS]
        strip[:, :, 0], strip[:, :, 2] = strip[:, :, 2].copy(), strip[:, :, 0].copy()
    return page
