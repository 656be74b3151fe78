"""Devices beside those of a visit, simulated or real daemons, and what can go wrong with them."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from devices.model import DeviceSpec, Kind
from devices.sim.code_scanner import SimulatedCodeScanner
from devices.sim.cups_bench import CupsBench
from devices.sim.modbus_inputs import ModbusFault, SimulatedModbusInputs
from devices.sim.nut_ups import NutUps
from devices.sim.pcscd_world import PcscdWorld, why_not
from devices.sim.sane_scanner import SimulatedScanner
from devices.sim.social_card import SocialApplet, SocialPerson
from devices.sim.vpcd_card import SimulatedChip
from devices.sim.vpcd_slot import CardTrouble
from tests.soak.fault import BenchFault, nothing

PEOPLE = (
    SocialPerson("李示例", "440306198704120023", "A00000001"),
    SocialPerson("王样本", "440306199001010017", "A00000002"),
)
INPUTS = {"door": {"bit": 0, "closed": True}, "presence": {"bit": 2, "closed": True}}


class OthersBench:
    """A context manager; its methods are called one at a time.

    Args:
        run_dir: Where ports appear.
        dice: Decides the moment and the size of what goes wrong.
    """

    def __init__(self, run_dir: Path, dice: Callable[[], random.Random]) -> None:
        self._dice = dice
        self._stack = ExitStack()
        self.codes = SimulatedCodeScanner(run_dir / "codes-port-2")
        self.inputs = SimulatedModbusInputs(run_dir / "inputs-port")
        self.feeder = SimulatedScanner(run_dir / "feeder")
        self.ups = NutUps()
        self.cups = CupsBench()
        self.smart = None if why_not() else PcscdWorld()

    def __enter__(self) -> Self:
        """Switch everything on."""
        with ExitStack() as stack:
            for part in (self.codes, self.inputs, self.feeder, self.ups, self.cups):
                stack.enter_context(part)
            if self.smart is not None:
                stack.enter_context(self.smart)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Switch everything off."""
        self._stack.close()

    def specs(self) -> list[DeviceSpec]:
        """Return the devices as a profile names them."""
        inputs = {"port": str(self.inputs.link_path), "inputs": INPUTS}
        supply = {"ups": self.ups.name, "host": "127.0.0.1", "port": self.ups.port}
        specs = [
            DeviceSpec("codes-1", Kind.CODE_SCANNER, "serial-codes", {"port": str(self.codes.link_path)}),
            DeviceSpec("sensors-1", Kind.SENSORS, "modbus-inputs", inputs),
            DeviceSpec("scanner-2", Kind.SCANNER, "sane", self.feeder.options()),
            DeviceSpec("power-1", Kind.POWER, "nut", supply),
            DeviceSpec("pageprinter-1", Kind.PAGE_PRINTER, "cups", self.cups.options),
        ]
        if self.smart is not None:
            options = {"service_socket": str(self.smart.socket_path)}
            specs.append(DeviceSpec("smartcard-1", Kind.SMART_CARD, "pcsc", options))
        return specs

    # What a hand does -----------------------------------------------------------------------------

    def insert(self, person: int, *, during: int | None = None) -> None:
        """Put a social security card in; perhaps it is pulled at one of its answers."""
        if self.smart is not None:
            trouble = None if during is None else CardTrouble(after=during, pull=True)
            self.smart.insert(SimulatedChip([SocialApplet(PEOPLE[person])]), trouble)

    def draw(self) -> None:
        """Take the smart card out."""
        if self.smart is not None:
            self.smart.pull()

    def load(self, *marks: int) -> None:
        """Put sheets into the empty feeder."""
        self.feeder.mechanism.clear()
        self.feeder.mechanism.empty()
        self.feeder.mechanism.load(*marks)

    def documents(self) -> list[tuple[int, bool]]:
        """Return what came out of the A4 printer: sheets, and whether it was whole."""
        return [(done.sheets, done.whole) for done in self.cups.printer.printed()]

    # What goes wrong ------------------------------------------------------------------------------

    def faults(self) -> dict[str, BenchFault]:
        """Return what can go wrong."""
        dice = self._dice()
        codes, inputs, ups = self.codes, self.inputs, self.ups
        faults = {
            "codes.unplugged": BenchFault(codes.unplug, codes.replug),
            "codes.flood": BenchFault(lambda: codes.flood(dice.randint(20, 80)), nothing),
            "codes.garbage": BenchFault(
                lambda: codes.babble(dice.randint(1, 400), dice.randrange(99)), nothing
            ),
            "sensors.unplugged": BenchFault(inputs.unplug, inputs.replug),
            "sensors.mute": BenchFault(lambda: inputs.disturb(ModbusFault(mute=True)), inputs.recover),
            "sensors.wrong-checksum": BenchFault(
                lambda: inputs.disturb(ModbusFault(wrong_checksum=True), 3), inputs.recover
            ),
            "sensors.door-open": BenchFault(lambda: inputs.set(0, on=False), lambda: inputs.set(0, on=True)),
            "power.on-battery": BenchFault(ups.on_battery, ups.restored),
            "power.battery-low": BenchFault(ups.low, ups.restored),
            "power.upsd-killed": BenchFault(ups.kill, ups.start),
        }
        return {**faults, **self._scanner(), **self._page_printer(), **self._smart_card()}

    def _scanner(self) -> dict[str, BenchFault]:
        feeder, dice = self.feeder, self._dice()
        mechanism = feeder.mechanism

        def calm() -> None:
            mechanism.calm()
            mechanism.clear()
            feeder.recover()

        return {
            "scanner.jam": BenchFault(
                lambda: mechanism.jam(dice.randint(0, 2), mid_page=dice.random() < 0.5), calm
            ),
            "scanner.double-feed": BenchFault(lambda: mechanism.jam(1, double=True), calm),
            "scanner.cover-open": BenchFault(
                lambda: mechanism.cover(is_open=True), lambda: mechanism.cover(is_open=False)
            ),
            "scanner.unplugged": BenchFault(feeder.unplug, feeder.replug),
            "scanner.switched-off": BenchFault(feeder.switch_off, feeder.switch_on),
        }

    def _page_printer(self) -> dict[str, BenchFault]:
        printer, server, dice = self.cups.printer, self.cups.server, self._dice()
        return {
            "pageprinter.paper-out": BenchFault(
                lambda: printer.paper_out(on=True, after_sheets=dice.randint(0, 2)),
                lambda: printer.paper_out(on=False),
            ),
            "pageprinter.jam": BenchFault(
                lambda: printer.jam(on=True, after_sheets=dice.randint(0, 2)), lambda: printer.jam(on=False)
            ),
            "pageprinter.offline": BenchFault(
                lambda: printer.offline(on=True), lambda: printer.offline(on=False)
            ),
            "pageprinter.cupsd-killed": BenchFault(server.kill, server.start),
        }

    def _smart_card(self) -> dict[str, BenchFault]:
        if self.smart is None:
            return {}
        smart = self.smart
        return {
            "smartcard.pcscd-killed": BenchFault(smart.kill, smart.start),
            "smartcard.pcscd-stopped": BenchFault(smart.stop, smart.cont),
            "smartcard.reader-unplugged": BenchFault(smart.unplug, smart.replug),
        }
