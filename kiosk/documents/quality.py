"""Whether a straightened page can be read, told in codes that the screen turns into advice."""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.model import Pixels

BLURRED = "page.blurred"
TOO_DARK = "page.too-dark"
TOO_SMALL = "page.too-small"
BLANK = "page.blank"
NOT_FOUND = "page.not-found"


@dataclass(frozen=True, slots=True)
class Demands:
    """What a page has to reach; the camera of each terminal is calibrated by these.

    Args:
        long_px: Least length of the long side; an ID-1 card at 180 dpi has 606.
        short_px: Least length of the short side.
        brightness: Least grey level of the paper (90th percentile), 0–255.
        sharpness: Least ``sharpness``; 0.2 is a blur of 2 px at the size that is measured at, where small
            print is about to run together.
    """

    long_px: int = 600
    short_px: int = 360
    brightness: float = 95.0
    sharpness: float = 0.2


DEMANDS = Demands()
_MEASURED_PX = 1400
_BLOCK_PX = 32
_NOISE_SIGMA_PX = 0.7
_CONTRAST_LEAST = 40.0
_BLOCKS_LEAST = 4
_BLANK_DEVIATION = 2.5


def findings(page: Pixels, demands: Demands = DEMANDS) -> tuple[str, ...]:
    """Return the codes of what is wrong with a page, empty when it is good.

    Args:
        page: ``(H, W, 3)`` uint8 BGR, straightened.
        demands: What it has to reach.
    """
    grey = cast("NDArray[np.uint8]", cv2.cvtColor(page, cv2.COLOR_BGR2GRAY))
    height, width = grey.shape
    found: list[str] = []
    if max(height, width) < demands.long_px or min(height, width) < demands.short_px:
        found.append(TOO_SMALL)
    if float(np.percentile(grey, 90)) < demands.brightness:
        found.append(TOO_DARK)
        return tuple(found)
    value = sharpness(grey)
    if value is None:
        found.append(BLANK)
    elif value < demands.sharpness:
        found.append(BLURRED)
    return tuple(found)


def sharpness(grey: NDArray[np.uint8]) -> float | None:
    """Measure how steep the print's edges are, whatever and however much is printed.

    In each block that has print, the steepest slope is set against the block's contrast: 0.45 for an edge
    within one pixel, about ``0.4 / sigma`` for a blur of ``sigma`` pixels. A sensor's noise, which is steep
    too, is smoothed away first.

    Args:
        grey: ``(H, W)`` uint8.

    Returns:
        0 to 0.5, reached by a quarter of the printed blocks; None for a page without print.
    """
    inner = _inner(grey)
    smooth = cast("NDArray[np.float32]", cv2.GaussianBlur(inner.astype(np.float32), (0, 0), _NOISE_SIGMA_PX))
    slope = np.hypot(*(_slope(smooth, axis) for axis in (0, 1)))
    blocks = _blocks(smooth)
    contrasts = blocks.max(axis=1) - blocks.min(axis=1)
    slopes = _blocks(slope.astype(np.float32)).max(axis=1)
    printed = contrasts >= _CONTRAST_LEAST
    if int(printed.sum()) >= _BLOCKS_LEAST:
        return min(0.5, float(np.percentile(slopes[printed] / contrasts[printed], 75)))
    lit = cv2.GaussianBlur(smooth, (0, 0), max(inner.shape) / 20)
    return None if float((smooth - lit).std()) < _BLANK_DEVIATION else 0.0


def _inner(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the page without its rim, no larger than it is measured at."""
    height, width = grey.shape
    inner = grey[height // 25 : height - height // 25, width // 25 : width - width // 25]
    scale = min(1.0, _MEASURED_PX / max(inner.shape))
    resized = cv2.resize(inner, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return cast("NDArray[np.uint8]", resized)


def _slope(grey: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Return the change per pixel along ``axis``, ``(H, W)`` float32."""
    return cast("NDArray[np.float32]", cv2.Sobel(grey, cv2.CV_32F, 1 - axis, axis, ksize=1, scale=0.5))


def _blocks(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(blocks, pixels)``: the picture in whole blocks."""
    rows, columns = (side // _BLOCK_PX for side in values.shape)
    cut = values[: rows * _BLOCK_PX, : columns * _BLOCK_PX]
    tiled = cut.reshape(rows, _BLOCK_PX, columns, _BLOCK_PX).swapaxes(1, 2)
    return tiled.reshape(rows * columns, _BLOCK_PX * _BLOCK_PX)
