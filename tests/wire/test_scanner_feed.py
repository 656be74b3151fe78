from typing import Any

import numpy as np
import pytest

from devices.errors import DeviceError, Remedy
from devices.sim.saned_wire import Call, Status
from devices.sim.scanner_mechanism import Habits
from devices.sim.scanner_sheets import back_of, dots, mark_of
from tests.wire.scanners import FEED_S, Stand, stand

PROFILES = {
    "both": {"source": "feeder", "duplex": True},
    "gray": {"source": "feeder", "mode": "gray"},
    "lineart": {"mode": "lineart"},
    "card": {"page": "ID-1", "dpi": 100},
}


def starts(at: Stand) -> int:
    return at.simulated.calls.count(Call.START)


def test_every_page_of_the_feeder_comes_once_and_in_order() -> None:
    with stand() as at:
        at.simulated.mechanism.load(*range(1, 11))
        assert at.feed() == (list(range(1, 11)), "")
        assert at.simulated.mechanism.spoiled == ()
        at.reads("feeder", "empty")
        at.reads("pages", 10)


def test_the_glass_is_scanned_beside_the_feeder() -> None:
    with stand() as at:
        at.simulated.mechanism.lay(77)
        at.simulated.mechanism.load(1)
        assert mark_of(at.scanner.scan(FEED_S).pixels) == 77
        assert at.feed() == ([1], "")
        assert mark_of(at.scanner.scan(FEED_S).pixels) == 77


def test_a_feeder_that_is_empty_from_the_beginning_is_not_even_tried() -> None:
    with stand(Habits(jams_when_empty=True)) as at:
        assert at.feed() == ([], "scanner.no-page")
        assert starts(at) == 0
        at.simulated.mechanism.load(3)
        at.reads("feeder", "loaded")


def test_without_sensors_an_empty_feeder_is_noticed_by_trying() -> None:
    with stand(Habits(sensors=False)) as at:
        at.reads("feeder", "unknown")
        assert at.feed() == ([], "scanner.no-page")
        at.simulated.mechanism.load(3)
        assert at.feed() == ([3], "")


@pytest.mark.parametrize("mid_page", [False, True])
def test_after_a_jam_on_page_2_of_3_the_next_feed_goes_on_with_page_2(*, mid_page: bool) -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(1, 2, 3)
        hands.jam(after=1, mid_page=mid_page)
        assert at.feed() == ([1], "scanner.jam")
        assert at.feed() == ([], "scanner.jam")
        hands.clear()
        assert at.feed() == ([2, 3], "")
        assert hands.passed == (1, 2, 3)
        assert hands.spoiled == ()


def test_two_sheets_at_once_are_told_from_a_jam() -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(1, 2, 3)
        hands.jam(after=1, mid_page=True, double=True)
        marks: list[int] = []
        with pytest.raises(DeviceError) as caught:
            marks.extend(mark_of(frame.pixels) for frame in at.scanner.feed(timeout_s=FEED_S))
        assert (caught.value.code, caught.value.remedy) == ("scanner.double-feed", Remedy.RESIDENT)
        assert "page 2" in caught.value.detail
        at.reads("fault", "scanner.double-feed")
        hands.clear()
        assert at.feed() == ([2, 3], "")
        at.reads("fault", "none")


def test_an_open_cover_warns_and_refuses_the_feed_and_a_closed_one_does_neither() -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(1)
        hands.cover(is_open=True)
        at.told.wait_for_codes("device.ok", "scanner.cover-open")
        assert at.process.health.usable
        at.reads("cover", "open")
        assert at.feed() == ([], "scanner.cover-open")
        assert starts(at) == 0
        hands.cover(is_open=False)
        at.told.wait_for_codes("device.ok", "scanner.cover-open", "device.ok")
        assert at.feed() == ([1], "")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.IO_ERROR, "scanner.io-error"),
        (Status.ACCESS_DENIED, "scanner.denied"),
        (Status.NO_MEM, "scanner.io-error"),
        (Status.EOF, "scanner.truncated"),
        (Status.CANCELLED, "scanner.cancelled"),
    ],
)
def test_a_fault_in_the_middle_of_a_page_loses_no_other_page(status: Status, code: str) -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(1, 2, 3)
        hands.fail(status, after=1, mid_page=True)
        assert at.feed() == ([1], code)
        assert hands.spoiled == (2,)
        assert at.feed() == ([3], "")


