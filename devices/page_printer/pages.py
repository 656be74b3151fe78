"""How much paper a document is."""

import io

import pikepdf


def expected_count(document: memoryview, copies: int, sides: str) -> int:
    """Return what a printer that prints a PDF counts at least, or 0 when the PDF cannot be read.

    Some printers count sides and some count sheets; what both have reached is what can be expected.
    """
    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PdfError:
        return 0
    return copies * (pages if sides == "one-sided" else (pages + 1) // 2)
