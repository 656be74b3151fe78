import time
from collections.abc import Generator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from devices.driver import Driver
from devices.errors import DeviceError, Remedy
from devices.idcard.reader import SdtReader
from devices.model import CardRead, CardReadFailed, DeviceEvent
from devices.sim.cards import SimulatedCard
from devices.sim.sdt_module import FIND
from devices.sim.sdt_reader import SimulatedSdtReader
from tests.support.promises import keeps
from tests.wire.card_rig import (
    CHEN,
    DETECTED,
    ON_BOTH_CABLES,
    ON_SERIAL,
    REMOVED,
    ZHOU,
    armed,
    driver_of,
    read_of,
    simulated,
    ticks,
)

READ_WHOLE = 1295


@pytest.fixture(params=["usb"])
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


def failed(code: str, remedy: Remedy = Remedy.RESIDENT) -> list[DeviceEvent]:
    return [DETECTED, CardReadFailed("idcard-1", code, remedy)]


class ShortCard(SimulatedCard):
    @property
    def base_data(self) -> bytes:
        return b"\x00\xfe\x04\x00" + self.text[:-2] + bytes(1024)


def identity_of(driver: Driver) -> dict[str, str]:
    try:
        return dict(driver.open())
    finally:
        driver.close()


def test_the_identity_is_the_number_of_the_security_module(reader: SimulatedSdtReader) -> None:
    driver = driver_of(reader)
    assert identity_of(driver) == {"serial": "05.03-20260401-3000004711-1002003004"}


