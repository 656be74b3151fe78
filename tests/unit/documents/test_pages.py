import cv2
import numpy as np
import pytest

from kiosk.documents.pages import find_page, straighten
from tests.unit.documents.scenes import blank_page, on_the_mat, overlap, printed_page

FRAME_PX = (1280, 960)


@pytest.mark.parametrize("seed", range(10))
def test_a_page_on_the_mat_is_found_however_it_lies(seed: int) -> None:
    dice = np.random.default_rng(seed)
    page = printed_page(1000, 630, seed) if seed % 2 else printed_page(707, 1000, seed)
    scene = on_the_mat(
        page, angle_deg=dice.uniform(-40, 40), scale=dice.uniform(0.5, 0.75), seed=seed, frame_px=FRAME_PX
    )
    found = find_page(scene.pixels)
    assert found is not None
    assert overlap(found, scene.corners, FRAME_PX) > 0.97


def test_the_corners_begin_at_the_top_left_and_go_round_with_the_clock() -> None:
    scene = on_the_mat(printed_page(1000, 630), angle_deg=12)
    found = find_page(scene.pixels)
    assert found is not None
    assert float(np.abs(found - scene.corners).max()) < 6


def test_a_card_with_rounded_corners_is_found_by_its_sides() -> None:
    card = printed_page(1011, 638)
    mask = np.zeros(card.shape[:2], np.uint8)
    cv2.rectangle(mask, (40, 0), (970, 637), 255, -1)
    cv2.rectangle(mask, (0, 40), (1010, 597), 255, -1)
    for centre in ((40, 40), (970, 40), (40, 597), (970, 597)):
        cv2.circle(mask, centre, 40, 255, -1)
    card[mask == 0] = (45, 42, 40)
    scene = on_the_mat(card, angle_deg=-8)
    found = find_page(scene.pixels)
    assert found is not None
    assert float(np.abs(found - scene.corners).max()) < 8


def test_a_straightened_page_looks_like_the_page() -> None:
    page = printed_page(1000, 707, 3)
    scene = on_the_mat(page, angle_deg=17)
    found = find_page(scene.pixels)
    assert found is not None
    straight = straighten(scene.pixels, found)
    small = [cv2.resize(picture, (200, 141), interpolation=cv2.INTER_AREA) for picture in (page, straight)]
    likeness = np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1]
    assert likeness > 0.9


@pytest.mark.parametrize(("size", "ratio"), [((1011, 638), 85.60 / 53.98), ((707, 1000), 1 / 2**0.5)])
def test_a_page_gets_the_sides_of_its_format(size: tuple[int, int], ratio: float) -> None:
    scene = on_the_mat(printed_page(*size), angle_deg=5, scale=0.7, tilt=0.01)
    found = find_page(scene.pixels)
    assert found is not None
    height, width = straighten(scene.pixels, found).shape[:2]
    assert width / height == pytest.approx(ratio, rel=0.01)


def test_paper_up_to_the_edge_is_taken_whole() -> None:
    found = find_page(printed_page(800, 1131))
    assert found is not None
    assert found.tolist() == [[0, 0], [799, 0], [799, 1130], [0, 1130]]


def test_a_very_large_picture_gives_a_page_that_still_fits() -> None:
    page = np.kron(printed_page(1000, 1414), np.ones((3, 3, 1), np.uint8))
    corners = find_page(page)
    assert corners is not None
    assert max(straighten(page, corners).shape) == 2600


def test_an_empty_mat_and_a_crumb_on_it_are_no_page() -> None:
    mat = np.full((960, 1280, 3), (45, 42, 40), np.uint8)
    assert find_page(mat) is None
    mat[400:460, 600:680] = 240
    assert find_page(mat) is None


def test_a_thing_with_three_corners_is_no_page() -> None:
    mat = np.full((960, 1280, 3), (45, 42, 40), np.uint8)
    cv2.line(mat, (200, 200), (1000, 700), (230, 230, 230), 60)
    cv2.line(mat, (1000, 200), (600, 450), (230, 230, 230), 60)
    assert find_page(mat) is None


def test_a_page_without_print_is_found_too() -> None:
    assert find_page(on_the_mat(blank_page(700, 1000), angle_deg=4).pixels) is not None
