"""Whether two pictures show the same page: not byte by byte, since no two pictures of a page are the same.

A look is the ink of a page, with the paper's light taken away, in 384 x 512 cells. It is cut into squares;
each that has print is looked for in the other look, near its own place. The same page lacks none of them;
another page of the same printed form, the next one of a household register, lacks those that were filled in
otherwise.

Measured on synthetic pages, the square that fits worst: 0.90 and more for the same page, turned, shaded and a
little blurred; 0.81 and less for a register page of another person, whose entries are as long. A page that
was taken very badly the second time is not known again, which costs nothing but the notice.
"""

from collections.abc import Iterable, Iterator
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.model import Pixels

Look = bytes
"""``512 * 384`` cells, the ink of each as 0–255; empty for a page without print."""
SAME = 0.87
_WIDTH, _HEIGHT = 384, 512
_PAPER_SIGMA, _INK_SIGMA = 12, 1.2
_INK_LEAST = 0.08
"""Share of the paper's light that the darkest thousandth of a page with print takes at least."""
_SQUARE = 32
_NEAR = 8
_PRINTED_LEAST = 0.5
"""Deviation of a square that has print, as a share of the whole look's."""


def look_of(page: Pixels) -> Look:
    """Return what a straightened page looks like at a glance.

    Args:
        page: ``(H, W, 3)`` uint8 BGR.
    """
    grey = cast("NDArray[np.uint8]", cv2.cvtColor(page, cv2.COLOR_BGR2GRAY))
    upright = np.ascontiguousarray(np.rot90(grey)) if grey.shape[1] > grey.shape[0] else grey
    small = cv2.resize(upright, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper = cv2.GaussianBlur(small, (0, 0), _PAPER_SIGMA)
    ink = cv2.GaussianBlur(np.clip((paper - small) / np.maximum(paper, 1), 0, 1), (0, 0), _INK_SIGMA)
    if float(np.percentile(ink, 99.9)) < _INK_LEAST:
        return b""
    return np.rint(ink * 255).astype(np.uint8).tobytes()


def is_known(look: Look, known: Iterable[Look]) -> bool:
    """Tell whether one of these is the same page, either way up; a page without print never is."""
    if not look:
        return False
    here = _cells(look)
    return any(
        _same(here, there) or _same(here, there[::-1, ::-1]) for there in map(_cells, filter(None, known))
    )


def _cells(look: Look) -> NDArray[np.float32]:
    return np.frombuffer(look, np.uint8).reshape(_HEIGHT, _WIDTH).astype(np.float32)


def _same(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    """Tell whether either has all that the other has: of two, the blurred one may lack what is small."""
    return any(all(fit >= SAME for fit in _fits(a, b)) for a, b in ((one, other), (other, one)))


def _fits(one: NDArray[np.float32], other: NDArray[np.float32]) -> Iterator[float]:
    """Yield how well each printed square of one fits near its place in the other, -1 to 1."""
    least = _PRINTED_LEAST * float(one.std())
    wide = np.pad(other, _NEAR, mode="edge")
    side = _SQUARE + 2 * _NEAR
    for top in range(0, _HEIGHT, _SQUARE):
        for left in range(0, _WIDTH, _SQUARE):
            square = np.ascontiguousarray(one[top : top + _SQUARE, left : left + _SQUARE])
            if float(square.std()) >= least:
                near = wide[top : top + side, left : left + side]
                yield float(cv2.matchTemplate(near, square, cv2.TM_CCOEFF_NORMED).max())
