import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.errors import Remedy
from devices.model import CardRead, CardReadFailed, CardRemoved, DeviceSpec, Kind
from devices.sim.cards import load_cards
from devices.sim.sdt_module import READ
from devices.sim.sdt_reader import LineFault, SimulatedSdtReader
from tests.wire.puppets import Told, until

CARDS = load_cards()
CHEN, ZHOU = CARDS["resident-chen"], CARDS["resident-zhou"]
REMOVED = CardRemoved("idcard-1")
READ_CHEN, READ_ZHOU = CardRead("idcard-1", CHEN.record), CardRead("idcard-1", ZHOU.record)
LEFT_BEHIND = CardReadFailed("idcard-1", "idcard.left-behind", Remedy.RESIDENT)


@pytest.fixture
def told() -> Told:
    return Told()


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
    told.wait(lambda events: events[-1] == REMOVED)


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
    reader.disturb_after(2, LineFault(late_s=1.0), answers=1)
    devices.id_card.arm()
    until(lambda: READ in reader.heard())
    kill(devices, told)
    told.wait(lambda events: LEFT_BEHIND in events)
    reader.pull()
    told.wait(lambda events: events[-1] == REMOVED)
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
    told.wait(lambda events: events[-1] == REMOVED)


def test_a_reader_that_is_unplugged_and_plugged_in_again_is_told_both_times(
    devices: DeviceSet, reader: SimulatedSdtReader, told: Told
) -> None:
    reader.unplug()
    told.wait(lambda _: "device.absent" in told.codes())
    reader.replug()
    told.wait_for_codes("device.absent", "device.ok")
    assert devices.health()[0].usable
