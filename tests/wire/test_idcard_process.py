import os
import signal
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.errors import Remedy, Severity
from devices.model import (
    CardRead,
    CardReadFailed,
    DeviceEvent,
    DeviceSpec,
    HealthChanged,
    Kind,
    ReadingsChanged,
)
from devices.sim import wlt_helper
from devices.sim.sdt_module import READ
from devices.sim.sdt_reader import LineFault, SimulatedSdtReader
from devices.sim.usb_plug import SimulatedUsbReader
from tests.support.promises import keeps
from tests.wire.card_rig import CHEN, REMOVED, ZHOU
from tests.wire.puppets import Told, until

READ_CHEN, READ_ZHOU = CardRead("idcard-1", CHEN.record), CardRead("idcard-1", ZHOU.record)
LEFT_BEHIND = CardReadFailed("idcard-1", "idcard.left-behind", Remedy.RESIDENT)
SHOWN_S, REMOVED_S, LOST_S, BACK_S = 1.5, 0.5, 1.0, 3.0
"""What a resident and an operator are promised."""


@pytest.fixture
def reader(tmp_path: Path) -> Generator[SimulatedSdtReader]:
    with SimulatedSdtReader(tmp_path / "idcard-port") as simulated:
        yield simulated


@pytest.fixture
def devices(reader: SimulatedSdtReader, told: Told) -> Generator[DeviceSet]:
    spec = DeviceSpec("idcard-1", Kind.ID_CARD, "sdt", {"port": str(reader.link_path)})
    with open_devices([spec], told) as opened:
        told.wait_for_codes("device.ok")
        yield opened


def kill(devices: DeviceSet, told: Told) -> None:
    pid = devices.pid("idcard-1")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    told.wait_for_codes("device.ok", "device.restarting")


