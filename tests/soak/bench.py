"""``python -m tests.soak.bench``: the bench of a soak run, with everything that can go wrong by name."""

import random
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import msgspec

from devices.model import DeviceSpec, Kind
from devices.sim.__main__ import main
from devices.sim.bench import Bench
from devices.sim.camera_frames import write_sequence
from devices.sim.camera_plug import SimulatedCamera
from devices.sim.escpos.registers import Trouble
from devices.sim.sdt_reader import LineFault
from tests.soak.fault import BenchFault, nothing
from tests.soak.others_bench import OthersBench
from tests.soak.remote import Served
from tests.soak.truth import mark_page

SOCKET = "soak.sock"


class SoakBench(Bench):
    """A bench whose methods are called from the soak run, one at a time.

    Args:
        run_dir: As for ``Bench``.
        link_to: As for ``Bench``.
    """

    def __init__(self, run_dir: Path, link_to: tuple[str, int] | None = None) -> None:
        super().__init__(run_dir, link_to)
        self._dice = random.Random(0)
        self._more = ExitStack()
        self.camera = SimulatedCamera(self.run_dir / "uvc", write_sequence(self.run_dir / "camera"))
        self.others = OthersBench(self.run_dir, lambda: self._dice)

    def __enter__(self) -> Self:
        """Switch everything on."""
        self._more.enter_context(self.camera)
        self._more.enter_context(self.others)
        self._more.enter_context(Served(self.run_dir / SOCKET, self))
        super().__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Switch everything off."""
        super().__exit__()
        self._more.close()

    def specs(self, frames: str, sane: Path) -> list[DeviceSpec]:
        """Return the devices of a visit, with a camera that can be pulled out."""
        place = {
            "path": str(self.camera.by_id),
            "folder": str(self.camera.folder),
            "width": 1280,
            "height": 960,
        }
        camera = DeviceSpec("camera-1", Kind.CAMERA, "devices.sim.camera_source:make", place)
        return [camera if spec.kind is Kind.CAMERA else spec for spec in super().specs(frames, sane)]

    def other_specs(self) -> Any:
        """Return the devices that no visit uses, as plain values."""
        return msgspec.to_builtins(self.others.specs())

    # What a hand does -----------------------------------------------------------------------------

    def seed(self, seed: int) -> None:
        """Begin the dice anew."""
        self._dice = random.Random(seed)

    def card_names(self) -> list[str]:
        """Return whose cards there are."""
        return list(self.cards)

    def person(self, card: str) -> list[str]:
        """Return name and number on a card."""
        record = self.cards[card].record
        return [record.name, record.number]

    def place_card(self, card: str) -> None:
        """Lay a card on the reader."""
        self.reader.place(self.cards[card])

    def pull_card(self) -> None:
        """Take it away."""
        self.reader.pull()

    def lay_page(self, card: str, token: str) -> None:
        """Lay the page of that person on the glass, with a code on it."""
        self._lay_page(card)
        mark_page(self.page_path, token)

    def slips(self) -> list[str]:
        """Return the pictures of all slips."""
        return [str(path) for path in self.printer.slips()]

    def show_code(self, text: str) -> None:
        """Hold a code before the code scanner."""
        self.others.codes.show(text)

    def load(self, *marks: int) -> None:
        """Put sheets into the feeder."""
        self.others.load(*marks)

    def insert(self, person: int, during: int | None) -> None:
        """Put a social security card in."""
        self.others.insert(person, during=during)

    def draw(self) -> None:
        """Take the smart card out."""
        self.others.draw()

    def documents(self) -> list[tuple[int, bool]]:
        """Return what came out of the A4 printer."""
        return self.others.documents()

    # What goes wrong ------------------------------------------------------------------------------

    def fault_names(self) -> list[str]:
        """Return what can go wrong."""
        return list(self._faults())

    def begin(self, name: str) -> None:
        """Start a fault."""
        self._faults()[name].begin()

    def end(self, name: str) -> None:
        """End a fault."""
        self._faults()[name].end()

    def _faults(self) -> Mapping[str, BenchFault]:
        return {
            **self._card_reader(),
            **self._printer_faults(),
            **self._camera_faults(),
            **self.others.faults(),
            **self._network(),
        }

    def _card_reader(self) -> dict[str, BenchFault]:
        reader, dice = self.reader, self._dice
        whole = 1295

        def disturbed(fault: Callable[[], LineFault]) -> BenchFault:
            return BenchFault(lambda: reader.disturb(fault(), dice.randint(1, 4)), reader.recover)

        return {
            "idcard.pulled-while-read": BenchFault(
                lambda: reader.pull_after(dice.randrange(whole)), reader.recover
            ),
            "idcard.no-answer": disturbed(lambda: LineFault(mute=True)),
            "idcard.late-answer": disturbed(lambda: LineFault(late_s=dice.uniform(0.3, 2.5))),
            "idcard.wrong-checksum": disturbed(lambda: LineFault(wrong_checksum=True)),
            "idcard.frame-cut": disturbed(lambda: LineFault(cut_at=dice.randrange(whole))),
            "idcard.garbage": disturbed(lambda: LineFault(garbage=dice.randbytes(dice.randint(1, 40)))),
            "idcard.two-frames-glued": disturbed(lambda: LineFault(twice=True)),
            "idcard.status": BenchFault(
                lambda: reader.force(
                    dice.choice(["find", "select", "read"]),
                    dice.choice([0x21, 0x24, 0x31, 0x32, 0x33, 0x41, 0x47, 0x80, 0x81]),
                    dice.randint(1, 2),
                ),
                reader.recover,
            ),
            "idcard.unplugged": BenchFault(reader.unplug, reader.replug),
        }

    def _printer_faults(self) -> dict[str, BenchFault]:
        printer, dice = self.printer, self._dice

        def trouble(kind: Trouble) -> BenchFault:
            return BenchFault(lambda: printer.trouble(kind, on=True), lambda: printer.trouble(kind, on=False))

        def in_the_middle(kind: Trouble) -> BenchFault:
            return BenchFault(lambda: printer.fail_after(dice.randrange(1, 60_000), kind), printer.recover)

        return {
            "printer.paper-out": trouble(Trouble.PAPER_OUT),
            "printer.paper-out-in-the-middle": in_the_middle(Trouble.PAPER_OUT),
            "printer.cover-opened-in-the-middle": in_the_middle(Trouble.COVER_OPEN),
            "printer.mute": trouble(Trouble.MUTE),
            "printer.connection-reset": BenchFault(printer.reset_connection, nothing),
            "printer.power-cycled": BenchFault(printer.power_cycle, nothing),
            "printer.switched-off": BenchFault(lambda: printer.power(False), lambda: printer.power(True)),  # noqa: FBT003 - reads like the switch it is
        }

    def _camera_faults(self) -> dict[str, BenchFault]:
        camera, dice = self.camera, self._dice
        return {
            "camera.frozen": BenchFault(camera.freeze, camera.recover),
            "camera.black": BenchFault(camera.cover, camera.recover),
            "camera.slow": BenchFault(lambda: camera.slow(2.0), camera.recover),
            "camera.silent": BenchFault(camera.fall_silent, camera.recover),
            "camera.unplugged": BenchFault(camera.unplug, lambda: camera.plug(dice.randrange(6))),
        }

    def _network(self) -> dict[str, BenchFault]:
        if self.link is None:
            return {}
        return {"network.cut": BenchFault(self.link.cut, self.link.restore)}


if __name__ == "__main__":
    main(SoakBench)
