import numpy as np
import pytest

from devices.model import Pixels
from kiosk.documents.live import LiveLook
from tests.unit.documents.scenes import MAT, blurred, on_the_mat, printed_page

SIZE_PX = (960, 720)


def laid(scale: float = 0.7, shift: int = 0) -> Pixels:
    pixels = on_the_mat(printed_page(640, 404), scale=scale, frame_px=SIZE_PX).pixels
    return np.roll(pixels, shift, axis=1)


def empty() -> Pixels:
    return np.full((SIZE_PX[1], SIZE_PX[0], 3), MAT, np.uint8)


@pytest.mark.parametrize(
    ("pixels", "hint"),
    [
        (laid(), "live.ready"),
        (empty(), "live.no-page"),
        ((laid() * 0.25).astype(np.uint8), "live.too-dark"),
        ((laid() * 0.02).astype(np.uint8), "live.too-dark"),
        (blurred(laid(), 6), "live.blurred"),
        (laid(shift=280)[:, :720], "live.cut-off"),
    ],
    ids=["good", "empty", "shaded", "no light", "blurred", "over the edge"],
)
def test_what_a_page_lacks_is_said_before_it_is_taken(pixels: Pixels, hint: str) -> None:
    look = LiveLook()
    look.hint(pixels)
    assert look.hint(pixels) == hint


def test_what_moves_is_to_be_held_still() -> None:
    look = LiveLook()
    assert [look.hint(laid(shift=shift)) for shift in (0, 60, 120)][-1] == "live.moving"


def test_nothing_is_said_of_what_was_seen_once() -> None:
    look = LiveLook()
    assert look.hint(laid()) is None
    look.hint(laid())
    assert look.hint(empty()) == "live.ready"


def test_nothing_of_the_last_page_is_remembered() -> None:
    look = LiveLook()
    look.hint(laid())
    look.hint(laid())
    look.forget()
    assert look.hint(empty()) is None
