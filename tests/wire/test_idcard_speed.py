from collections.abc import Generator
from pathlib import Path

import pytest

from devices.errors import DeviceError
from devices.sim.sdt_module import RADIO_FRAME, SPEED
from devices.sim.sdt_reader import LineFault, SimulatedSdtReader
from tests.wire.card_rig import CHEN, armed, driver_of, read_of, ticks

SPEEDS = (115200, 57600, 38400, 19200, 9600)


def reader_at(folder: Path, baud: int) -> SimulatedSdtReader:
    return SimulatedSdtReader(folder / "port", baud)


@pytest.fixture
def slow(tmp_path: Path) -> Generator[SimulatedSdtReader]:
    with reader_at(tmp_path, 19200) as plugged:
        yield plugged


@pytest.mark.parametrize("baud", SPEEDS)
def test_a_reader_is_spoken_to_at_the_speed_of_the_profile(tmp_path: Path, baud: int) -> None:
    with reader_at(tmp_path, baud) as reader:
        driver = driver_of(reader, baud=baud)
        driver.open()
        assert driver.readings()["speed"] == str(baud)
        driver.close()
        assert not any(body.startswith(SPEED) for body in reader.heard())


def test_a_card_that_takes_its_time_on_a_slow_line_is_read(tmp_path: Path) -> None:
    with reader_at(tmp_path, 9600) as reader, armed(reader, baud=9600, frame_timeout_s=0.3) as driver:
        reader.place(CHEN)
        assert ticks(driver, 2) == read_of(CHEN)


def test_a_reader_at_another_speed_is_found_and_set_to_the_one_of_the_profile(
    slow: SimulatedSdtReader,
) -> None:
    with armed(slow) as driver:
        assert driver.readings()["speed"] == "115200"
        assert b"\x60\x00" in slow.heard()
        slow.place(CHEN)
        assert ticks(driver, 2) == read_of(CHEN)


def test_a_reader_that_takes_no_other_speed_is_spoken_to_at_its_own(slow: SimulatedSdtReader) -> None:
    slow.force("speed", 0x21)
    with armed(slow) as driver:
        assert driver.readings()["speed"] == "19200"
        slow.place(CHEN)
        assert ticks(driver, 2) == read_of(CHEN)


def test_a_reader_whose_answer_to_the_new_speed_is_lost_is_found_at_it(slow: SimulatedSdtReader) -> None:
    slow.disturb_after(1, LineFault(mute=True), answers=1)
    with armed(slow) as driver:
        assert driver.readings()["speed"] == "115200"
        slow.place(CHEN)
        assert ticks(driver, 2) == read_of(CHEN)


def test_a_reader_that_falls_silent_after_its_greeting_is_opened_at_the_next_try(
    slow: SimulatedSdtReader,
) -> None:
    driver = driver_of(slow, baud=19200, radio_frame=3, frame_timeout_s=0.3)
    slow.disturb_after(1, LineFault(mute=True))
    with pytest.raises(DeviceError, match=r"idcard\.no-answer"):
        driver.open()
    slow.recover()
    driver.open()
    driver.close()


def test_a_reader_that_came_back_at_its_first_speed_is_found_within_two_looks(
    slow: SimulatedSdtReader,
) -> None:
    with armed(slow) as driver:
        slow.unplug()
        with pytest.raises(DeviceError, match=r"device\.port-gone"):
            driver.tick()
        slow.replug()
        assert ticks(driver, 1) == []
        assert driver.readings()["speed"] == "115200"


def test_the_radio_frame_is_set_where_the_profile_says_so(tmp_path: Path) -> None:
    with reader_at(tmp_path, 115200) as reader:
        reader.force("radio-frame", 0x21)
        driver = driver_of(reader, radio_frame=3)
        driver.open()
        driver.close()
        assert RADIO_FRAME + b"\x03" in reader.heard()
