"""Synthetic pictures of a page on a dark mat, with the truth about where it lies."""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.model import Pixels

MAT = (45, 42, 40)


@dataclass(frozen=True)
class Scene:
    pixels: Pixels
    corners: NDArray[np.float32]


def printed_page(width_px: int, height_px: int, seed: int = 0) -> Pixels:
    dice = np.random.default_rng(seed)
    page = np.full((height_px, width_px, 3), 235, np.uint8)
    for top in range(height_px // 12, height_px - height_px // 12, height_px // 40 + 14):
        line = "".join(chr(code) for code in dice.integers(65, 122, width_px // 14))
        where = (int(width_px * 0.06), top)
        cv2.putText(page, line, where, cv2.FONT_HERSHEY_SIMPLEX, 0.55, (30, 30, 30), 1, cv2.LINE_AA)
    stamp = (int(width_px * 0.7), int(height_px * 0.75))
    cv2.circle(page, stamp, width_px // 10, (40, 40, 200), 4)
    return page


def blank_page(width_px: int, height_px: int) -> Pixels:
    return np.full((height_px, width_px, 3), 235, np.uint8)


def on_the_mat(
    page: Pixels,
    *,
    angle_deg: float = 0.0,
    scale: float = 0.8,
    seed: int = 0,
    frame_px: tuple[int, int] = (1280, 960),
    tilt: float = 0.03,
) -> Scene:
    dice = np.random.default_rng(seed)
    height, width = page.shape[:2]
    square = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    turn = np.array([[cosine, sine], [-sine, cosine]])
    centred = (square - [width / 2, height / 2]) * scale
    shift = dice.uniform(-tilt, tilt, (4, 2)) * min(width, height) * scale
    corners = (centred @ turn + np.array(frame_px) / 2 + shift).astype(np.float32)
    mat = np.full((frame_px[1], frame_px[0], 3), MAT, np.uint8)
    warp = cv2.getPerspectiveTransform(square, corners)
    laid = cast(
        "Pixels",
        cv2.warpPerspective(
            page, warp, frame_px, mat, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
        ),
    )
    noisy = laid.astype(np.float64) + dice.normal(0, 3, laid.shape)
    return Scene(np.clip(noisy, 0, 255).astype(np.uint8), corners)


def blurred(pixels: Pixels, sigma_px: float) -> Pixels:
    return cast("Pixels", cv2.GaussianBlur(pixels, (0, 0), sigma_px))


def overlap(one: NDArray[np.float32], other: NDArray[np.float32], frame_px: tuple[int, int]) -> float:
    """Intersection over union, 0 to 1."""
    masks = [np.zeros((frame_px[1], frame_px[0]), np.uint8) for _ in range(2)]
    for mask, figure in zip(masks, (one, other), strict=True):
        cv2.fillConvexPoly(mask, np.rint(figure).astype(np.int32), 1)
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())
