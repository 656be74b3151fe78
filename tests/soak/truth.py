"""What really happened: read from the paper and from the district, never from the terminal."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pikepdf
import segno
import zxingcpp
from PIL import Image, ImageChops

from devices.model import Block
from devices.printer.fonts import find_fonts
from devices.printer.raster import WIDTH_PX, draw_slip

_SCALE = 7
_LEFT_TOP_PX = (1180, 900)


def mark_page(path: Path, token: str) -> None:
    """Put a token on the page that lies on the scanner, as a code that a camera can read.

    Args:
        path: A PNM file; the whole of it changes at once.
        token: What the code says.
    """
    page = Image.open(path).convert("RGB")
    buffer = io.BytesIO()
    segno.make_qr(token, error="m").save(buffer, kind="png", scale=_SCALE, border=3)
    code = Image.open(buffer).convert("RGB")
    left, top = (
        min(at, size - side - 8) for at, size, side in zip(_LEFT_TOP_PX, page.size, code.size, strict=True)
    )
    page.paste(code, (left, top))
    unfinished = path.with_suffix(".marked")
    page.save(unfinished, format="PPM")
    unfinished.replace(path)


def codes_in(picture: Image.Image) -> list[str]:
    """Return what every code in a picture says."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def codes_in_pdf(document: bytes) -> list[str]:
    """Return what every code on the pages of a PDF says."""
    told: list[str] = []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for page in pdf.pages:
            for image in page.images.values():
                told += codes_in(pikepdf.PdfImage(cast("pikepdf.Stream", image)).as_pil_image())
    return told


def expected_span_px(blocks: Sequence[Block], paper_mm: int = 80) -> int:
    """Return the rows between the first and the last burnt one on a slip that was printed whole."""
    return _ink_span_px(draw_slip("printer-1", blocks, WIDTH_PX[paper_mm], find_fonts("printer-1")))


def is_whole(slip: Path, span_px: int) -> bool:
    """Return whether a slip came out to its last line."""
    with Image.open(slip) as picture:
        return _ink_span_px(picture) >= span_px - 2


def _ink_span_px(picture: Image.Image) -> int:
    burnt = ImageChops.invert(picture.convert("L")).getbbox()
    return 0 if burnt is None else burnt[3] - burnt[1]
