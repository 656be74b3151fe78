"""How quickly devices are noticed, lost and back: drivers in their own processes on simulated wires."""

import os
import random
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final

from devices import (
    CardRead,
    CardRemoved,
    DeviceEvent,
    DeviceSet,
    DeviceSpec,
    HealthChanged,
    Kind,
    open_devices,
)
from devices.sim.bench import Bench, device_specs
from devices.sim.camera_frames import write_sequence
from devices.sim.camera_plug import SimulatedCamera
from devices.sim.pcscd_world import why_not
from tests.bench.card_bytes import card_bytes, wire_s
from tests.bench.row import Measured, Row
from tests.soak.others_bench import OthersBench

SAMPLES: Final = 5
_WAIT_S: Final = 30.0
_CARD: Final = "card placed → record shown"
_REMOVED: Final = "removal seen"
_UNPLUG: Final = "device unplug seen"
_REOPEN: Final = "reopen after re-plug"
_PCSCD: Final = "pcscd restart recovered"
_STOP: Final = "shutdown of all workers"
_RESTART: Final = "process back after SIGKILL"
_NOTES: Final = (
    f"Each figure is the worst of {SAMPLES}; the spread stands beside it.",
    "No udev here: what is plugged in or pulled out is noticed by polling alone.",
    "Unplugged: both ends of the pty are closed, or connections are refused. Simulators share the two cores.",
)


class Ear:
    """Remembers when what was told."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._told: list[tuple[float, DeviceEvent]] = []

    def __call__(self, event: DeviceEvent) -> None:
        with self._changed:
            self._told.append((monotonic(), event))
            self._changed.notify_all()

    def forget(self) -> float:
        """Forget everything; returns now."""
        with self._changed:
            self._told.clear()
        return monotonic()

    def when(self, wanted: Callable[[DeviceEvent], bool]) -> float:
        """Wait for an event; returns when it came.

        Raises:
            TimeoutError: It did not.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._first(wanted) is not None, _WAIT_S):
                raise TimeoutError(f"{len(self._told)} other events")
            return self._first(wanted) or 0.0

    def _first(self, wanted: Callable[[DeviceEvent], bool]) -> float | None:
        return next((at_s for at_s, event in self._told if wanted(event)), None)


def usable(device: str, *, is_usable: bool) -> Callable[[DeviceEvent], bool]:
    """Return a check for a device's health becoming usable, or the opposite."""

    def check(event: DeviceEvent) -> bool:
        return (
            isinstance(event, HealthChanged)
            and event.health.device == device
            and event.health.usable is is_usable
        )

    return check


class Plugged:
    """One open set of devices on one bench."""

    def __init__(self, bench: Bench | None, devices: DeviceSet, ear: Ear) -> None:
        self.bench = bench
        self.devices = devices
        self.ear = ear

    def after(self, act: Callable[[], object], wanted: Callable[[DeviceEvent], bool]) -> float:
        """Do something; returns how long it took until it was told."""
        begun_s = self.ear.forget()
        act()
        return self.ear.when(wanted) - begun_s

    def cards(self) -> tuple[list[float], list[float]]:
        """Lay and lift a card; returns how long reading and noticing the removal took."""
        assert self.devices.id_card is not None
        assert self.bench is not None
        reader = self.bench.reader
        self.devices.id_card.arm()
        card = self.bench.cards["resident-chen"]
        laid_s: list[float] = []
        lifted_s: list[float] = []
        for _ in range(SAMPLES):
            laid_s.append(self.after(lambda: reader.place(card), lambda event: isinstance(event, CardRead)))
            lifted_s.append(self.after(reader.pull, lambda event: isinstance(event, CardRemoved)))
        return laid_s, lifted_s

    def plug(
        self, device: str, unplug: Callable[[], object], replug: Callable[[], object]
    ) -> tuple[list[float], list[float]]:
        """Pull a plug and put it back; returns how long noticing and coming back took."""
        lost_s: list[float] = []
        back_s: list[float] = []
        for _ in range(SAMPLES):
            lost_s.append(self.after(unplug, usable(device, is_usable=False)))
            back_s.append(self.after(replug, usable(device, is_usable=True)))
        return lost_s, back_s

    def plugs(
        self, device: str, unplug: Callable[[], object], replug: Callable[[], object]
    ) -> tuple[Row, Row]:
        """Return the rows of a plug that is pulled and put back."""
        lost_s, back_s = self.plug(device, unplug, replug)
        return (
            _worst(f"{device} unplugged → told", lost_s, limit=1.0, basis=_UNPLUG),
            _worst(f"{device} plugged in → usable", back_s, limit=3.0, basis=_REOPEN),
        )

    def kill(self, device: str) -> list[float]:
        """Kill a process; returns how long it took until the device could be used again."""
        back_s: list[float] = []
        for _ in range(SAMPLES):
            pid = self.devices.pid(device)
            assert pid is not None
            back_s.append(self.after(lambda pid=pid: os.kill(pid, signal.SIGKILL), _back(device)))
        return back_s


