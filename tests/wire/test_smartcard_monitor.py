import os
import signal
import time
from collections.abc import Generator

import pytest

from devices.device_set import open_devices
from devices.errors import DeviceError
from devices.model import DeviceSpec, Kind, SmartCardInserted
from devices.sim.pcscd_world import READER, PcscdWorld, why_not
from devices.sim.social_card import ZHAO
from devices.sim.vpcd_card import DEFAULT_ATR, SimulatedChip
from tests.wire.puppets import Told, until
from tests.wire.smartcard_rig import NAME, REMOVED, Rig, chip

pytestmark = [pytest.mark.root, pytest.mark.skipif(bool(why_not()), reason=why_not() or "never")]

INSERTED = SmartCardInserted(NAME, DEFAULT_ATR)
SWAPPED = SmartCardInserted(NAME, DEFAULT_ATR, swapped=True)
TOO_LONG_FOR_AN_ATR = b"\x3b" * 40


@pytest.fixture(scope="module")
def shared() -> Generator[Rig]:
    with PcscdWorld() as world, Rig(world).running() as running:
        yield running


@pytest.fixture
def rig(shared: Rig) -> Rig:
    shared.clear()
    return shared


def test_a_card_is_told_when_it_comes_and_when_it_goes_within_a_second(rig: Rig) -> None:
    began_s = time.monotonic()
    rig.insert(chip())
    assert time.monotonic() - began_s < 2.0
    assert rig.told.events[0] == INSERTED
    began_s = time.monotonic()
    rig.world.pull()
    rig.wait_removed()
    assert time.monotonic() - began_s < 2.0


def test_another_card_put_in_at_once_is_told_as_removal_and_insertion(rig: Rig) -> None:
    rig.insert(chip())
    rig.world.insert(chip(ZHAO))
    rig.told.wait(lambda _: rig.insertions() == 2)
    events = [event for event in rig.told.events if event == REMOVED or isinstance(event, SmartCardInserted)]
    assert events[1] == REMOVED
    assert rig.reader.read_social().name == ZHAO.name


def test_a_swap_that_the_driver_slept_through_is_told_all_the_same(rig: Rig) -> None:
    rig.insert(chip())
    os.kill(rig.pid, signal.SIGSTOP)
    card = rig.world.insert(chip(ZHAO))
    until(lambda: card.resets > 0 or card.looks > 1)
    os.kill(rig.pid, signal.SIGCONT)
    rig.told.wait(lambda events: SWAPPED in events)
    assert rig.told.events.index(REMOVED) < rig.told.events.index(SWAPPED)
    assert rig.reader.read_social().name == ZHAO.name


def test_pcscd_killed_and_started_again_is_told_at_once_and_the_next_card_is_seen(rig: Rig) -> None:
    rig.insert(chip())
    rig.world.kill()
    rig.wait_removed()
    rig.told.wait_for_codes("smartcard.service-down")
    with pytest.raises(DeviceError, match=r"smartcard\.service-down"):
        rig.reader.read_social()
    rig.world.start()
    began_s = time.monotonic()
    rig.told.wait_for_codes("device.ok")
    assert time.monotonic() - began_s < 3.0
    rig.insert(chip(ZHAO))
    assert rig.reader.read_social().name == ZHAO.name


def test_pcscd_restarted_by_the_systems_manager_loses_no_event_after_it_is_back(rig: Rig) -> None:
    rig.world.terminate()
    rig.world.start()
    rig.insert(chip())
    assert rig.reader.read_social().card_number


def test_pcscd_that_stands_still_is_told_and_believed_again_when_it_goes_on(rig: Rig) -> None:
    rig.world.stop()
    rig.told.wait(lambda _: rig.code() == "smartcard.service-down")
    with pytest.raises(DeviceError, match=r"smartcard\.service-down"):
        rig.reader.read_social(2.0)
    rig.world.cont()
    rig.told.wait(lambda _: rig.code() == "device.ok")
    rig.insert(chip())


