"""Strokes → a picture that goes into the container."""

import cv2
import numpy as np

from kiosk.domain.signature import Stroke

WIDTH_PX, HEIGHT_PX = 1200, 480
_INK_PX = 9
_PAPER, _INK = 255, 20


def signature_png(strokes: tuple[Stroke, ...]) -> bytes:
    """Return the strokes in dark grey on white, PNG; equal strokes give equal bytes."""
    page = np.full((HEIGHT_PX, WIDTH_PX), _PAPER, np.uint8)
    for stroke in strokes:
        points = np.array([[x * WIDTH_PX // 1000, y * WIDTH_PX // 1000] for x, y in stroke], np.int32)
        cv2.polylines(page, [points], isClosed=False, color=_INK, thickness=_INK_PX, lineType=cv2.LINE_AA)
    return cv2.imencode(".png", page)[1].tobytes()
