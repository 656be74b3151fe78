"""From the picture of a device to the page that is shown for the resident to accept."""

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np

from devices.model import Pixels
from kiosk.documents.likeness import Look, is_known, look_of
from kiosk.documents.pages import Corners, find_page, straighten
from kiosk.documents.quality import DEMANDS, NOT_FOUND, TOO_DARK, Demands, findings

_BLACK = 24
"""Grey level that even the brightest hundredth of a picture taken without light does not reach."""


class DocumentError(Exception):
    """A picture that cannot be encoded, or pages that no PDF can be made of: ``page.not-a-picture``."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"page.not-a-picture: {detail}")
        self.code = "page.not-a-picture"


DUPLICATE = "page.duplicate"


class Judged(NamedTuple):
    """A page and what is wrong with it.

    Attributes:
        pixels: ``(h, w, 3)`` uint8 BGR: the straightened page, or the whole picture when no page was found.
        findings: Codes ``page.…``, empty when it is good.
        look: What it looks like at a glance, empty when no page was found.
    """

    pixels: Pixels
    findings: tuple[str, ...]
    look: Look = b""


def judge(pixels: Pixels, demands: Demands = DEMANDS, known: Iterable[Look] = ()) -> Judged:
    """Find the page in a picture, straighten it and judge it.

    Args:
        pixels: ``(H, W, 3)`` uint8 BGR from scanner or camera.
        demands: What the page has to reach.
        known: Looks of the pages that are there already.
    """
    page = judge_at(pixels, find_page(pixels), demands)
    if NOT_FOUND in page.findings or TOO_DARK in page.findings:
        return page
    look = look_of(page.pixels)
    return Judged(page.pixels, (*page.findings, DUPLICATE) if is_known(look, known) else page.findings, look)


def judge_at(pixels: Pixels, corners: Corners | None, demands: Demands) -> Judged:
    """Straighten and judge the page with these corners, None for no page.

    Args:
        pixels: ``(H, W, 3)`` uint8 BGR.
        corners: ``(4, 2)`` as ``find_page`` gives them.
        demands: What the page has to reach.
    """
    if corners is None:
        dark = float(np.percentile(pixels.max(axis=2), 99)) < _BLACK
        return Judged(pixels, (TOO_DARK if dark else NOT_FOUND,))
    page = straighten(pixels, corners)
    return Judged(page, findings(page, demands))


def encode_jpeg(pixels: Pixels, quality: int = 82) -> bytes:
    """Return a picture as JPEG without any metadata.

    Args:
        pixels: ``(H, W, 3)`` uint8 BGR.
        quality: 1–100.

    Raises:
        DocumentError: ``page.not-a-picture``.
    """
    try:
        done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    except cv2.error as error:
        raise DocumentError(f"{pixels.shape} {pixels.dtype}") from error
    if not done:
        raise DocumentError(f"{pixels.shape} {pixels.dtype}")
    return data.tobytes()
