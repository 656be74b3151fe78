import io

import pikepdf
import pytest

from kiosk.documents.judging import DocumentError, encode_jpeg
from kiosk.documents.pdf import to_pdf
from kiosk.domain.application import CapturedPage
from tests.unit.documents.scenes import printed_page

PORTRAIT = encode_jpeg(printed_page(707, 1000))
CARD = encode_jpeg(printed_page(1011, 638))
PAGES = [
    CapturedPage("household-register", PORTRAIT, 707, 1000, "scan"),
    CapturedPage("social-security-card", CARD, 1011, 638, "photo"),
]
TITLE = "高龄老人津贴申请"


def test_each_page_becomes_one_sheet_of_a4_the_way_the_page_lies() -> None:
    with pikepdf.open(io.BytesIO(to_pdf(PAGES, TITLE))) as pdf:
        boxes = [[round(float(side)) for side in page.mediabox.as_list()[2:]] for page in pdf.pages]
    assert boxes == [[595, 842], [842, 595]]


def test_the_pictures_are_in_it_byte_for_byte() -> None:
    with pikepdf.open(io.BytesIO(to_pdf(PAGES, TITLE))) as pdf:
        images = [next(iter(page.get_images().values())).read_raw_bytes() for page in pdf.pages]
    assert images == [PORTRAIT, CARD]


def test_it_tells_its_title_and_neither_date_nor_author() -> None:
    with pikepdf.open(io.BytesIO(to_pdf(PAGES, TITLE))) as pdf:
        told = {str(key): str(value) for key, value in pdf.docinfo.items()}
    assert told["/Title"] == TITLE
    assert not {"/CreationDate", "/ModDate", "/Author"} & set(told)


def test_equal_pages_give_equal_bytes() -> None:
    assert to_pdf(PAGES, TITLE) == to_pdf(PAGES, TITLE)


@pytest.mark.parametrize("jpeg", [b"", b"no picture", PORTRAIT[:40]])
def test_a_page_that_is_no_picture_is_refused_by_its_code(jpeg: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        to_pdf([CapturedPage("m", jpeg, 1, 1, "scan")], TITLE)
    assert caught.value.code == "page.not-a-picture"


def test_no_pages_make_no_pdf() -> None:
    with pytest.raises(DocumentError):
        to_pdf([], TITLE)
