import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.driver import Driver
from devices.errors import Remedy
from devices.idcard.reader import SdtReader
from devices.idcard.sdt import make
from devices.model import CardDetected, CardRead, CardReadFailed, CardRemoved, DeviceEvent
from devices.sim.cards import SimulatedCard, load_cards
from devices.sim.sdt_module import FIND
from devices.sim.sdt_reader import SimulatedSdtReader

CARDS = load_cards()
CHEN, ZHOU = CARDS["resident-chen"], CARDS["resident-zhou"]
READ_WHOLE = 1295
REMOVED = CardRemoved("idcard-1")
DETECTED = CardDetected("idcard-1")


@pytest.fixture
def reader(tmp_path: Path) -> Generator[SimulatedSdtReader]:
    with SimulatedSdtReader(tmp_path / "idcard-port") as simulated:
        yield simulated


@pytest.fixture
def driver(reader: SimulatedSdtReader) -> Generator[SdtReader]:
    made = make("idcard-1", {"port": str(reader.link_path), "frame_timeout_s": 0.75})
    made.open()
    assert made.tick() == (REMOVED,)
    made.command("arm", {})
    try:
        yield made
    finally:
        made.close()


def ticks(driver: SdtReader, count: int) -> list[DeviceEvent]:
    return [event for _ in range(count) for event in driver.tick()]


def failed(code: str, remedy: Remedy = Remedy.RESIDENT) -> list[DeviceEvent]:
    return [DETECTED, CardReadFailed("idcard-1", code, remedy)]


def read_of(card: SimulatedCard) -> list[DeviceEvent]:
    return [DETECTED, CardRead("idcard-1", card.record)]


def identity_of(driver: Driver) -> dict[str, str]:
    try:
        return dict(driver.open())
    finally:
        driver.close()


def test_the_identity_is_the_number_of_the_security_module(reader: SimulatedSdtReader) -> None:
    driver = make("idcard-1", {"port": str(reader.link_path)})
    assert identity_of(driver) == {"serial": "05.03-20260401-3000004711-1002003004"}


def test_a_card_laid_down_is_detected_then_read_without_a_pause_between(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    assert driver.tick() == ()
    reader.place(CHEN)
    assert driver.tick() == (DETECTED,)
    assert driver.tick_s == 0.0
    assert driver.tick() == (CardRead("idcard-1", CHEN.record),)
    assert driver.tick_s == 0.3


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


def test_a_driver_that_was_restarted_watches_the_card_that_its_forerunner_read(
    reader: SimulatedSdtReader, driver: SdtReader
) -> None:
    reader.place(CHEN)
    ticks(driver, 2)
    driver.close()
    second = make("idcard-1", {"port": str(reader.link_path)})
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
        (0x21, "idcard.refused", Remedy.RETRY),
        (0x23, "idcard.refused", Remedy.RETRY),
        (0x24, "idcard.refused", Remedy.RETRY),
        (0x31, "idcard.auth-failed", Remedy.RESIDENT),
        (0x32, "idcard.auth-failed", Remedy.RESIDENT),
        (0x33, "idcard.data-invalid", Remedy.ATTENDANT),
        (0x37, "idcard.data-invalid", Remedy.ATTENDANT),
        (0x3F, "idcard.data-invalid", Remedy.ATTENDANT),
        (0x40, "idcard.wrong-card", Remedy.RESIDENT),
        (0x41, "idcard.unreadable", Remedy.RESIDENT),
        (0x47, "idcard.unreadable", Remedy.RESIDENT),
        (0x60, "idcard.sam-selftest", Remedy.SERVICE),
        (0x66, "idcard.sam-unauthorised", Remedy.SERVICE),
        (0x80, "idcard.unreadable", Remedy.RESIDENT),
        (0x81, "idcard.unreadable", Remedy.RESIDENT),
        (0x91, "idcard.unknown-status", Remedy.RETRY),
        (0x10, "idcard.line-error", Remedy.RETRY),
        (0x11, "idcard.line-error", Remedy.RETRY),
        (0x77, "idcard.unknown-status", Remedy.RETRY),
    ],
)
@pytest.mark.parametrize("command", ["select", "read"])
def test_every_status_a_card_is_refused_with_has_its_code_and_remedy(
    reader: SimulatedSdtReader, driver: SdtReader, command: str, sw3: int, code: str, remedy: Remedy
) -> None:
    reader.find_again()
    reader.place(CHEN)
    reader.force(command, sw3)
    assert ticks(driver, 2) == failed(code, remedy)


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
