import os
import stat
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from devices.errors import DeviceError, Remedy
from devices.idcard.frame import encode
from devices.idcard.reader import SdtReader
from devices.model import CardReadFailed, DeviceEvent
from devices.sim.cards import SimulatedCard
from devices.sim.sdt_module import RESET
from devices.sim.sdt_reader import LineFault, SimulatedSdtReader
from tests.wire.card_rig import (
    CHEN,
    DETECTED,
    ON_BOTH_CABLES,
    ON_SERIAL,
    ON_USB,
    REMOVED,
    ZHOU,
    armed,
    driver_of,
    fates,
    read_of,
    simulated,
    ticks,
)

READ_CHEN, READ_ZHOU = read_of(CHEN), read_of(ZHOU)


@pytest.fixture(params=["serial"])
def cable(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def reader(tmp_path: Path, cable: str) -> Generator[SimulatedSdtReader]:
    with simulated(tmp_path, cable) as plugged:
        yield plugged


@pytest.fixture
def driver(reader: SimulatedSdtReader) -> Generator[SdtReader]:
    with armed(reader) as made:
        yield made


def failure(driver: SdtReader) -> tuple[str, Remedy]:
    with pytest.raises(DeviceError) as caught:
        driver.tick()
    return caught.value.code, caught.value.remedy


@pytest.mark.parametrize(
    ("cable", "cut_at"),
    [("serial", 0), ("serial", 270), ("usb", 4), ("usb", 6), ("usb", 10), ("usb", 1294)],
    indirect=["cable"],
)
def test_data_that_lost_its_end_is_asked_for_again(
    reader: SimulatedSdtReader, driver: SdtReader, cut_at: int
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(1, LineFault(cut_at=cut_at, mute=cut_at == 0), answers=1)
    assert ticks(driver, 1) == READ_CHEN[1:]


@pytest.mark.parametrize(
    ("cable", "nth", "fault"),
    [
        ("serial", 0, LineFault(wrong_checksum=True)),
        ("usb", 1, LineFault(wrong_checksum=True)),
        ("usb", 0, LineFault(garbage=b"\x00\xff\x13")),
        ("serial", 1, LineFault(garbage=b"\xaa")),
        ("serial", 1, LineFault(garbage=b"\xaa\xaa\xaa\x96\x69\xff\xff")),
        ("usb", 1, LineFault(garbage=b"\xaa\xaa\xaa\x96\x69\xff\xff")),
        ("usb", 0, LineFault(twice=True)),
        ("serial", 1, LineFault(twice=True)),
        ("usb", 1, LineFault(replaced_by=b"\xaa\xaa\xaa\x96\x69\x00\x01\x01")),
        ("serial", 0, LineFault(replaced_by=b"\x55" * 40)),
    ],
    indirect=["cable"],
)
def test_one_garbled_answer_costs_no_card(
    reader: SimulatedSdtReader, driver: SdtReader, fault: LineFault, nth: int
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(nth, fault, answers=1)
    assert ticks(driver, 2) == READ_CHEN[1:]


@ON_BOTH_CABLES
def test_a_late_answer_is_not_taken_for_the_next_command(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.disturb(LineFault(late_s=0.4), answers=1)
    assert ticks(driver, 2) == READ_CHEN


@ON_USB
def test_the_data_of_one_person_that_comes_late_is_not_taken_for_the_next_persons(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 1) == [DETECTED]
    reader.disturb_after(1, LineFault(late_s=3.0), answers=1)
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
    assert ticks(driver, 1) == [CardReadFailed("idcard-1", "idcard.no-answer", Remedy.RETRY)]


@ON_USB
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


@ON_BOTH_CABLES
def test_unplugged_while_idle_is_noticed_at_the_next_tick(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    driver.command("disarm", {})
    reader.unplug()
    assert failure(driver) == ("device.port-gone", Remedy.SERVICE)
    assert failure(driver) == ("device.absent", Remedy.SERVICE)
    reader.replug()
    assert ticks(driver, 2) == []


@ON_BOTH_CABLES
def test_unplugged_with_a_spent_card_is_noticed_though_disarmed(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.force("read", 0x40)
    assert fates(ticks(driver, 2)) == ["idcard.wrong-card"]
    driver.command("disarm", {})
    reader.unplug()
    assert failure(driver) == ("device.port-gone", Remedy.SERVICE)


@ON_BOTH_CABLES
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


@ON_BOTH_CABLES
def test_a_card_taken_while_the_reader_was_unplugged_is_told(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN
    reader.unplug()
    reader.pull()
    assert failure(driver) == ("device.port-gone", Remedy.SERVICE)
    reader.replug()
    assert ticks(driver, 2) == [REMOVED]


@ON_USB
@pytest.mark.parametrize(("sw3", "code"), [(0x60, "idcard.sam-selftest"), (0x66, "idcard.sam-unauthorised")])
def test_a_sick_security_module_is_the_readers_health(
    reader: SimulatedSdtReader, driver: SdtReader, sw3: int, code: str
) -> None:
    for command in ("status", "find"):
        reader.force(command, sw3)
    assert failure(driver) == (code, Remedy.SERVICE)
    assert failure(driver) == (code, Remedy.SERVICE)
    assert driver.readings()["last_status"] == f"0000{sw3:02X}"
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
    assert driver.readings()["resets"] == 1


@ON_USB
def test_a_security_module_that_fails_its_self_test_under_a_card_is_reset_and_reads_on(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.force("read", 0x60, answers=1)
    reader.force("status", 0x60, answers=1)
    assert fates(ticks(driver, 2)) == ["idcard.sam-selftest"]
    assert ticks(driver, 1) == []
    assert reader.heard().count(RESET) == 1
    reader.place(CHEN)
    assert ticks(driver, 2) == READ_CHEN


def test_a_security_module_that_fails_its_self_test_at_the_start_is_reset_and_opened(
    reader: SimulatedSdtReader,
) -> None:
    reader.force("status", 0x60, answers=1)
    driver = driver_of(reader)
    assert driver.open()["serial"]
    driver.close()
    assert reader.heard().count(RESET) == 1


def test_a_reset_that_is_not_answered_loses_no_cards_fate(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.find_again()
    reader.place(CHEN)
    reader.force("select", 0x23)
    assert fates(ticks(driver, 2)) == ["idcard.refused"]
    reader.disturb(LineFault(mute=True))
    assert failure(driver) == ("idcard.no-answer", Remedy.RETRY)


def present(reader: SimulatedSdtReader, driver: SdtReader, card: SimulatedCard) -> list[str]:
    reader.place(card)
    events = ticks(driver, 2)
    reader.pull()
    events += ticks(driver, 1)
    return fates(events)


@ON_USB
def test_three_different_cards_in_a_row_that_are_refused_reset_the_security_module(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.force("select", 0x31)
    for _ in range(3):
        assert RESET not in reader.heard()
        assert present(reader, driver, CHEN) == ["idcard.auth-failed"]
    assert reader.heard().count(RESET) == 1
    for _ in range(3):
        assert driver.complaint() is None
        assert present(reader, driver, CHEN) == ["idcard.auth-failed"]
    complaint = driver.complaint()
    assert complaint is not None
    assert complaint.code == "idcard.auth-failing"
    assert reader.heard().count(RESET) == 1


@ON_USB
def test_one_card_that_is_refused_three_times_resets_nothing(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.force("read", 0x31)
    for _ in range(4):
        assert present(reader, driver, CHEN) == ["idcard.auth-failed"]
    assert RESET not in reader.heard()


@ON_BOTH_CABLES
def test_a_place_where_nothing_is_means_absent(tmp_path: Path, cable: str) -> None:
    driver = driver_of(simulated(tmp_path, cable))
    with pytest.raises(DeviceError, match=r"device\.absent"):
        driver.open()
    driver.close()


@ON_SERIAL
def test_a_file_that_is_no_port_means_absent(tmp_path: Path, cable: str) -> None:
    driver = driver_of(simulated(tmp_path, cable))
    (tmp_path / "port").touch()
    with pytest.raises(DeviceError, match=r"device\.absent"):
        driver.open()
    driver.close()


@ON_SERIAL
def test_a_port_that_this_user_may_not_open_is_denied(reader: SimulatedSdtReader) -> None:
    port = reader.link_path.resolve()
    port.chmod(0)
    user = os.geteuid()
    reader.link_path = port  # the folder with the link is this user's own
    driver = driver_of(reader)
    try:
        if user == 0:
            os.seteuid(65534)
        with pytest.raises(DeviceError, match=r"device\.port-denied"):
            driver.open()
    finally:
        os.seteuid(user)
        port.chmod(stat.S_IRUSR | stat.S_IWUSR)
        driver.close()


@ON_BOTH_CABLES
def test_a_port_that_another_process_has_is_in_use(reader: SimulatedSdtReader, driver: SdtReader) -> None:
    second = driver_of(reader)
    with pytest.raises(DeviceError, match=r"device\.port-in-use"):
        second.open()
    second.close()
    assert ticks(driver, 1) == []


def test_a_device_that_does_not_speak_sdt_gives_no_answer(reader: SimulatedSdtReader) -> None:
    reader.disturb(LineFault(replaced_by=encode(b"\x00\x00\x90")))
    driver = driver_of(reader, frame_timeout_s=0.3)
    with pytest.raises(DeviceError, match=r"idcard\.no-answer"):
        driver.open()
    reader.recover()
    driver.open()
    driver.close()