def test_a_busy_scanner_is_asked_again_and_then_told() -> None:
    with stand(busy_s=1.5) as at:
        at.simulated.refuse(Call.START, Status.DEVICE_BUSY)
        assert mark_of(at.scanner.scan(FEED_S).pixels) == 1
        at.simulated.refuse(Call.START, *([Status.DEVICE_BUSY] * 40))
        with pytest.raises(DeviceError) as caught:
            at.scanner.scan(FEED_S)
        assert (caught.value.code, caught.value.remedy) == ("scanner.busy", Remedy.RETRY)
        at.simulated.recover()
        assert mark_of(at.scanner.scan(FEED_S).pixels) == 1


def test_a_page_that_the_feeder_has_not_drawn_in_yet_does_not_end_the_feed() -> None:
    with stand() as at:
        at.simulated.mechanism.load(1, 2)
        pages = at.scanner.feed(timeout_s=FEED_S)
        assert mark_of(next(pages).pixels) == 1
        at.simulated.refuse(Call.START, Status.NO_DOCS, Status.NO_DOCS)
        assert [mark_of(frame.pixels) for frame in pages] == [2]


def test_a_feed_has_so_many_pages_and_no_more() -> None:
    with stand(most_pages=2) as at:
        at.simulated.mechanism.load(1, 2, 3)
        assert at.feed() == ([1, 2], "")
        assert at.simulated.mechanism.waiting == (3,)


def test_pages_come_as_their_profile_says() -> None:
    with stand(profiles=PROFILES) as at:
        at.simulated.mechanism.load(1, 2)
        assert at.feed("both") == ([1, back_of(1), 2, back_of(2)], "")
        at.simulated.mechanism.load(4)
        assert at.feed("gray") == ([4], "")
        card = at.scanner.scan(FEED_S, "card").pixels
        assert (mark_of(card), card.shape) == (1, (213, 337, 3))
        black = dots(1, 585, 425)[:, :, None].repeat(3, axis=2)
        np.testing.assert_array_equal(at.scanner.scan(FEED_S, "lineart").pixels, np.where(black, 0, 255))
        with pytest.raises(DeviceError, match=r"device\.bad-option .*'photo' is none of both, gray"):
            at.scanner.scan(FEED_S, "photo")


def test_sixteen_bits_become_eight() -> None:
    with stand(extra={"depth": 16}) as at:
        assert mark_of(at.scanner.scan(FEED_S).pixels) == 1


def test_a_height_that_nobody_knows_beforehand_is_what_it_turns_out_to_be() -> None:
    with stand(Habits(tells_height=False)) as at:
        frame = at.scanner.scan(FEED_S)
        assert (mark_of(frame.pixels), frame.pixels.shape) == (1, (585, 425, 3))


def test_a_page_without_an_end_is_broken_off() -> None:
    with stand(Habits(tells_height=False), most_mb=1, dpi=100) as at:
        with pytest.raises(DeviceError) as caught:
            at.scanner.scan(FEED_S)
        assert (caught.value.code, caught.value.remedy) == ("scanner.page-too-long", Remedy.SERVICE)


def test_lines_that_the_binding_would_shear_are_refused() -> None:
    refused = r"scanner\.setting-refused .*line_bytes=1278"
    with stand(Habits(padding_bytes=3)) as at, pytest.raises(DeviceError, match=refused):
        at.scanner.scan(FEED_S)


def test_what_the_scanner_can_do_is_told() -> None:
    with stand(profiles=PROFILES) as at:
        abilities = at.scanner.abilities()
        assert abilities.sources == ("Flatbed", "ADF Front", "ADF Duplex")
        assert abilities.feeder
        assert abilities.duplex
        assert abilities.profiles == tuple(PROFILES)
        assert abilities.sensors == ("feeder", "cover")


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"profiles": {"a": {"source": "Tray"}}}, "profiles.a.source: 'Tray' is none of Flatbed, ADF Front"),
        ({"profiles": {"a": {"dpi": 222}}}, "profiles.a.dpi: 222 is none of 50, 75, 100"),
        ({"mode": "Sepia"}, "mode: 'Sepia' is none of Color, Gray, Lineart"),
        ({"page": {"width_mm": 300, "height_mm": 200}}, "page: 300x200 mm do not fit"),
    ],
)
def test_a_profile_that_the_scanner_cannot_do_is_told_at_once(wrong: dict[str, Any], detail: str) -> None:
    with stand(first="device.bad-option", **wrong) as at:
        assert detail in at.process.health.detail