def test_a_card_is_read_across_the_process_with_its_photo(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    assert devices.id_card is not None
    devices.id_card.arm()
    reader.place(CHEN)
    told.wait(lambda events: READ_CHEN in events)
    assert len(CHEN.record.photo_wlt) == 1024
    reader.pull()
    told.wait(lambda events: of_cards(events)[-1:] == [REMOVED])


def test_a_reader_killed_before_the_card_is_laid_is_armed_again_when_it_is_back(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    assert devices.id_card is not None
    devices.id_card.arm()
    kill(devices, told)
    reader.place(CHEN)
    told.wait(lambda events: READ_CHEN in events)


def test_a_reader_killed_in_the_middle_of_a_card_asks_for_it_to_be_lifted_and_reads_it_then(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    assert devices.id_card is not None
    reader.place(CHEN)
    reader.disturb_after(2, LineFault(late_s=0.6), answers=1)
    devices.id_card.arm()
    until(lambda: READ in reader.heard())
    kill(devices, told)
    told.wait(lambda events: LEFT_BEHIND in events)
    reader.pull()
    told.wait(lambda events: of_cards(events)[-1:] == [REMOVED])
    reader.place(ZHOU)
    told.wait(lambda events: READ_ZHOU in events)
    assert READ_CHEN not in told.events


def test_the_removal_of_a_card_is_told_even_when_the_reader_was_killed_meanwhile(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    assert devices.id_card is not None
    devices.id_card.arm()
    reader.place(CHEN)
    told.wait(lambda events: READ_CHEN in events)
    devices.id_card.disarm()
    kill(devices, told)
    reader.pull()
    told.wait(lambda events: of_cards(events)[-1:] == [REMOVED])


def test_a_reader_that_is_unplugged_and_plugged_in_again_is_told_both_times(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    reader.unplug()
    told.wait(lambda _: "device.absent" in told.codes())
    reader.replug()
    told.wait_for_codes("device.absent", "device.ok")
    assert devices.health()[0].usable


@pytest.fixture
def usb_reader(tmp_path: Path) -> Generator[SimulatedUsbReader]:
    with SimulatedUsbReader(tmp_path / "usb") as simulated:
        yield simulated


def on_usb(reader: SimulatedUsbReader, **options: object) -> DeviceSpec:
    known = {"usb": "0400:c35a", "bus": str(reader.bus), **options}
    return DeviceSpec("idcard-1", Kind.ID_CARD, "devices.sim.usb_backend:make", known)


def of_cards(events: list[DeviceEvent]) -> list[DeviceEvent]:
    return [event for event in events if not isinstance(event, HealthChanged | ReadingsChanged)]


def seconds_until(told: Told, event: DeviceEvent) -> float:
    """Return how long it takes from now."""
    began_s, count = time.monotonic(), told.events.count(event)
    told.wait(lambda events: events.count(event) > count)
    return time.monotonic() - began_s


def test_a_card_is_read_over_the_usb_with_its_portrait(usb_reader: SimulatedUsbReader, told: Told) -> None:
    with open_devices(
        [on_usb(usb_reader, photo_helper=wlt_helper.command(), photo_timeout_s=5.0)], told
    ) as opened:
        assert opened.id_card is not None
        opened.id_card.arm()
        usb_reader.place(CHEN)
        told.wait(lambda events: any(isinstance(event, CardRead) for event in events))
        assert opened.id_card.chip_numbers().serial == CHEN.serial
    record = next(event.record for event in told.events if isinstance(event, CardRead))
    assert record.photo is not None
    assert record.photo.pixels == wlt_helper.portrait(CHEN.record.photo_wlt)
    assert told.codes() == ["device.ok"]


def test_a_decoder_that_is_missing_is_told_once_and_cards_are_read(
    usb_reader: SimulatedUsbReader, told: Told
) -> None:
    with open_devices([on_usb(usb_reader, photo_helper=["/nonexistent/wlt-decode"])], told) as opened:
        assert opened.id_card is not None
        opened.id_card.arm()
        for card in (CHEN, ZHOU):
            usb_reader.place(card)
            told.wait(lambda events, card=card: CardRead("idcard-1", card.record) in events)
        told.wait_for_codes("device.ok", "idcard.no-photo-decoder")
        health = opened.health()[0]
    assert health.severity is Severity.INFO
    assert health.usable
    assert told.codes() == ["device.ok", "idcard.no-photo-decoder"]


def test_a_reader_that_is_plugged_in_after_the_start_is_found(tmp_path: Path, told: Told) -> None:
    reader = SimulatedUsbReader(tmp_path / "usb")
    with open_devices([on_usb(reader)], told):

        def plug_in() -> tuple[float]:
            told.wait(lambda _: told.codes()[-1:] == ["device.absent"])
            began_s = time.monotonic()
            with reader:
                told.wait_for_codes("device.absent", "device.ok")
                return (time.monotonic() - began_s,)

        assert keeps((BACK_S,), plug_in)


def test_what_a_hand_does_is_shown_within_the_times_promised(
    usb_reader: SimulatedUsbReader, told: Told
) -> None:
    with open_devices([on_usb(usb_reader)], told) as opened:
        assert opened.id_card is not None
        told.wait_for_codes("device.ok")
        opened.id_card.arm()

        def lay_and_take() -> tuple[float, float]:
            usb_reader.place(CHEN)
            shown_s = seconds_until(told, READ_CHEN)
            usb_reader.pull()
            return shown_s, seconds_until(told, REMOVED)

        def pull_out_and_put_back() -> tuple[float, float]:
            lost = ({"device.absent"}, {"device.port-gone"})
            usb_reader.unplug()
            began_s = time.monotonic()
            told.wait(lambda _: set(told.codes()[-1:]) in lost)
            lost_s = time.monotonic() - began_s
            told.wait(lambda _: told.codes()[-1:] == ["device.absent"])
            usb_reader.replug()
            began_s = time.monotonic()
            told.wait_for_codes("device.absent", "device.ok")
            return lost_s, time.monotonic() - began_s

        assert keeps((SHOWN_S, REMOVED_S), lay_and_take)
        assert keeps((LOST_S, BACK_S), pull_out_and_put_back)
