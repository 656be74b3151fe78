"""A picture in bands that give away a printer which lost its place in the middle of one.

A printer that is switched off and on while it hangs on a serial line loses what it held, and takes the rest
of the picture for text and commands; then it finds the next command and goes on as if nothing had happened,
to the last barrier. So the last row of every band ends in dots that, read as a command, begin a picture of
three bytes: whoever lost its place swallows the barrier behind the band, and the missing answer tells.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BAND_ROWS: Final = 256
"""Rows of one raster command at most; printers with little memory take no more."""
GUARD: Final = b"\x1d\x76\x30\x00\x01\x00\x03\x00"
"""GS v 0, one byte wide and three rows high: as long as the barrier that it swallows."""
TAIL_ROWS: Final = 8
"""One millimetre; a slip without it is seen to be torn."""

_LEAST_ROWS: Final = BAND_ROWS // 2


def head_and_tail(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Cut a picture so that the tail is the least that a slip cannot be whole without: its last inked rows.

    A barrier between the two tells whether the end can be on the paper.
    """
    inked = np.flatnonzero(~np.all(np.asarray(picture), axis=1))
    end = int(inked[-1]) + 1 if len(inked) else 0
    cut = max(0, end - TAIL_ROWS)
    head = picture.crop((0, 0, picture.width, cut))
    return head, picture.crop((0, cut, picture.width, picture.height))


def guarded_bands(picture: Image.Image) -> list[Image.Image]:
    """Cut a picture into bands of at most 256 rows, each with a guard at the end of its last row.

    Bands end at white rows where there are any, so that the guard's 14 dots, eight millimetres of the finest
    dotted line, touch nothing.

    Args:
        picture: Mode ``1``, a multiple of 8 wide, 0 where a dot is burnt; one white row is added below.
            Of a picture without rows nothing is left.
    """
    if not picture.height:
        return []
    dots = np.vstack([np.asarray(picture), np.ones((1, picture.width), bool)])
    guard = np.unpackbits(np.frombuffer(GUARD, np.uint8)) == 0
    white: NDArray[np.bool] = np.all(dots, axis=1)
    bands: list[Image.Image] = []
    top = 0
    while top < len(dots):
        end = _band_end(white, top)
        band = dots[top:end].copy()
        band[-1, -len(guard) :] = guard
        bands.append(Image.fromarray(band))
        top = end
    return bands


def _band_end(white: NDArray[np.bool], top: int) -> int:
    """Return the row behind the last white one that still fits, or the furthest that fits."""
    furthest = min(top + BAND_ROWS, len(white))
    if furthest == len(white):
        return furthest
    candidates = np.flatnonzero(white[top + _LEAST_ROWS : furthest])
    return top + _LEAST_ROWS + int(candidates[-1]) + 1 if len(candidates) else furthest
