from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from devices.errors import DeviceError, Remedy
from devices.idcard.frame import encode
from devices.idcard.reader import SdtReader
from devices.idcard.sdt import make
from devices.model import CardDetected, CardRead, CardReadFailed, CardRemoved, DeviceEvent
from devices.sim.cards import load_cards
from devices.sim.sdt_module import RESET
from devices.sim.sdt_reader import LineFault, SimulatedSdtReader

CARDS = load_cards()
CHEN, ZHOU = CARDS["resident-chen"], CARDS["resident-zhou"]
DETECTED = CardDetected("idcard-1")
READ_CHEN = [DETECTED, CardRead("idcard-1", CHEN.record)]
READ_ZHOU = [DETECTED, CardRead("idcard-1", ZHOU.record)]


@pytest.fixture
def reader(tmp_path: Path) -> Generator[SimulatedSdtReader]:
    with SimulatedSdtReader(tmp_path / "idcard-port") as simulated:
        yield simulated


@pytest.fixture
def driver(reader: SimulatedSdtReader) -> Generator[SdtReader]:
    made = make("idcard-1", {"port": str(reader.link_path), "frame_timeout_s": 0.75})
    made.open()
    assert made.tick() == (CardRemoved("idcard-1"),)
    made.command("arm", {})
    try:
        yield made
    finally:
        made.close()


def ticks(driver: SdtReader, count: int) -> list[DeviceEvent]:
    return [event for _ in range(count) for event in driver.tick()]


def failure(driver: SdtReader) -> tuple[str, Remedy]:
    with pytest.raises(DeviceError) as caught:
        driver.tick()
    return caught.value.code, caught.value.remedy