def _back(device: str) -> Callable[[DeviceEvent], bool]:
    lost: list[DeviceEvent] = []

    def check(event: DeviceEvent) -> bool:
        if usable(device, is_usable=False)(event):
            lost.append(event)
        return bool(lost) and usable(device, is_usable=True)(event)

    return check


@contextmanager
def _plugged() -> Generator[Plugged]:
    with tempfile.TemporaryDirectory(prefix="zw-") as folder, Bench(Path(folder)) as bench:
        ear = Ear()
        specs = device_specs(Path(folder))
        with open_devices(specs, ear) as devices:
            for spec in specs:
                ear.when(usable(spec.name, is_usable=True))
            yield Plugged(bench, devices, ear)


def measure() -> Measured:
    """Measure each device in turn."""
    rows: list[Row] = []
    wire = (f"wire time of {card_bytes()} bytes", wire_s())
    with _plugged() as here:
        laid_s, lifted_s = here.cards()
        rows += [
            _worst("card laid → record told", laid_s, limit=1.5, basis=_CARD, peer=wire),
            _worst("card lifted → removal told", lifted_s, limit=0.5, basis=_REMOVED),
        ]
        assert here.bench is not None
        reader, printer = here.bench.reader, here.bench.printer
        rows += here.plugs("idcard-1", reader.unplug, reader.replug)
        rows += here.plugs("printer-1", lambda: printer.power(False), lambda: printer.power(True))  # noqa: FBT003 - reads like the switch it is
        rows += [
            _worst(f"{name} killed → usable", here.kill(name), basis=_RESTART) for name in here.devices.names
        ]
    rows += _others()
    rows.append(_shutdown())
    notes = [*_NOTES, *([f"Without smart cards: {why_not()}."] if why_not() else [])]
    return Measured(tuple(rows), tuple(notes))


def _others() -> list[Row]:
    """Measure the devices that no visit uses, and a camera that can be pulled out."""
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="zw-") as folder,
        OthersBench(Path(folder), lambda: random.Random(1)) as bench,
        SimulatedCamera(Path(folder) / "uvc", write_sequence(Path(folder) / "frames")) as camera,
    ):
        ear = Ear()
        place = {"path": str(camera.by_id), "folder": str(camera.folder)}
        film = DeviceSpec("camera-1", Kind.CAMERA, "devices.sim.camera_source:make", place)
        specs = [*bench.specs(), film]
        with open_devices(specs, ear) as devices:
            for spec in specs:
                ear.when(usable(spec.name, is_usable=True))
            here = Plugged(None, devices, ear)
            rows += here.plugs("camera-1", camera.unplug, camera.plug)
            rows += here.plugs("scanner-2", bench.feeder.unplug, bench.feeder.replug)
            rows += here.plugs("codes-1", bench.codes.unplug, bench.codes.replug)
            rows += here.plugs("sensors-1", bench.inputs.unplug, bench.inputs.replug)
            if bench.smart is not None:
                smart = bench.smart
                rows += here.plugs("smartcard-1", smart.unplug, smart.replug)
                _, back_s = here.plug("smartcard-1", smart.kill, smart.start)
                rows.append(_worst("pcscd started again → usable", back_s, limit=3.0, basis=_PCSCD))
            _, back_s = here.plug("pageprinter-1", bench.cups.server.kill, bench.cups.server.start)
            rows.append(_worst("cupsd started again → usable", back_s, limit=3.0, basis=_REOPEN))
    return rows


def _worst(
    name: str,
    samples: Sequence[float],
    *,
    limit: float | None = None,
    basis: str = "",
    peer: tuple[str, float] = ("", 0.0),
) -> Row:
    peer_name, peer_value = peer
    return Row(
        name,
        max(samples),
        "s",
        limit,
        basis=basis,
        peer=peer_name,
        peer_value=peer_value or None,
        samples=tuple(samples),
    )


def _shutdown() -> Row:
    took_s: list[float] = []
    with tempfile.TemporaryDirectory(prefix="zw-") as folder, Bench(Path(folder)):
        specs = device_specs(Path(folder))
        for _ in range(SAMPLES):
            ear = Ear()
            with open_devices(specs, ear):
                for spec in specs:
                    ear.when(usable(spec.name, is_usable=True))
                ending_s = monotonic()
            took_s.append(monotonic() - ending_s)
    return _worst("all devices stopped", took_s, limit=2.0, basis=_STOP)
