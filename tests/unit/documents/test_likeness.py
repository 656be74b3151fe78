import cv2
import numpy as np
import pytest

from devices.model import Pixels
from kiosk.documents.judging import DUPLICATE, judge
from kiosk.documents.likeness import is_known, look_of
from tests.unit.documents.scenes import blank_page, blurred, on_the_mat

CELLS = 14


def form(filled: int) -> Pixels:
    """A printed form: its lines and words are the same for everybody, what is written in the cells is not."""
    page = np.full((1400, 1000, 3), 238, np.uint8)
    dice = np.random.default_rng(filled)
    for row in range(CELLS):
        top = 160 + row * 84
        cv2.rectangle(page, (60, top), (940, top + 84), (90, 90, 90), 3)
        cv2.putText(
            page, "NAME BORN"[row % 2 * 5 :][:4], (75, top + 55), cv2.FONT_HERSHEY_SIMPLEX, 1, (60, 60, 60), 2
        )
        words = "".join(chr(code) for code in dice.integers(65, 90, int(dice.integers(0, 30))))
        cv2.putText(page, words, (190, top + 55), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (40, 20, 20), 2)
    return page


def shot(
    page: Pixels, seed: int, angle_deg: float = 0.0, blur_px: float = 0.0, dimmed: float = 1.0
) -> Pixels:
    pixels = on_the_mat(page, angle_deg=angle_deg, scale=0.6, seed=seed).pixels
    soft = blurred(pixels, blur_px) if blur_px else pixels
    shade = np.linspace(dimmed, 1, soft.shape[1])[None, :, None]
    return (soft * shade).astype(np.uint8)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_page_once_more_is_noticed_however_it_lies(seed: int) -> None:
    first = judge(shot(form(seed), seed)).look
    again = judge(shot(form(seed), seed + 50, angle_deg=-5, blur_px=1.2, dimmed=0.6), known=(first,))
    assert DUPLICATE in again.findings


def test_the_same_page_upside_down_is_noticed() -> None:
    first = judge(shot(form(1), 1)).look
    assert DUPLICATE in judge(shot(form(1)[::-1, ::-1].copy(), 2), known=(first,)).findings


@pytest.mark.parametrize("seed", range(4))
def test_another_page_of_the_same_printed_form_is_another_page(seed: int) -> None:
    known = judge(shot(form(seed), seed)).look
    assert DUPLICATE not in judge(shot(form(seed + 90), seed + 50, angle_deg=4), known=(known,)).findings


def test_pages_without_print_are_never_taken_for_each_other() -> None:
    look = look_of(blank_page(1000, 1400))
    assert look == b""
    assert not is_known(look, [look])


def test_a_page_nobody_looked_at_is_known_to_nobody() -> None:
    assert not is_known(look_of(form(1)), [b""])
