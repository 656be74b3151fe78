import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.model import CodeScanned, DeviceSpec, Kind
from devices.sim.code_scanner import SimulatedCodeScanner
from tests.wire.puppets import Told, until

ON, OFF = b"\x16T\r", b"\x16U\r"


@pytest.fixture
def simulated(tmp_path: Path) -> Generator[SimulatedCodeScanner]:
    with SimulatedCodeScanner(tmp_path / "codes-port", trigger=(ON, OFF)) as plugged:
        yield plugged


@pytest.fixture
def devices(simulated: SimulatedCodeScanner, told: Told) -> Generator[DeviceSet]:
    options = {"port": str(simulated.link_path), "arm_hex": "16540d", "disarm_hex": "16550d"}
    with open_devices([DeviceSpec("codes-1", Kind.CODE_SCANNER, "serial-codes", options)], told) as opened:
        told.wait_for_codes("device.ok")
        yield opened


def armed(devices: DeviceSet, told: Told, wanted: str) -> None:
    told.wait(lambda _: str(devices.statuses()[0].readings.get("armed")) == wanted)


def test_a_code_comes_across_the_process_and_a_killed_one_is_armed_again(
    devices: DeviceSet, simulated: SimulatedCodeScanner, told: Told
) -> None:
    assert devices.code_scanner is not None
    devices.code_scanner.arm(60.0)
    armed(devices, told, "True")
    simulated.show("FIRST")
    told.wait(lambda events: CodeScanned("codes-1", "FIRST") in events)
    pid = devices.pid("codes-1")
    assert pid is not None
    until(lambda: simulated.heard().count(ON) == 2)  # once armed, and once more for the code that was read
    os.kill(pid, signal.SIGKILL)
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    until(lambda: simulated.heard().count(ON) == 3)
    simulated.show("SECOND")
    told.wait(lambda events: CodeScanned("codes-1", "SECOND") in events)
    devices.code_scanner.disarm()
    until(lambda: not simulated.lit)


def test_a_killed_scanner_whose_time_has_passed_is_not_armed_again(
    devices: DeviceSet, simulated: SimulatedCodeScanner, told: Told
) -> None:
    assert devices.code_scanner is not None
    devices.code_scanner.arm(0.1)
    armed(devices, told, "False")
    pid = devices.pid("codes-1")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    armed(devices, told, "False")
    until(lambda: not simulated.lit)
