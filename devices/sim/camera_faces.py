"""What the simulated face camera sees: an invented person before a wall, who breathes and blinks."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FRAMES: Final = 12
SIZE_PX: Final = (640, 480)
PATTERN: Final = "face-%03d.jpg"

_SCALE: Final = 2
"""Drawn so many times larger, so that edges are soft."""
_BLINK: Final = frozenset({8})
_SEED: Final = 20260302
_QUALITY: Final = 90
_WALL: Final = (206, 212, 214)
_SKIN: Final = (229, 190, 160)
_SHADE: Final = (206, 160, 130)
_HAIR: Final = (38, 32, 30)
_COAT: Final = (52, 74, 104)
_SHIRT: Final = (236, 238, 240)
_LIPS: Final = (176, 98, 88)


def write_faces(folder: Path) -> str:
    """Draw one loop of frames and return the pattern under which OpenCV opens them.

    Args:
        folder: Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    grains = np.random.default_rng(_SEED)
    light = _light()
    for index in range(FRAMES):
        turn = 2 * np.pi * index / FRAMES
        person = np.asarray(_person(turn, closed=index in _BLINK), np.float32)
        grain = grains.normal(0, 3.0, (SIZE_PX[1], SIZE_PX[0], 1))
        frame = np.clip(person * light + grain, 0, 255).astype(np.uint8)
        path = folder / (PATTERN % index)
        cv2.imwrite(str(path), frame[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return str(folder / PATTERN)


def _light() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the light of a ceiling lamp: from above, a little from the left."""
    across, down = np.meshgrid(np.linspace(-1, 1, SIZE_PX[0]), np.linspace(-1, 1, SIZE_PX[1]))
    light = 1.03 - 0.16 * ((across + 0.2) ** 2 + (down + 0.5) ** 2) / 2
    return light[:, :, None].astype(np.float32)


def _person(turn: float, *, closed: bool) -> Image.Image:
    size = (SIZE_PX[0] * _SCALE, SIZE_PX[1] * _SCALE)
    picture = Image.new("RGB", size, _WALL)
    _throw_shadow(picture, turn)
    pen = _Pen(picture, sway_px=4 * np.sin(turn), rise_px=2 * np.sin(2 * turn))
    pen.oval(320, 500, 205, 150, _COAT)
    pen.shape([(282, 352), (358, 352), (338, 420), (320, 440), (302, 420)], _SHIRT)
    pen.shape([(290, 300), (350, 300), (350, 356), (320, 380), (290, 356)], _SHADE)
    pen.oval(320, 205, 88, 112, _HAIR)
    for ear in (238, 402):
        pen.oval(ear, 232, 12, 22, _SHADE)
    pen.oval(320, 230, 80, 102, _SKIN)
    pen.shape([(240, 190), (262, 142), (320, 124), (378, 142), (400, 190), (352, 168), (300, 160)], _HAIR)
    for side in (-1, 1):
        pen.oval(320 + side * 34, 198, 19, 4, _HAIR)
        if closed:
            pen.oval(320 + side * 34, 222, 15, 2, _SHADE)
        else:
            pen.oval(320 + side * 34, 222, 15, 8, (250, 250, 248))
            pen.oval(320 + side * 34, 222, 7, 7, (46, 32, 24))
    pen.oval(320, 262, 11, 8, _SHADE)
    pen.oval(320, 254, 9, 12, _SKIN)
    pen.oval(320, 294, 26, 7, _LIPS)
    pen.shape([(292, 294), (348, 294), (320, 298)], (150, 78, 70))
    return picture.resize(SIZE_PX, Image.Resampling.LANCZOS)


def _throw_shadow(picture: Image.Image, turn: float) -> None:
    """Darken the wall softly behind the person."""
    mask = Image.new("L", SIZE_PX, 0)
    shift = 4 * np.sin(turn)
    ImageDraw.Draw(mask).ellipse((250 + shift, 120, 440 + shift, 360), fill=90)
    soft = mask.filter(ImageFilter.GaussianBlur(18)).resize(picture.size)
    picture.paste((120, 124, 128), mask=soft)


class _Pen:
    """Draws shapes of one person, in dots of the finished picture."""

    def __init__(self, picture: Image.Image, sway_px: float, rise_px: float) -> None:
        self._draw = ImageDraw.Draw(picture)
        self._shift = (sway_px, rise_px)

    def oval(
        self, across: float, down: float, half_width: float, half_height: float, colour: tuple[int, int, int]
    ) -> None:
        ends = [(across - half_width, down - half_height), (across + half_width, down + half_height)]
        self._draw.ellipse([self._at(end) for end in ends], fill=colour)

    def shape(self, corners: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
        self._draw.polygon([self._at(corner) for corner in corners], fill=colour)

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] + self._shift[0]) * _SCALE, (point[1] + self._shift[1]) * _SCALE