@ON_BOTH_CABLES
def test_a_card_laid_down_is_detected_then_read_without_a_pause_between(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    assert driver.tick() == ()
    reader.place(CHEN)
    assert driver.tick() == (DETECTED,)
    assert driver.tick_s == 0.0
    assert driver.tick() == (CardRead("idcard-1", CHEN.record),)
    assert driver.tick_s == 0.3


@ON_SERIAL
def test_the_bytes_of_a_card_take_the_time_of_a_real_wire(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    driver.tick()
    began_s = time.monotonic()
    driver.tick()
    assert time.monotonic() - began_s >= READ_WHOLE * 10 / 115200


def test_no_card_is_looked_for_before_the_reader_is_armed_or_after_it_is_disarmed(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    driver.command("disarm", {})
    reader.place(CHEN)
    assert ticks(driver, 3) == []
    assert FIND not in reader.heard()
    driver.command("arm", {})
    assert ticks(driver, 2) == read_of(CHEN)


def test_a_card_that_stays_is_told_once(reader: SimulatedSdtReader, driver: SdtReader) -> None:
    reader.place(CHEN)
    assert ticks(driver, 6) == read_of(CHEN)


@ON_BOTH_CABLES
@pytest.mark.parametrize("address", ["", "广东省深圳市宝安区新桥街道"])
def test_a_card_that_is_taken_away_is_told_also_when_disarmed(
    reader: SimulatedSdtReader, driver: SdtReader, address: str
) -> None:
    moved = SimulatedCard(replace(CHEN.record, later_address=address))
    reader.place(moved)
    assert ticks(driver, 3) == read_of(moved)
    driver.command("disarm", {})
    assert ticks(driver, 2) == []
    reader.pull()
    assert ticks(driver, 3) == [REMOVED]


@ON_BOTH_CABLES
def test_the_next_persons_card_is_read_as_that_persons(reader: SimulatedSdtReader, driver: SdtReader) -> None:
    reader.place(CHEN)
    ticks(driver, 2)
    reader.place(ZHOU)
    assert ticks(driver, 3) == [REMOVED, *read_of(ZHOU)]


def test_a_card_left_from_before_has_to_be_lifted_and_is_told_once(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    ticks(driver, 2)
    driver.command("disarm", {})
    driver.command("arm", {})
    left_behind = CardReadFailed("idcard-1", "idcard.left-behind", Remedy.RESIDENT)
    assert ticks(driver, 3) == [left_behind]
    reader.pull()
    assert ticks(driver, 1) == [REMOVED]
    reader.place(CHEN)
    assert ticks(driver, 2) == read_of(CHEN)


@ON_BOTH_CABLES
def test_a_driver_that_was_restarted_watches_the_card_that_its_forerunner_read(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    ticks(driver, 2)
    driver.close()
    second = driver_of(reader)
    second.open()
    assert ticks(second, 2) == []
    reader.pull()
    assert ticks(second, 2) == [REMOVED]
    second.close()


def test_a_card_pulled_between_find_and_select_was_moved(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    assert driver.tick() == (DETECTED,)
    reader.pull()
    assert driver.tick() == (CardReadFailed("idcard-1", "idcard.moved", Remedy.RESIDENT),)
    reader.place(CHEN)
    assert ticks(driver, 2) == read_of(CHEN)


@ON_BOTH_CABLES
def test_a_card_pulled_between_select_and_read_was_moved(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.pull_after(0)
    assert ticks(driver, 2) == failed("idcard.moved")


@pytest.mark.parametrize("sent_bytes", [1, 14, 1294])
def test_a_card_pulled_while_its_data_is_on_the_way_was_moved(
    reader: SimulatedSdtReader, driver: SdtReader, sent_bytes: int
) -> None:
    reader.place(CHEN)
    reader.pull_after(sent_bytes)
    assert ticks(driver, 3) == failed("idcard.moved")
    reader.place(ZHOU)
    assert ticks(driver, 2) == read_of(ZHOU)


@pytest.mark.parametrize(
    ("sw3", "code", "remedy"),
    [
        (0x31, "idcard.auth-failed", Remedy.RESIDENT),
        (0x33, "idcard.data-invalid", Remedy.ATTENDANT),
        (0x40, "idcard.wrong-card", Remedy.RESIDENT),
        (0x41, "idcard.unreadable", Remedy.RESIDENT),
    ],
)
def test_a_card_that_is_refused_is_told_with_code_and_remedy(
    reader: SimulatedSdtReader, driver: SdtReader, sw3: int, code: str, remedy: Remedy
) -> None:
    reader.find_again()
    reader.place(CHEN)
    reader.force("read", sw3, card_status=b"\x69\x82")
    assert ticks(driver, 2) == failed(code, remedy)
    assert driver.readings()["last_status"] == f"6982{sw3:02X}"


def test_a_card_that_failed_is_read_when_it_was_lifted_and_laid_again(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    reader.force("read", 0x33)
    assert ticks(driver, 2) == failed("idcard.data-invalid", Remedy.ATTENDANT)
    reader.recover()
    reader.pull()
    assert ticks(driver, 1) == []
    reader.place(CHEN)
    assert ticks(driver, 2) == read_of(CHEN)


def test_a_card_that_failed_is_not_tried_again_before_it_is_lifted(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.find_again()
    reader.place(CHEN)
    reader.force("read", 0x40)
    assert ticks(driver, 5) == failed("idcard.wrong-card")


def test_one_failed_read_is_tried_again_before_anybody_is_bothered(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.find_again()
    reader.place(CHEN)
    reader.force("read", 0x41, answers=1)
    assert ticks(driver, 2) == read_of(CHEN)


def test_a_text_that_is_no_record_is_a_card_with_invalid_data(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(SimulatedCard(replace(CHEN.record, name="", number="")))
    assert ticks(driver, 2) == failed("idcard.data-invalid", Remedy.ATTENDANT)


def test_a_text_shorter_than_a_record_is_a_card_with_invalid_data(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(ShortCard(CHEN.record))
    assert ticks(driver, 2) == failed("idcard.data-invalid", Remedy.ATTENDANT)


def test_a_number_with_a_wrong_check_digit_is_read_as_it_stands(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    odd = SimulatedCard(replace(CHEN.record, number="440306194305179900"))
    reader.place(odd)
    assert ticks(driver, 2) == read_of(odd)


@ON_BOTH_CABLES
def test_an_address_written_later_is_read_with_the_card(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    moved = SimulatedCard(replace(CHEN.record, later_address="广东省深圳市光明区凤凰街道9号"))

    def lay_and_read() -> tuple[float]:
        reader.pull()
        ticks(driver, 1)
        reader.place(moved)
        began_s = time.monotonic()
        assert ticks(driver, 2) == read_of(moved)
        return (time.monotonic() - began_s,)

    assert keeps((1.0,), lay_and_read)


def test_fingerprints_are_read_only_where_the_profile_asks_for_them(reader: SimulatedSdtReader) -> None:
    card = SimulatedCard(replace(CHEN.record, fingerprints=bytes(range(256)) * 4))
    for asked in (False, True):
        with armed(reader, fingerprints=asked) as driver:
            reader.place(card)
            events = ticks(driver, 2)
            assert isinstance(events[1], CardRead)
            assert events[1].record.fingerprints == (card.record.fingerprints if asked else b"")
            reader.pull()


def test_the_numbers_of_a_chip_are_told_while_the_card_that_was_read_lies_there(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    with pytest.raises(DeviceError, match=r"idcard\.moved"):
        driver.command("chip-numbers", {})
    reader.place(CHEN)
    ticks(driver, 2)
    answer = driver.command("chip-numbers", {})
    assert isinstance(answer, Mapping)
    assert answer["serial"] == CHEN.serial
    reader.force("chip-numbers", 0x21)
    with pytest.raises(DeviceError, match=r"idcard\.refused"):
        driver.command("chip-numbers", {})


def test_seven_of_twenty_cards_that_fail_are_a_warning_beside_the_cards(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.force("read", 0x33, answers=7)
    for _ in range(20):
        assert driver.complaint() is None
        reader.place(CHEN)
        ticks(driver, 2)
        reader.pull()
        ticks(driver, 1)
    complaint = driver.complaint()
    assert complaint is not None
    assert complaint.code == "idcard.failing-often"
    assert (driver.readings()["reads_ok"], driver.readings()["reads_failed"]) == (13, 7)


@ON_BOTH_CABLES
def test_readings_tell_of_the_reader_and_never_of_a_person(
    reader: SimulatedSdtReader, driver: SdtReader, cable: str
) -> None:
    reader.place(CHEN)
    ticks(driver, 2)
    assert driver.readings() == {
        "reads_ok": 1,
        "reads_failed": 0,
        "photos": "idcard.no-photo-decoder",
        "resets": 0,
        "speed": {"serial": "115200", "usb": "usb"}[cable],
        "last_status": "",
    }