def test_a_reader_unplugged_with_its_card_takes_the_card_along_and_brings_it_back(rig: Rig) -> None:
    rig.insert(chip())
    began_s = time.monotonic()
    rig.world.unplug()
    rig.told.wait(lambda _: rig.code() == "device.absent")
    assert time.monotonic() - began_s < 3.0
    assert REMOVED in rig.told.events
    with pytest.raises(DeviceError, match=r"device\.absent"):
        rig.reader.read_social()
    began_s = time.monotonic()
    rig.world.replug()
    rig.told.wait(lambda _: rig.insertions() == 2)
    assert time.monotonic() - began_s < 3.0
    assert rig.reader.read_social().card_number


def test_a_mute_card_is_told_as_such_until_it_is_pulled(rig: Rig) -> None:
    # vpcd has no word for a mute chip: an answer to reset that is too long fails powering it up alike.
    rig.insert(SimulatedChip(atr=TOO_LONG_FOR_AN_ATR))
    assert SmartCardInserted(NAME, b"") in rig.told.events
    rig.told.wait(lambda _: rig.code() == "smartcard.mute")
    with pytest.raises(DeviceError, match=r"smartcard\.mute"):
        rig.reader.read_social()
    rig.world.pull()
    rig.told.wait(lambda _: rig.code() == "device.ok" and rig.removals() == 1)


def test_a_card_with_an_empty_answer_to_reset_is_no_card_and_the_next_one_is_read(rig: Rig) -> None:
    slot = rig.world.insert(SimulatedChip(atr=b""))
    until(lambda: slot.looks > 0)
    with pytest.raises(DeviceError, match=r"smartcard\.no-card"):
        rig.reader.read_social()
    rig.insert(chip())
    assert rig.reader.read_social().card_number


def test_an_answer_to_reset_that_is_none_makes_the_card_mute_when_it_is_asked(rig: Rig) -> None:
    rig.insert(SimulatedChip(atr=b"\xff" * 8))
    with pytest.raises(DeviceError, match=r"smartcard\.mute"):
        rig.reader.read_social()


def test_a_card_inside_is_told_anew_when_the_devices_process_was_killed(rig: Rig) -> None:
    rig.insert(chip())
    os.kill(rig.pid, signal.SIGKILL)
    rig.told.wait(lambda _: rig.insertions() == 2)
    assert rig.reader.read_social().card_number


@pytest.mark.parametrize(("reader", "works"), [("Virtual PCD 00", True), (READER, True), ("ACS", False)])
def test_a_reader_is_found_by_its_name_or_a_part_of_it(rig: Rig, reader: str, *, works: bool) -> None:
    told = Told()
    options = {"service_socket": str(rig.world.socket_path), "reader": reader}
    with open_devices([DeviceSpec("smartcard-2", Kind.SMART_CARD, "pcsc", options)], told) as devices:
        told.wait_for_codes("device.ok" if works else "device.absent")
        if works:
            assert devices.identity("smartcard-2") == {"model": READER}
        else:
            assert "'ACS'" in devices.health()[0].detail


def test_a_device_whose_service_was_never_there_says_so_and_opens_when_it_comes() -> None:
    told = Told()
    with PcscdWorld() as world:
        world.kill()
        options = {"service_socket": str(world.socket_path)}
        with open_devices([DeviceSpec(NAME, Kind.SMART_CARD, "pcsc", options)], told) as devices:
            told.wait_for_codes("smartcard.service-down")
            assert not devices.health()[0].usable
            world.start()
            told.wait_for_codes("smartcard.service-down", "device.ok")
            began_s = time.monotonic()
        assert time.monotonic() - began_s < 2.0


def test_stopping_takes_less_than_two_seconds_while_pcscd_stands_still(rig: Rig) -> None:
    with Rig(rig.world).running() as second:
        second.told.wait_for_codes("device.ok")
        rig.world.stop()
        second.told.wait(lambda _: second.code() == "smartcard.service-down")
        began_s = time.monotonic()
    assert time.monotonic() - began_s < 2.0
