"""What to do with the page before the camera, said while the picture is live."""

from dataclasses import replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.model import Pixels
from kiosk.documents.judging import judge_at
from kiosk.documents.pages import Corners, find_page
from kiosk.documents.quality import BLURRED, DEMANDS, NOT_FOUND, TOO_DARK

MOVING = "live.moving"
CUT_OFF = "live.cut-off"
READY = "live.ready"
_CODES = {TOO_DARK: "live.too-dark", NOT_FOUND: "live.no-page", BLURRED: "live.blurred"}
_DEMANDS = replace(DEMANDS, long_px=0, short_px=0)
"""The live picture is smaller than the one that is taken: it says nothing of how large the page will be."""
_SEARCHED_PX = 320
_GLANCE_PX = (64, 48)
_MOVED_LEAST = 5.0
"""Mean change in grey levels between two glances; a sensor's noise makes less than 1 of it."""
_RIM = 0.01


class LiveLook:
    """Looks at one live picture after the other; says nothing new before it has seen it twice in a row."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._last: str | None = None
        self._told: str | None = None

    def forget(self) -> None:
        """Forget what was seen."""
        self._before, self._last, self._told = None, None, None

    def hint(self, pixels: Pixels) -> str | None:
        """Return what a page taken now would lack, as a code, or None while that is not known.

        Args:
            pixels: ``(H, W, 3)`` uint8 BGR, the newest live picture.
        """
        before, self._before = self._before, _glance(pixels)
        moved = before is not None and float(np.abs(before - self._before).mean()) > _MOVED_LEAST
        seen = MOVING if moved else _advice(pixels)
        if seen == self._last:
            self._told = seen
        self._last = seen
        return self._told


def _glance(pixels: Pixels) -> NDArray[np.float32]:
    grey = cv2.cvtColor(cv2.resize(pixels, _GLANCE_PX, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    return cast("NDArray[np.float32]", grey.astype(np.float32))


def _advice(pixels: Pixels) -> str:
    scale = min(1.0, _SEARCHED_PX / max(pixels.shape[:2]))
    small = cast("Pixels", cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    found = find_page(small)
    corners = None if found is None else (found / scale).astype(np.float32)
    wrong = judge_at(pixels, corners, _DEMANDS).findings
    told = next((_CODES[code] for code in wrong if code in _CODES), None)
    if told is not None and (found is None or told == _CODES[TOO_DARK]):
        return told
    if corners is not None and _touches_rim(corners, pixels):
        return CUT_OFF
    return told or READY


def _touches_rim(corners: Corners, pixels: Pixels) -> bool:
    sides = np.array(pixels.shape[1::-1], np.float32)
    shares = corners / sides
    return bool((shares < _RIM).any() or (shares > 1 - _RIM).any())
