"""What the simulated document camera sees: a sample social security card on a desk mat, from above."""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from devices.sim.drawing import Face, face

FRAMES: Final = 30
SIZE_PX: Final = (1280, 960)
PATTERN: Final = "frame-%03d.jpg"

_PX_PER_MM: Final = 8.6
_CARD_MM: Final = (85.6, 54.0)
_CARD_LEFT_TOP_PX: Final = (258, 236)
_TILT_DEG: Final = -3.2
_CORNER_MM: Final = 3.2
_SEED: Final = 20260301
_QUALITY: Final = 88
_INK: Final = (28, 44, 66)
_TITLE: Final = (16, 58, 118)
_RED: Final = (196, 40, 36)

Picture = NDArray[np.float32]
"""``(height, width, 3)`` RGB, 0 to 255."""


def write_sequence(folder: Path, name: str = "陈淑芬", number: str = "440306194305179908") -> str:
    """Draw one loop of frames and return the pattern under which OpenCV opens them.

    The same person gives the same frames every time. The loop closes: the last frame leads to the first.

    Args:
        folder: Made if it is not there.
        name: Name of the invented person on the card.
        number: Number of the invented person.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(_SEED)
    scene = _scene(_card(name, number), random)
    grain = random.normal(0, 3.0, (SIZE_PX[1] + 64, SIZE_PX[0] + 64, 1)).astype(np.float32)
    for index in range(FRAMES):
        offset = random.integers(0, 64, 2)
        noise = grain[offset[0] : offset[0] + SIZE_PX[1], offset[1] : offset[1] + SIZE_PX[0]]
        frame = np.clip(_at(scene, index / FRAMES) + noise, 0, 255).astype(np.uint8)
        path = folder / (PATTERN % index)
        cv2.imwrite(str(path), frame[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return str(folder / PATTERN)


def _at(scene: Picture, phase: float) -> Picture:
    """Return the scene at one moment of the loop: the desk trembles, the light breathes, a hand passes."""
    turn = 2 * np.pi * phase
    shift = np.array([[1, 0, 2.4 * np.sin(turn)], [0, 1, 1.6 * np.sin(2 * turn)]], np.float32)
    moved = cv2.warpAffine(scene, shift, SIZE_PX, borderMode=cv2.BORDER_REPLICATE)
    light = 1 + 0.02 * np.sin(turn)
    # A soft shadow needs no more than a coarse grid.
    across, down = np.meshgrid(np.linspace(0, 1, 80), np.linspace(0, 1, 60))
    hand = (1.02 - 0.16 * np.sin(turn), 1.05 - 0.10 * np.cos(turn))
    distance = np.hypot((across - hand[0]) / 0.26, (down - hand[1]) / 0.22)
    shade: NDArray[np.float32] = (light * (1 - 0.55 * np.exp(-(distance**2)))).astype(np.float32)
    return np.multiply(moved, cv2.resize(shade, SIZE_PX)[:, :, None], dtype=np.float32)


def _scene(card: Image.Image, random: np.random.Generator) -> Picture:
    mat = Image.fromarray(_mat(random))
    mask = card.getchannel("A")
    shadow = Image.new("L", SIZE_PX, 0)
    shadow.paste(mask, (_CARD_LEFT_TOP_PX[0] + 7, _CARD_LEFT_TOP_PX[1] + 11))
    mat.paste((9, 11, 12), mask=shadow.filter(ImageFilter.GaussianBlur(8)))
    mat.paste(card.convert("RGB"), _CARD_LEFT_TOP_PX, mask)
    lens = mat.filter(ImageFilter.GaussianBlur(0.7))
    return np.asarray(lens, np.float32) * _lamp()


def _mat(random: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a dark woven desk mat."""
    height, width = SIZE_PX[1], SIZE_PX[0]
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    weave = 3 * np.sin(across * 1.3) * np.sin(down * 1.3) + random.normal(0, 2.5, (height, width))
    tint = np.array([40, 46, 52])
    return np.clip(tint + weave[:, :, None], 0, 255).astype(np.uint8)


