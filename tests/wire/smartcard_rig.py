"""What the tests of smart cards share: one pcscd of their own, and a process that watches its reader."""

import secrets
from collections.abc import Generator
from contextlib import contextmanager

from devices.device_set import DeviceSet, open_devices
from devices.facades import SmartCardReader
from devices.model import DeviceEvent, DeviceSpec, Kind, SmartCardInserted, SmartCardRemoved
from devices.sim.pcscd_world import PcscdWorld
from devices.sim.social_card import LIN, SocialApplet, SocialPerson
from devices.sim.vpcd_card import SimulatedChip
from devices.sim.vpcd_slot import CardInSlot, CardTrouble
from tests.wire.puppets import Told, until

NAME = "smartcard-1"
REMOVED = SmartCardRemoved(NAME)


class Rig:
    def __init__(self, world: PcscdWorld) -> None:
        self.world = world
        self.told = Told()
        self.spec = DeviceSpec(NAME, Kind.SMART_CARD, "pcsc", {"service_socket": str(world.socket_path)})
        self._devices: DeviceSet | None = None

    def hear(self, event: DeviceEvent) -> None:
        self.told(event)

    @property
    def devices(self) -> DeviceSet:
        assert self._devices is not None
        return self._devices

    @property
    def reader(self) -> SmartCardReader:
        assert self.devices.smart_card is not None
        return self.devices.smart_card

    @property
    def pid(self) -> int:
        pid = self.devices.pid(NAME)
        assert pid is not None
        return pid

    @contextmanager
    def running(self) -> Generator["Rig"]:
        with open_devices([self.spec], self.hear) as self._devices:
            yield self

    def code(self) -> str:
        return self.devices.health()[0].code

    def card(self) -> object:
        return self.devices.statuses()[0].readings.get("card")

    def clear(self) -> None:
        """Have everything as it was in the morning: no card, a reader that works, nothing told yet."""
        self.world.cont()
        self.world.start()
        self.world.pull()
        self.world.replug()
        until(lambda: self.code() == "device.ok" and self.card() == "out")
        self.told = Told()

    def insert(self, chip: SimulatedChip, trouble: CardTrouble | None = None) -> CardInSlot:
        """Put a card in and wait until it was told."""
        before = self.insertions()
        card = self.world.insert(chip, trouble)
        self.told.wait(lambda _: self.insertions() > before)
        return card

    def insertions(self) -> int:
        return sum(isinstance(event, SmartCardInserted) for event in self.told.events)

    def removals(self) -> int:
        return self.told.events.count(REMOVED)

    def wait_removed(self) -> None:
        self.told.wait(lambda events: REMOVED in events)


def chip(person: SocialPerson = LIN, *, announces: bool = False, exact: bool = False) -> SimulatedChip:
    return SimulatedChip([SocialApplet(person)], announces=announces, exact=exact)


def challenge() -> bytes:
    return secrets.token_bytes(32)
