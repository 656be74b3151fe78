"""Contrast, measured in the picture itself: WCAG 1.4.3, 1.4.6 and 1.4.11."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ui.walker.snapshot import Colour, Finding, Kind, Part, Rect, Snapshot

TEXT = 4.5
LARGE_TEXT = 3.0
HIGH = 7.0
EDGE = 3.0
LARGE_MM = 10.0
"""Em of large type; stricter than WCAG's 18 point, which body text of a terminal is already."""
_NEAR = 48
"""Distance in RGB within which two colours are the same one."""
_GROUND_SHARE = 0.08
_INK_SHARE = 0.002
_LEAST_PX = 4
_ROUNDING = 0.05

Pixels = NDArray[np.uint8]
Shades = NDArray[np.uint16]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pale_texts(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield texts too pale for what is behind them, and texts that something hides."""
    for part in snapshot.texts:
        if part.shown != part.place:
            continue  # partly scrolled away; it is measured where it is shown whole
        pixels = _pixels(snapshot, part.shown)
        if min(pixels.shape[:2]) < _LEAST_PX:
            continue
        least = _demanded(snapshot, part)
        near, grounds = _grounds(pixels, _shades(pixels), part.colour)
        if near < _INK_SHARE:
            yield Finding("text.hidden", part.name, f"{part.text[:24]!r} is not seen", 100 * near)
            continue
        worst = min((contrast(part.colour, ground) for ground in grounds), default=21.0)
        if worst < least - _ROUNDING:
            yield Finding("text.contrast", part.name, f"{part.text[:24]!r} below {least:g}", worst)


def pale_edges(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls that cannot be told from what is around them."""
    for part in snapshot.targets:
        if part.bare or not part.usable or part.shown != part.place:
            continue
        figures = [figure for figure in _edges(snapshot, part.place) if figure is not None]
        if figures and float(np.median(figures)) < EDGE - _ROUNDING:
            yield Finding(
                "edge.contrast", part.name, f"its edge is below {EDGE:g}", float(np.median(figures))
            )


def _demanded(snapshot: Snapshot, part: Part) -> float:
    if snapshot.demands.contrast:
        return HIGH
    return LARGE_TEXT if part.em_mm >= LARGE_MM and part.kind is Kind.TEXT else TEXT


def _grounds(pixels: Pixels, shades: Shades, ink: Colour) -> tuple[float, list[Colour]]:
    """Return the share of pixels in the text's colour, and the colours that stand behind it."""
    counts = np.bincount(shades.ravel())
    found = np.flatnonzero(counts)
    shares = counts[found] / shades.size
    centres = np.stack([(found >> 10) << 3, (found >> 5 & 31) << 3, (found & 31) << 3], axis=1) + 4
    near = np.abs(centres - np.array(ink)).sum(axis=1) < _NEAR
    common = found[~near & (shares >= _GROUND_SHARE)]
    return float(shares[near].sum()), [_colour(pixels[shades == shade][0]) for shade in common]


def _shades(pixels: Pixels) -> Shades:
    """Return the colour of each pixel in fifteen bits."""
    wide = pixels.astype(np.uint16)
    shades = (wide[..., 0] >> 3 << 10) | (wide[..., 1] >> 3 << 5) | (wide[..., 2] >> 3)
    return shades.astype(np.uint16)


def _edges(snapshot: Snapshot, place: Rect) -> Iterator[float | None]:
    """Yield for points of each side how the edge stands out from what lies outside it."""
    outside = 0.8 * snapshot.mm
    inside = 1.6 * snapshot.mm
    for share in (0.3, 0.4, 0.5, 0.6, 0.7):
        across = place.left + share * place.width
        down = place.top + share * place.height
        for x, y, dx, dy in (
            (across, place.top, 0, 1),
            (across, place.bottom - 1, 0, -1),
            (place.left, down, 1, 0),
            (place.right - 1, down, -1, 0),
        ):
            yield _step(snapshot, (x - dx * outside, y - dy * outside), (x + dx * inside, y + dy * inside))


def _step(snapshot: Snapshot, start: tuple[float, float], end: tuple[float, float]) -> float | None:
    count = int(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) + 1
    xs = np.linspace(start[0], end[0], count).round().astype(int)
    ys = np.linspace(start[1], end[1], count).round().astype(int)
    if xs.min() < 0 or ys.min() < 0 or xs.max() >= snapshot.width or ys.max() >= snapshot.height:
        return None
    line = snapshot.pixels[ys, xs]
    ground = _colour(line[0])
    return max(contrast(_colour(pixel), ground) for pixel in line[1:])


def _pixels(snapshot: Snapshot, place: Rect) -> Pixels:
    top, bottom = max(0, int(place.top)), min(snapshot.height, int(place.bottom) + 1)
    left, right = max(0, int(place.left)), min(snapshot.width, int(place.right) + 1)
    return snapshot.pixels[top:bottom, left:right]


def _colour(pixel: NDArray[np.generic]) -> Colour:
    red, green, blue = (int(value) for value in pixel)
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB
        for value in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
