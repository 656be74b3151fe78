from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy
from devices.scanner.faults import refined_jam
from devices.scanner.pages import UNKNOWN_LINES, Announced, picture, shortfall
from devices.sim.scanner_sheets import back_of, mark_of, samples

A6 = Announced("color", 413, 583, 8, 1239)
JAM = DeviceError("scanner-1", "scanner.jam", Remedy.RESIDENT, "Document feeder jammed")


@pytest.mark.parametrize(
    ("announced", "readable"),
    [
        (A6, True),
        (replace(A6, frame="gray", line_bytes=413), True),
        (replace(A6, depth=16, line_bytes=2478), True),
        (replace(A6, frame="gray", depth=1, line_bytes=52), True),
        (replace(A6, line_bytes=1240), False),
        (replace(A6, frame="red", line_bytes=413), False),
        (replace(A6, frame="unknown format"), False),
        (replace(A6, depth=12), False),
        (replace(A6, width_px=0, line_bytes=0), False),
    ],
)
def test_only_what_the_binding_reads_right_is_read(announced: Announced, *, readable: bool) -> None:
    assert announced.readable is readable


@pytest.mark.parametrize(
    ("lines", "before", "after", "is_whole"),
    [
        (583, 583, 583, True),
        (582, 583, 583, False),
        (584, 583, 583, False),
        (400, 583, 400, True),
        (400, UNKNOWN_LINES, UNKNOWN_LINES, True),
        (0, UNKNOWN_LINES, UNKNOWN_LINES, False),
        (0, 583, 0, False),
    ],
)
def test_a_page_is_whole_when_its_height_is_what_was_announced_or_corrected(
    lines: int, before: int, after: int, *, is_whole: bool
) -> None:
    missing = shortfall(413, lines, replace(A6, lines=before), replace(A6, lines=after))
    assert (missing == "") is is_whole


@given(st.integers(-1, 3000), st.integers(-1, 3000), st.integers(1, 3000))
def test_a_page_shorter_than_the_back_end_says_before_and_after_is_never_whole(
    lines: int, said: int, width_px: int
) -> None:
    announced = Announced("gray", width_px, said, 8, width_px)
    if said not in {UNKNOWN_LINES, lines}:
        assert shortfall(width_px, lines, announced, announced)
    assert shortfall(width_px - 1, lines, announced, announced)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("height", [1, 255, 256, 257, 600])
def test_pixels_come_out_in_the_order_that_the_program_has(channels: int, height: int) -> None:
    sent = samples(9, height, 31, channels)
    page = picture(bytearray(sent.tobytes()), (height, 31, channels), 1)
    np.testing.assert_array_equal(page, np.broadcast_to(sent[:, :, ::-1], page.shape))
    assert page.flags.c_contiguous
    wide = picture(bytearray((sent.astype(np.uint16) * 257).tobytes()), (height, 31, channels), 2)
    np.testing.assert_array_equal(wide, page)


@given(st.integers(0, 127))
def test_a_sheet_of_the_bench_is_known_by_its_picture(mark: int) -> None:
    assert mark_of(samples(mark, 12, 9, 3)[:, :, ::-1]) == mark
    assert mark_of(samples(back_of(mark), 12, 9, 1).repeat(3, axis=2)) == back_of(mark)


def test_a_byte_out_of_place_is_noticed() -> None:
    page = samples(5, 12, 9, 3)[:, :, ::-1].copy()
    page[7, 3, 1] += 1
    with pytest.raises(ValueError, match="sheet 5"):
        mark_of(page)


@pytest.mark.parametrize(
    ("double_feed", "cover_open", "code"),
    [
        (False, False, "scanner.jam"),
        (True, False, "scanner.double-feed"),
        (True, True, "scanner.cover-open"),
        (False, True, "scanner.cover-open"),
    ],
)
def test_the_sensors_tell_what_the_jam_is(*, double_feed: bool, cover_open: bool, code: str) -> None:
    refined = refined_jam(JAM, double_feed=double_feed, cover_open=cover_open)
    assert (refined.code, refined.remedy) == (code, Remedy.RESIDENT)


def test_the_sensors_change_nothing_else() -> None:
    busy = DeviceError("scanner-1", "scanner.busy", Remedy.RETRY)
    assert refined_jam(busy, double_feed=True, cover_open=True) is busy
