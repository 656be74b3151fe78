import threading
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import permutations
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.hotplug import HotplugWatcher, Plug, Timing, Watched
from devices.model import DeviceSpec, Kind
from devices.sim.modbus_inputs import BAUD, SimulatedModbusInputs
from devices.sim.sdt_reader import SimulatedSdtReader
from tests.wire.puppets import PUPPET, Told, until

SEEN_S, BACK_S = 1.0, 3.0
SLACK_S = 4.0
"""For machines that do much else; the figures themselves are measured by the benchmark."""
NAMES = ("camera-1", "scanner-1", "printer-1")


def codes(devices: DeviceSet) -> list[str]:
    return [health.code for health in devices.health()]


def all_well(devices: DeviceSet) -> bool:
    return set(codes(devices)) == {"device.ok"}


def all_lost(devices: DeviceSet) -> bool:
    return all(code in {"device.port-gone", "device.absent"} for code in codes(devices))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_devices_absent_at_boot_are_found_in_whatever_order_they_appear(
    order: Sequence[int], tmp_path: Path
) -> None:
    needed = [tmp_path / name for name in NAMES]
    specs = [
        DeviceSpec(name, Kind.CAMERA, PUPPET, {"needs": str(path)})
        for name, path in zip(NAMES, needed, strict=True)
    ]
    watcher = HotplugWatcher(Watched(tuple(needed)), timing=Timing(look_s=0.1, gather_s=0.05))
    with open_devices(specs, Told(), watcher=watcher) as devices:
        until(lambda: codes(devices) == ["device.absent"] * 3)
        plugged: set[int] = set()
        for number in order:
            needed[number].touch()
            plugged.add(number)
            began_s = time.monotonic()
            until(lambda number=number: codes(devices)[number] == "device.ok")
            assert time.monotonic() - began_s < BACK_S + SLACK_S
            others = [code for other, code in enumerate(codes(devices)) if other not in plugged]
            assert others == ["device.absent"] * (3 - len(plugged))


class Hub:
    """A card reader and two modules of contacts on one hub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reader = SimulatedSdtReader(folder / "idcard-port")
        self.modules = [SimulatedModbusInputs(folder / f"sensors-port-{n}") for n in (1, 2)]
        self.plugs: list[Plug] = []
        self.bursts = 0

    def specs(self) -> list[DeviceSpec]:
        return [
            DeviceSpec("idcard-1", Kind.ID_CARD, "sdt", {"port": str(self.reader.link_path)}),
            *(
                DeviceSpec(f"sensors-{n}", Kind.SENSORS, "modbus-inputs", self._options(module))
                for n, module in enumerate(self.modules, 1)
            ),
        ]

    def lose(self) -> None:
        for device in (self.reader, *self.modules):
            device.unplug()

    def have_back(self) -> None:
        for device in (self.reader, *self.modules):
            device.replug()

    def watcher(self) -> HotplugWatcher:
        paths = [device.link_path for device in (self.reader, *self.modules)]
        return HotplugWatcher(Watched(tuple(paths)), self._note)

    def _note(self, plugs: tuple[Plug, ...]) -> None:
        self.plugs += plugs
        self.bursts += 1

    @staticmethod
    def _options(module: SimulatedModbusInputs) -> dict[str, object]:
        inputs = {"door": {"bit": 0}}
        return {"port": str(module.link_path), "baud": BAUD, "inputs": inputs, "answer_timeout_s": 0.1}


@contextmanager
def hub_of(folder: Path) -> Generator[tuple[Hub, DeviceSet]]:
    with ExitStack() as stack:
        hub = Hub(folder)
        for device in (hub.reader, *hub.modules):
            stack.enter_context(device)
        devices = stack.enter_context(open_devices(hub.specs(), Told(), watcher=hub.watcher()))
        until(lambda: all_well(devices))
        yield hub, devices


def test_all_devices_lost_at_once_are_seen_and_are_usable_after_they_are_back(tmp_path: Path) -> None:
    with hub_of(tmp_path) as (hub, devices):
        pids = [devices.pid(name) for name in devices.names]
        for _ in range(2):
            began_s = time.monotonic()
            hub.lose()
            until(lambda: all_lost(devices))
            assert time.monotonic() - began_s < SEEN_S + SLACK_S
            began_s = time.monotonic()
            hub.have_back()
            until(lambda: all_well(devices))
            assert time.monotonic() - began_s < BACK_S + SLACK_S
        assert [devices.pid(name) for name in devices.names] == pids
        until(lambda: {plug.action for plug in hub.plugs} == {"add", "remove"})


def test_a_hub_that_is_reset_stirs_once_or_twice_and_restarts_no_process(tmp_path: Path) -> None:
    with hub_of(tmp_path) as (hub, devices):
        pids = [devices.pid(name) for name in devices.names]
        hub.lose()
        hub.have_back()
        until(lambda: len(hub.plugs) >= 3)
        until(lambda: all_well(devices))
        assert (
            1 <= hub.bursts <= 2
        )  # a look of the watcher's own may fall between the losing and the having back
        assert [devices.pid(name) for name in devices.names] == pids


def test_a_plug_that_goes_in_and_out_twenty_times_in_two_seconds_ends_usable(tmp_path: Path) -> None:
    with hub_of(tmp_path) as (hub, devices):
        pids = [devices.pid(name) for name in devices.names]
        pause = threading.Event()
        module = hub.modules[0]
        for _ in range(20):
            module.unplug()
            pause.wait(0.05)
            module.replug()
            pause.wait(0.05)
        until(lambda: all_well(devices))
        until(lambda: devices.statuses()[1].readings.get("door") == "closed")
        assert hub.bursts <= 12
        assert [devices.pid(name) for name in devices.names] == pids


def test_another_device_at_the_same_port_is_noticed_and_the_right_one_found_again(tmp_path: Path) -> None:
    with hub_of(tmp_path) as (hub, devices):
        module = hub.modules[0]
        module.unplug()
        module.replug(unit=9)
        until(lambda: codes(devices)[1] == "sensors.no-answer")
        until(lambda: [plug.action for plug in hub.plugs][-2:] == ["remove", "add"])
        module.unplug()
        module.replug(unit=1)
        until(lambda: all_well(devices))
