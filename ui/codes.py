"""Codes to scan from the screen."""

from functools import lru_cache
from io import BytesIO

import segno

_SCALE = 8


@lru_cache(maxsize=1)
def qr_png(text: str) -> bytes:
    """Return a QR code with its quiet zone as PNG; only the last one is kept."""
    picture = BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=_SCALE, border=4)
    return picture.getvalue()
