import numpy as np
import pytest

from devices.camera.watchdog import Complaint, Limits, Watchdog
from devices.errors import Remedy
from devices.model import Pixels

RANDOM = np.random.default_rng(5)


def desk() -> Pixels:
    return RANDOM.integers(40, 220, (120, 160, 3)).astype(np.uint8)


def dark() -> Pixels:
    return RANDOM.integers(0, 6, (120, 160, 3)).astype(np.uint8)


def test_a_picture_that_moves_is_no_complaint() -> None:
    watchdog = Watchdog(Limits(), 100.0)
    for second in range(10):
        watchdog.see(desk(), 100.0 + second)
        assert watchdog.complaint(100.0 + second) is None


def test_a_camera_that_sends_nothing_is_missed_after_the_limit_and_not_before() -> None:
    watchdog = Watchdog(Limits(silent_s=2.0), 100.0)
    assert watchdog.complaint(101.9) is None
    assert watchdog.complaint(102.1) == Complaint("camera.no-frames", Remedy.SERVICE, reopen=True)
    watchdog.see(desk(), 103.0)
    assert watchdog.complaint(103.0) is None


def test_the_same_frame_again_and_again_is_a_frozen_camera() -> None:
    watchdog = Watchdog(Limits(frozen_s=3.0), 100.0)
    still = desk()
    for second in range(4):
        watchdog.see(still, 100.0 + second)
        assert watchdog.complaint(100.0 + second) is None
    watchdog.see(still, 104.0)
    assert watchdog.complaint(104.0) == Complaint("camera.frozen", Remedy.SERVICE, reopen=True)
    watchdog.see(desk(), 105.0)
    assert watchdog.complaint(105.0) is None


def test_a_recording_may_stand_still() -> None:
    watchdog = Watchdog(Limits(frozen_s=None), 0.0)
    still = desk()
    for second in range(20):
        watchdog.see(still, second)
    assert watchdog.complaint(20.0) is None


def test_noise_in_the_dark_is_a_covered_lens_and_no_frozen_one() -> None:
    watchdog = Watchdog(Limits(dark_s=1.0), 0.0)
    watchdog.see(dark(), 7.0)
    watchdog.see(dark(), 7.9)
    assert watchdog.complaint(7.9) is None
    watchdog.see(dark(), 8.1)
    assert watchdog.complaint(8.1) == Complaint("camera.covered", Remedy.RESIDENT)
    watchdog.see(desk(), 8.2)
    assert watchdog.complaint(8.2) is None


def test_a_dark_desk_with_a_paper_on_it_is_not_covered() -> None:
    scene = dark()
    scene[40:80, 40:120] = 230
    watchdog = Watchdog(Limits(dark_s=1.0, frozen_s=None), 0.0)
    watchdog.see(scene, 5.0)
    watchdog.see(scene, 6.5)
    assert watchdog.complaint(6.5) is None


def test_one_dot_of_noise_where_it_is_looked_for_is_motion() -> None:
    scene = desk()
    watchdog = Watchdog(Limits(frozen_s=3.0, silent_s=99.0), 0.0)
    watchdog.see(scene, 0.0)
    moved = scene.copy()
    moved[8, 16, 1] ^= 1
    watchdog.see(moved, 3.5)
    assert watchdog.complaint(3.5) is None


def test_a_lens_that_stays_dark_is_at_last_the_services_to_look_at() -> None:
    watchdog = Watchdog(Limits(black_s=120.0, silent_s=999.0), 0.0)
    for second in range(121):
        watchdog.see(dark(), second)
    assert watchdog.complaint(120.0) == Complaint("camera.covered", Remedy.RESIDENT)
    assert watchdog.complaint(120.1) == Complaint("camera.black", Remedy.SERVICE)
    watchdog.see(desk(), 121.0)
    assert watchdog.complaint(121.0) is None


def test_the_same_black_again_and_again_is_a_covered_lens_and_no_frozen_one() -> None:
    watchdog = Watchdog(Limits(frozen_s=3.0), 0.0)
    black = np.full((120, 160, 3), 4, np.uint8)
    for second in range(10):
        watchdog.see(black, second)
    assert watchdog.complaint(9.0) == Complaint("camera.covered", Remedy.RESIDENT)


@pytest.mark.parametrize(("mean", "spread", "complaints"), [(13, 0, 1), (15, 0, 0), (12, 9, 0)])
def test_dark_is_what_is_both_below_the_mean_and_without_contrast(
    mean: int, spread: int, complaints: int
) -> None:
    scene = np.full((128, 128, 3), mean - spread, np.uint8)
    scene[:, ::16] = mean + spread
    watchdog = Watchdog(Limits(dark_s=1.0, frozen_s=None, silent_s=99.0), 0.0)
    watchdog.see(scene, 0.0)
    assert (watchdog.complaint(1.1) is not None) == bool(complaints)


def test_the_limit_of_darkness_can_be_set() -> None:
    dim = np.full((128, 128, 3), 30, np.uint8)
    watchdog = Watchdog(Limits(dark_mean=40.0, frozen_s=None), 0.0)
    watchdog.see(dim, 0.0)
    assert watchdog.complaint(1.1) == Complaint("camera.covered", Remedy.RESIDENT)


def test_a_frame_is_told_apart_from_one_that_came_before() -> None:
    watchdog = Watchdog(Limits(), 0.0)
    scene = desk()
    assert watchdog.see(scene, 0.0)
    assert not watchdog.see(scene, 0.1)
    assert watchdog.see(desk(), 0.2)
    assert watchdog.see(dark(), 0.3)
