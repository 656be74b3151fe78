import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.errors import DeviceError
from devices.facades import Sensors
from devices.model import DeviceSpec, Kind
from devices.sim.modbus_inputs import BAUD, SimulatedModbusInputs
from devices.values.sensors import Contact
from tests.wire.puppets import Told, until

DOOR, TAMPER = range(2)


@pytest.fixture
def module(tmp_path: Path) -> Generator[SimulatedModbusInputs]:
    with SimulatedModbusInputs(tmp_path / "sensors-port") as simulated:
        yield simulated


@pytest.fixture
def devices(module: SimulatedModbusInputs, told: Told, tmp_path: Path) -> Generator[DeviceSet]:
    options = {
        "port": str(module.link_path),
        "baud": BAUD,
        "latch": str(tmp_path / "latch.json"),
        "inputs": {"door": {"bit": DOOR}, "tamper": {"bit": TAMPER}},
    }
    with open_devices([DeviceSpec("sensors-1", Kind.SENSORS, "modbus-inputs", options)], told) as opened:
        told.wait_for_codes("device.ok")
        yield opened


@pytest.fixture
def sensors(devices: DeviceSet) -> Sensors:
    assert devices.sensors is not None
    until(
        lambda: devices.sensors is not None and Contact.CLOSED in devices.sensors.states().contacts.values()
    )
    return devices.sensors


def test_a_tampering_reaches_the_program_and_is_acknowledged_by_it(
    module: SimulatedModbusInputs, sensors: Sensors, told: Told
) -> None:
    module.set(TAMPER, on=False)
    told.wait_for_codes("device.ok", "sensors.tamper")
    with pytest.raises(DeviceError, match=r"sensors\.still-open"):
        sensors.acknowledge()
    module.set(TAMPER, on=True)
    until(lambda: sensors.states().contacts["tamper"] is Contact.CLOSED)
    assert sensors.states().tampered == ("tamper",)
    assert sensors.acknowledge() == ("tamper",)
    told.wait_for_codes("sensors.tamper", "device.ok")


def test_staff_at_work_opens_the_door_without_a_fault_also_after_a_restart(
    module: SimulatedModbusInputs, devices: DeviceSet, sensors: Sensors, told: Told
) -> None:
    sensors.serve(on=True)
    module.set(DOOR, on=False)
    until(lambda: sensors.states().contacts["door"] is Contact.OPEN)
    assert told.codes() == ["device.ok"]
    pid = devices.pid("sensors-1")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    told.wait(lambda _: "device.restarting" in told.codes())
    assert sensors.states().contacts.get("door", Contact.UNKNOWN) is not Contact.CLOSED
    until(lambda: told.codes()[-1] == "device.ok" and sensors.states().contacts["door"] is Contact.OPEN)
    sensors.serve(on=False)
    told.wait(lambda _: told.codes()[-1] == "sensors.door-open")
