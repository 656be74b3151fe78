import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.printer.bands import BAND_ROWS, GUARD, TAIL_ROWS, guarded_bands, head_and_tail
from devices.printer.encode import BARRIER, FLUSH, encode_cut, encode_slip
from devices.sim.escpos.engine import Engine
from devices.sim.escpos.registers import Mishap


def picture(rows: int, width_px: int = 576, seed: int = 5) -> Image.Image:
    random = np.random.default_rng(seed)
    dots = random.random((rows, width_px)) > 0.2
    if rows >= 2 * BAND_ROWS:
        dots[rows // 3 : rows // 3 + 20] = True
    return Image.fromarray(dots)


class Printer:
    def __init__(self, after: int | None = None) -> None:
        self.slips: list[Image.Image] = []
        self.said = b""
        self.engine = Engine(576, self.slips.append, self._hear, self._hang_up)
        if after is not None:
            self.engine.fail_after(after, Mishap.POWER_CYCLE)

    def _hear(self, data: bytes) -> None:
        self.said += data

    def _hang_up(self, mishap: Mishap) -> None:
        assert mishap is Mishap.POWER_CYCLE


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 300, 700])
def test_head_and_tail_are_the_picture_and_the_tail_holds_the_last_ink(rows: int) -> None:
    whole = picture(rows) if rows else Image.new("1", (576, 1), 1)
    head, tail = head_and_tail(whole)
    np.testing.assert_array_equal(np.vstack([np.asarray(head), np.asarray(tail)]), np.asarray(whole))
    assert np.count_nonzero(~np.asarray(tail).all(axis=1)) == min(rows, TAIL_ROWS)


@pytest.mark.parametrize("width_px", [384, 576])
def test_bands_keep_every_dot_but_those_under_their_guards(width_px: int) -> None:
    whole = picture(700, width_px)
    bands = guarded_bands(whole)
    assert all(band.height <= BAND_ROWS for band in bands)
    dots = np.vstack([np.asarray(band) for band in bands])[:700]
    ends = np.cumsum([band.height for band in bands]) - 1
    kept = np.ones(dots.shape, bool)
    kept[ends[ends < 700], -8 * len(GUARD) :] = False
    np.testing.assert_array_equal(dots[kept], np.asarray(whole)[kept])


def test_bands_end_at_white_rows_where_there_are_any() -> None:
    first = guarded_bands(picture(600))[0]
    assert np.asarray(first)[-1, : -8 * len(GUARD)].all()


@pytest.mark.parametrize("guarded", [False, True])
def test_a_slip_has_the_barriers_that_it_says(*, guarded: bool) -> None:
    slip = encode_slip(picture(600), guarded=guarded)
    printer = Printer()
    printer.engine.receive(slip.body[: slip.whole_bytes] + encode_cut())
    assert len(printer.slips) == 1
    printer = Printer()
    printer.engine.receive(slip.body + encode_cut() + BARRIER)
    assert printer.said == bytes(slip.barriers)
    assert printer.engine.unknown == []


@settings(max_examples=10)
@given(st.integers(0, 40_000), st.integers(1, 5000), st.integers(0, 3))
def test_a_printer_that_lost_its_place_never_answers_all_barriers_of_a_torn_slip(
    after: int, piece: int, seed: int
) -> None:
    slip = encode_slip(picture(520, seed=seed), guarded=True)
    data = slip.body + encode_cut() + BARRIER
    printer = Printer(after)
    for start in range(0, len(data), piece):
        printer.engine.receive(data[start : start + piece])
    inked = np.count_nonzero(~np.asarray(picture(520, seed=seed)))
    whole = [one for one in printer.slips if np.count_nonzero(np.asarray(one) == 0) >= inked]
    barriers = sum(byte & 0b1001_0000 == 0 for byte in printer.said)
    assert barriers < slip.barriers or len(whole) == 1


def test_the_longest_flush_ends_any_picture_that_was_begun() -> None:
    slip = encode_slip(picture(520))
    printer = Printer()
    printer.engine.receive(slip.body[:5000])
    printer.engine.receive(FLUSH + b"\x1b@" + encode_cut() + BARRIER)
    assert printer.said == b"\x00"
