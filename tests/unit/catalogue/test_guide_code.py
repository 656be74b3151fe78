"""What the code of a guide holds."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.catalogue.guide_code import MOST_BYTES, SAMPLE, guide_code
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Language
from ui.codes import qr_png

ITEMS = load_builtin().items


def scanned(text: str) -> str:
    """Read the code as a phone does."""
    picture = cv2.imdecode(np.frombuffer(qr_png(text), np.uint8), 1)
    assert picture is not None
    return cv2.QRCodeDetector().detectAndDecode(picture)[0]


@pytest.mark.parametrize("language", Language)
def test_a_code_without_an_address_says_what_to_bring_where_and_whom_to_ring(language: Language) -> None:
    item = load_builtin().item("old-age-allowance")
    said = scanned(guide_code(item, language, None)).split("\n")
    assert said[0] == item.name.in_(language)
    for material in item.materials:
        assert any(material.name.in_(language) in line for line in said)
    assert any(item.guide.window.in_(language) in line for line in said)
    assert any(line.endswith(item.guide.phone) for line in said)
    assert said[-1] == SAMPLE.in_(language)


def test_a_code_with_an_address_leads_to_the_guide_in_the_language_of_the_screen() -> None:
    item = load_builtin().item("old-age-allowance")
    code = guide_code(item, Language.ZH_HANT, "https://guides.example/show")
    assert scanned(code) == "https://guides.example/show?item=old-age-allowance&lang=zh-Hant"


def test_every_guide_fits_into_a_code_that_a_phone_reads() -> None:
    for item in ITEMS:
        for language in Language:
            said = guide_code(item, language, None)
            assert len(said.encode()) <= MOST_BYTES
            assert item.guide.phone in said


def test_a_long_list_is_cut_and_says_so() -> None:
    item = load_builtin().item("old-age-allowance")
    said = guide_code(replace(item, materials=item.materials * 40), Language.ZH, None)
    assert len(said.encode()) <= MOST_BYTES
    assert "还有，请看终端上的指南" in said
    assert item.guide.window.zh in said