@pytest.mark.parametrize("cut_at", [0, 4, 6, 10, 270, 1294])
def test_data_that_lost_its_end_is_asked_for_again(
    reader: SimulatedSdtReader, driver: SdtReader, cut_at: int
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(1, LineFault(cut_at=cut_at, mute=cut_at == 0), answers=1)
    assert ticks(driver, 1) == READ_CHEN[1:]


@pytest.mark.parametrize(
    "fault",
    [
        LineFault(wrong_checksum=True),
        LineFault(garbage=b"\x00\xff\x13"),
        LineFault(garbage=b"\xaa"),
        LineFault(garbage=b"\xaa\xaa\xaa\x96\x69\x00\x00"),
        LineFault(garbage=b"\xaa\xaa\xaa\x96\x69\xff\xff"),
        LineFault(twice=True),
        LineFault(replaced_by=b"\xaa\xaa\xaa\x96\x69\x00\x01\x01"),
        LineFault(replaced_by=b"\x55" * 40),
    ],
    ids=lambda fault: str(fault).partition("(")[2][:40],
)
@pytest.mark.parametrize("nth", [0, 1])
def test_one_garbled_answer_costs_no_card(
    reader: SimulatedSdtReader, driver: SdtReader, fault: LineFault, nth: int
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(nth, fault, answers=1)
    assert ticks(driver, 2) == READ_CHEN[1:]


def test_a_late_answer_is_not_taken_for_the_next_command(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.disturb(LineFault(late_s=0.4), answers=1)
    assert ticks(driver, 2) == READ_CHEN


def test_the_data_of_one_person_that_comes_late_is_not_taken_for_the_next_persons(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(1, LineFault(late_s=1.3), answers=1)
    events = ticks(driver, 1)
    assert [type(event) for event in events] == [CardReadFailed]
    reader.place(ZHOU)
    seen: list[DeviceEvent] = []
    while READ_ZHOU[1] not in seen:
        with suppress(DeviceError):  # the line is silent until the late answer has passed
            seen += driver.tick()
    assert READ_CHEN[1] not in seen


def test_a_line_that_lets_a_byte_pass_now_and_then_is_a_failed_read(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(1, LineFault(pause_s=0.02))
    events = ticks(driver, 1)
    assert events == [CardReadFailed("idcard-1", "idcard.no-answer", Remedy.RETRY)]


def test_a_mute_reader_is_retried_twice_before_somebody_has_to_come(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.disturb(LineFault(mute=True))
    assert failure(driver) == ("idcard.no-answer", Remedy.RETRY)
    assert failure(driver) == ("idcard.no-answer", Remedy.RETRY)
    assert failure(driver) == ("idcard.no-answer", Remedy.SERVICE)
    assert failure(driver) == ("idcard.no-answer", Remedy.SERVICE)
    reader.recover()
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN


def test_a_card_that_lies_there_is_not_told_as_removed_when_the_line_is_mute(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN
    reader.disturb(LineFault(mute=True))
    assert failure(driver) == ("idcard.no-answer", Remedy.RETRY)
    reader.recover()
    assert ticks(driver, 2) == []


def test_unplugged_while_idle_is_noticed_at_the_next_tick(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    driver.command("disarm", {})
    reader.unplug()
    assert failure(driver) == ("device.port-gone", Remedy.SERVICE)
    assert failure(driver) == ("device.absent", Remedy.SERVICE)
    reader.replug()
    assert ticks(driver, 2) == []


def test_unplugged_while_reading_fails_the_card_and_replugged_reads_it(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.unplug()
    assert driver.tick() == (CardReadFailed("idcard-1", "device.port-gone", Remedy.SERVICE),)
    assert failure(driver) == ("device.absent", Remedy.SERVICE)
    reader.replug()
    assert ticks(driver, 2) == READ_CHEN


def test_a_card_taken_while_the_reader_was_unplugged_is_told(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN
    reader.unplug()
    reader.pull()
    assert failure(driver) == ("device.port-gone", Remedy.SERVICE)
    reader.replug()
    assert ticks(driver, 2) == [CardRemoved("idcard-1")]


@pytest.mark.parametrize(("sw3", "code"), [(0x60, "idcard.sam-selftest"), (0x66, "idcard.sam-unauthorised")])
def test_a_sick_security_module_is_the_readers_health(
    reader: SimulatedSdtReader, driver: SdtReader, sw3: int, code: str
) -> None:
    for command in ("status", "find"):
        reader.force(command, sw3)
    assert failure(driver) == (code, Remedy.SERVICE)
    assert failure(driver) == (code, Remedy.SERVICE)
    reader.recover()
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN


def test_a_security_module_that_fails_its_self_test_is_reset_once(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.force("find", 0x60, answers=1)
    reader.force("status", 0x60, answers=1)
    assert failure(driver) == ("idcard.sam-selftest", Remedy.SERVICE)
    assert ticks(driver, 1) == []
    assert reader.heard().count(RESET) == 1


def test_three_cards_in_a_row_that_are_refused_reset_the_security_module(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.force("read", 0x31)
    for _ in range(3):
        assert RESET not in reader.heard()
        reader.place(CHEN)
        ticks(driver, 2)
        reader.pull()
        ticks(driver, 1)
    assert reader.heard().count(RESET) == 1


def test_a_path_where_nothing_is_means_absent(tmp_path: Path) -> None:
    driver = make("idcard-1", {"port": str(tmp_path / "nothing")})
    with pytest.raises(DeviceError, match=r"device\.absent"):
        driver.open()
    driver.close()


def test_a_file_that_is_no_port_means_absent(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    driver = make("idcard-1", {"port": str(tmp_path / "file")})
    with pytest.raises(DeviceError, match=r"device\.absent"):
        driver.open()
    driver.close()


def test_a_port_that_another_process_has_is_in_use(reader: SimulatedSdtReader, driver: SdtReader) -> None:
    second = make("idcard-2", {"port": str(reader.link_path)})
    with pytest.raises(DeviceError, match=r"device\.port-in-use"):
        second.open()
    second.close()
    assert ticks(driver, 1) == []


def test_a_device_that_does_not_speak_sdt_gives_no_answer(reader: SimulatedSdtReader) -> None:
    reader.disturb(LineFault(replaced_by=encode(b"\x00\x00\x90")))
    driver = make("idcard-1", {"port": str(reader.link_path), "frame_timeout_s": 0.3})
    with pytest.raises(DeviceError, match=r"idcard\.no-answer"):
        driver.open()
    reader.recover()
    driver.open()
    driver.close()