def _lamp() -> Picture:
    """Return the light on the desk: brightest under the lamp, above left of the middle."""
    across, down = np.meshgrid(np.linspace(-1, 1, SIZE_PX[0]), np.linspace(-1, 1, SIZE_PX[1]))
    light = 1.04 - 0.22 * ((across + 0.25) ** 2 + (down + 0.3) ** 2) / 2
    return light[:, :, None].astype(np.float32)


def _px(length_mm: float) -> int:
    return round(length_mm * _PX_PER_MM)


def _card(name: str, number: str) -> Image.Image:
    """Draw the card with rounded corners, transparent around, turned a little."""
    size = (_px(_CARD_MM[0]), _px(_CARD_MM[1]))
    card = Image.fromarray(_card_ground(size)).convert("RGBA")
    pen = ImageDraw.Draw(card)
    _write(pen, (30.0, 9.0), "社会保障卡", "serif-bold", 7.0, _TITLE)
    _write(pen, (30.0, 15.6), "SOCIAL SECURITY CARD", "sans", 2.5, _TITLE)
    _write(pen, (6.0, 12.0), "样本", "sans-bold", 6.4, _RED)
    _chip(pen)
    _portrait(pen)
    for row, (label, value) in enumerate(
        (
            ("姓　名", name),
            ("社会保障号码", number),
            ("卡　号", "SAMPLE 0000 0000"),
            ("发卡日期", "2019年06月"),
        )
    ):
        middle_mm = 26.5 + row * 6.4
        _write(pen, (30.0, middle_mm), label, "sans", 2.5, _TITLE)
        _write(pen, (48.0, middle_mm), value, "sans-bold", 3.1, _INK)
    _write(pen, (6.0, 50.6), "样本卡 · 人物为虚构 · 仅供演示", "sans", 2.1, _TITLE)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), _px(_CORNER_MM), fill=255)
    card.putalpha(mask)
    return card.rotate(_TILT_DEG, Image.Resampling.BICUBIC, expand=True)


def _card_ground(size: tuple[int, int]) -> NDArray[np.uint8]:
    """Draw pale blue with soft waves."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    waves = 5 * np.sin(18 * down + 5 * np.sin(4 * across)) + 3 * np.sin(26 * across - 9 * down)
    top, bottom = np.array([226, 239, 250]), np.array([168, 205, 236])
    ground = top + (bottom - top) * down[:, :, None] + waves[:, :, None]
    return np.clip(ground, 0, 255).astype(np.uint8)


def _write(
    pen: ImageDraw.ImageDraw,
    at_mm: tuple[float, float],
    text: str,
    style: Face,
    size_mm: float,
    colour: tuple[int, int, int],
) -> None:
    place_px = (_px(at_mm[0]), _px(at_mm[1]))
    pen.text(place_px, text, font=face(style, _px(size_mm)), fill=colour, anchor="lm")


def _chip(pen: ImageDraw.ImageDraw) -> None:
    left, top, right, bottom = _px(70.0), _px(5.0), _px(81.5), _px(14.0)
    pen.rounded_rectangle((left, top, right, bottom), _px(1.2), fill=(214, 178, 92), outline=(150, 118, 50))
    third = (bottom - top) // 3
    for line in (top + third, top + 2 * third):
        pen.line((left, line, right, line), fill=(150, 118, 50), width=2)
    middle = (left + right) // 2
    pen.line((middle, top, middle, bottom), fill=(150, 118, 50), width=2)


def _portrait(pen: ImageDraw.ImageDraw) -> None:
    """Draw the outline of nobody where the photograph would be."""
    left, top, right, bottom = _px(6.0), _px(20.0), _px(25.0), _px(46.5)
    pen.rectangle((left, top, right, bottom), fill=(236, 242, 247), outline=(120, 150, 180), width=2)
    grey = (150, 168, 186)
    pen.pieslice((left + _px(1), bottom - _px(11), right - _px(1), bottom + _px(11)), 180, 360, fill=grey)
    middle = (left + right) // 2
    pen.ellipse((middle - _px(4.6), top + _px(3), middle + _px(4.6), top + _px(14)), fill=grey)
