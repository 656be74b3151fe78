import cv2
import numpy as np
import pytest

from devices.model import Pixels
from kiosk.documents.judging import DocumentError, encode_jpeg, judge
from kiosk.documents.quality import Demands
from tests.unit.documents.scenes import blank_page, blurred, on_the_mat, printed_page


@pytest.fixture(scope="module")
def card() -> Pixels:
    return on_the_mat(printed_page(1000, 630, 2), angle_deg=7).pixels


def darkened(pixels: Pixels, share: float) -> Pixels:
    return (pixels * share).astype(np.uint8)


def test_a_good_page_has_no_finding(card: Pixels) -> None:
    judged = judge(card)
    assert judged.findings == ()
    assert judged.pixels.shape[1] > judged.pixels.shape[0]


def test_a_scan_up_to_the_edge_has_no_finding() -> None:
    assert judge(printed_page(1240, 1754)).findings == ()


@pytest.mark.parametrize("sigma_px", [4.0, 6.0, 12.0])
def test_a_blurred_page_is_told(card: Pixels, sigma_px: float) -> None:
    assert judge(blurred(card, sigma_px)).findings == ("page.blurred",)


@pytest.mark.parametrize("sigma_px", [0.5, 1.0, 1.5])
def test_a_page_as_a_good_lens_shows_it_is_not_called_blurred(card: Pixels, sigma_px: float) -> None:
    assert judge(blurred(card, sigma_px)).findings == ()


def test_noise_does_not_pass_for_sharpness(card: Pixels) -> None:
    dice = np.random.default_rng(1)
    soft = blurred(card, 5.0).astype(np.float32) + dice.normal(0, 6, card.shape)
    assert judge(np.clip(soft, 0, 255).astype(np.uint8)).findings == ("page.blurred",)


def test_a_page_in_bad_light_is_told(card: Pixels) -> None:
    assert judge(darkened(card, 0.35)).findings == ("page.too-dark",)


def test_a_picture_without_any_light_is_too_dark_and_an_empty_mat_is_not() -> None:
    mat = np.full((960, 1280, 3), (45, 42, 40), np.uint8)
    assert judge(darkened(mat, 0.2)).findings == ("page.too-dark",)
    assert judge(mat).findings == ("page.not-found",)
    assert judge(mat).pixels is mat


def test_a_page_far_away_is_too_small() -> None:
    far = on_the_mat(printed_page(1000, 630), scale=0.4).pixels
    assert "page.too-small" in judge(far).findings


def test_the_back_of_a_page_is_blank_and_not_blurred() -> None:
    assert judge(on_the_mat(blank_page(700, 1000), angle_deg=5).pixels).findings == ("page.blank",)


def test_each_terminal_can_be_calibrated(card: Pixels) -> None:
    assert judge(card, Demands(sharpness=0.5001)).findings == ("page.blurred",)
    assert judge(card, Demands(long_px=3000)).findings == ("page.too-small",)


def test_a_page_becomes_a_jpeg_without_metadata(card: Pixels) -> None:
    data = encode_jpeg(card, 80)
    assert data[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in data
    again = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert again is not None
    assert again.shape == card.shape


def test_what_is_no_picture_is_refused_by_its_code() -> None:
    with pytest.raises(DocumentError) as caught:
        encode_jpeg(np.zeros((0, 0, 3), np.uint8))
    assert caught.value.code == "page.not-a-picture"
