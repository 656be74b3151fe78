"""Accepted pages → one PDF: A4, one page each, the JPEGs untouched, nothing in it about who or when."""

from collections.abc import Sequence
from typing import Any, cast

import img2pdf

from kiosk.documents.judging import DocumentError
from kiosk.domain.application import CapturedPage

_IMG2PDF: Any = img2pdf  # has no types
_MARGIN_MM = 12


def to_pdf(pages: Sequence[CapturedPage], title: str) -> bytes:
    """Put pages into a PDF; equal pages give equal bytes.

    Args:
        pages: In the order of the materials.
        title: Of the document: the name of a service item or of a material, never of a person.

    Raises:
        DocumentError: ``page.not-a-picture``: there are no pages, or one is not a JPEG.
    """
    if not pages:
        raise DocumentError("no pages")
    a4 = (_IMG2PDF.mm_to_pt(210), _IMG2PDF.mm_to_pt(297))
    margin = _IMG2PDF.mm_to_pt(_MARGIN_MM)
    layout = _IMG2PDF.get_layout_fun(
        pagesize=a4, border=(margin, margin), fit=img2pdf.FitMode.into, auto_orient=True
    )
    try:
        pdf = _IMG2PDF.convert(
            [page.jpeg for page in pages],
            layout_fun=layout,
            title=title,
            producer="Zhiwang Terminal",
            nodate=True,
            engine=img2pdf.Engine.internal,
        )
    except (img2pdf.ImageOpenError, img2pdf.JpegColorspaceError, ValueError) as error:
        raise DocumentError(type(error).__name__) from error
    return cast("bytes", pdf)
