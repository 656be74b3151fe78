"""A reader of identity cards on either cable, and the driver that a terminal would run for it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.idcard import sdt
from devices.idcard.reader import SdtReader
from devices.model import CardDetected, CardRead, CardReadFailed, CardRemoved, DeviceEvent
from devices.sim import usb_backend
from devices.sim.cards import SimulatedCard, load_cards
from devices.sim.sdt_reader import SimulatedSdtReader
from devices.sim.usb_plug import SimulatedUsbReader

CARDS = load_cards()
CHEN, ZHOU = CARDS["resident-chen"], CARDS["resident-zhou"]
ON_BOTH_CABLES = pytest.mark.parametrize("cable", ["serial", "usb"], indirect=True)
ON_SERIAL = pytest.mark.parametrize("cable", ["serial"], indirect=True)
ON_USB = pytest.mark.parametrize("cable", ["usb"], indirect=True)
DETECTED = CardDetected("idcard-1")
REMOVED = CardRemoved("idcard-1")


def simulated(folder: Path, cable: str) -> SimulatedSdtReader:
    return SimulatedUsbReader(folder / "usb") if cable == "usb" else SimulatedSdtReader(folder / "port")


def driver_of(reader: SimulatedSdtReader, **options: Any) -> SdtReader:
    if isinstance(reader, SimulatedUsbReader):
        return usb_backend.make("idcard-1", {"usb": "0400:c35a", "bus": str(reader.bus), **options})
    return sdt.make("idcard-1", {"port": str(reader.link_path), **options})


@contextmanager
def armed(reader: SimulatedSdtReader, **options: Any) -> Generator[SdtReader]:
    driver = driver_of(reader, **{"frame_timeout_s": 0.75, **options})
    try:
        driver.open()
        assert driver.tick() == (REMOVED,)
        driver.command("arm", {})
        yield driver
    finally:
        driver.close()


def ticks(driver: SdtReader, count: int) -> list[DeviceEvent]:
    return [event for _ in range(count) for event in driver.tick()]


def read_of(card: SimulatedCard) -> list[DeviceEvent]:
    return [DETECTED, CardRead("idcard-1", card.record)]


def fates(events: list[DeviceEvent]) -> list[str]:
    """Return the codes of the cards that were not read."""
    return [event.code for event in events if isinstance(event, CardReadFailed)]
