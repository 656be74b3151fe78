import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from devices.errors import DeviceError, Remedy, Severity
from devices.health import Action, Health
from devices.sensors.modbus_inputs import ModbusInputs, make
from devices.sim.modbus_inputs import BAUD, ModbusFault, SimulatedModbusInputs
from devices.values.sensors import Contact
from tests.support.promises import keeps

DOOR, TAMPER, LEFT, RIGHT = range(4)
TIMEOUT_S = 0.1


@pytest.fixture
def module(tmp_path: Path) -> Generator[SimulatedModbusInputs]:
    with SimulatedModbusInputs(tmp_path / "sensors-port") as simulated:
        for bit in (LEFT, RIGHT):
            simulated.set(bit, on=False)
        yield simulated


def options(module: SimulatedModbusInputs, **more: object) -> dict[str, Any]:
    return {
        "port": str(module.link_path),
        "baud": BAUD,
        "poll_s": 0.01,
        "debounce_s": 0.02,
        "answer_timeout_s": TIMEOUT_S,
        "inputs": {
            "door": {"bit": DOOR},
            "tamper": {"bit": TAMPER},
            "presence-left": {"bit": LEFT},
            "presence-right": {"bit": RIGHT},
        },
    } | more


@pytest.fixture
def start(module: SimulatedModbusInputs) -> Generator[Callable[..., ModbusInputs]]:
    started: list[ModbusInputs] = []

    def begin(**more: object) -> ModbusInputs:
        driver = make("sensors-1", options(module, **more))
        started.append(driver)
        driver.open()
        settle(driver)
        return driver

    yield begin
    for driver in started:
        driver.close()


Start = Callable[..., ModbusInputs]


@pytest.fixture
def driver(start: Start) -> ModbusInputs:
    return start()


def look(driver: ModbusInputs) -> DeviceError | None:
    try:
        assert driver.tick() == ()
    except DeviceError as error:
        return error
    return None


def code(driver: ModbusInputs) -> str:
    error = look(driver)
    return "device.ok" if error is None else error.code


def until_code(driver: ModbusInputs, wanted: str, timeout_s: float = 10.0) -> None:
    end_s = time.monotonic() + timeout_s
    while (now := code(driver)) != wanted:
        assert time.monotonic() < end_s, now


def settle(driver: ModbusInputs) -> None:
    end_s = time.monotonic() + 10.0
    while Contact.UNKNOWN in driver.readings().values():
        look(driver)
        assert time.monotonic() < end_s


def test_every_contact_is_a_reading(driver: ModbusInputs) -> None:
    assert driver.readings() == {
        "door": "closed",
        "tamper": "closed",
        "presence-left": "open",
        "presence-right": "open",
        "somebody_there": False,
        "tampered": "",
    }


@pytest.mark.parametrize("bit", [LEFT, RIGHT])
def test_either_presence_sensor_tells_somebody_and_no_fault(
    module: SimulatedModbusInputs, driver: ModbusInputs, bit: int
) -> None:
    module.set(bit, on=True)
    end_s = time.monotonic() + 10.0
    while driver.readings()["somebody_there"] is not True:
        assert code(driver) == "device.ok"
        assert time.monotonic() < end_s


def test_an_open_door_is_told_until_it_is_closed(module: SimulatedModbusInputs, driver: ModbusInputs) -> None:
    module.set(DOOR, on=False)
    until_code(driver, "sensors.door-open")
    error = look(driver)
    assert error is not None
    assert (error.remedy, error.severity, error.detail) == (Remedy.ATTENDANT, Severity.BLOCK, "door")
    module.set(DOOR, on=True)
    until_code(driver, "device.ok")


def test_a_door_opened_by_staff_at_work_is_no_fault(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    driver.command("serve", {"on": True})
    module.set(DOOR, on=False)
    end_s = time.monotonic() + 10.0
    while driver.readings()["door"] != "open":
        assert code(driver) == "device.ok"
        assert time.monotonic() < end_s
    driver.command("serve", {"on": False})
    assert code(driver) == "sensors.door-open"


def test_a_tampering_is_a_matter_of_security(module: SimulatedModbusInputs, driver: ModbusInputs) -> None:
    module.set(TAMPER, on=False)
    until_code(driver, "sensors.tamper")
    error = look(driver)
    assert error is not None
    assert error.severity is Severity.SECURITY
    health = Health("sensors-1", error.code, error.severity, error.remedy, since=None)  # pyright: ignore[reportArgumentType]  # the time does not matter here
    assert (health.usable, health.action) == (False, Action.SECURITY)


def test_a_tampering_stays_after_the_cover_was_closed_until_it_is_acknowledged(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    module.set(TAMPER, on=False)
    until_code(driver, "sensors.tamper")
    module.set(TAMPER, on=True)
    end_s = time.monotonic() + 10.0
    while driver.readings()["tamper"] != "closed":
        assert code(driver) == "sensors.tamper"
        assert time.monotonic() < end_s
    assert driver.readings()["tampered"] == "tamper"
    assert driver.command("acknowledge", {}) == "tamper"
    assert code(driver) == "device.ok"


def test_a_tampering_cannot_be_acknowledged_while_the_cover_is_open(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    module.set(TAMPER, on=False)
    until_code(driver, "sensors.tamper")
    with pytest.raises(DeviceError, match=r"sensors\.still-open \(tamper\)"):
        driver.command("acknowledge", {})
    assert code(driver) == "sensors.tamper"


def test_staff_at_work_does_not_hide_a_tampering(module: SimulatedModbusInputs, driver: ModbusInputs) -> None:
    driver.command("serve", {"on": True})
    module.set(TAMPER, on=False)
    until_code(driver, "sensors.tamper")


def test_a_tampering_outlives_the_driver(module: SimulatedModbusInputs, start: Start, tmp_path: Path) -> None:
    latch = str(tmp_path / "latch.json")
    first = start(latch=latch)
    module.set(TAMPER, on=False)
    until_code(first, "sensors.tamper")
    module.set(TAMPER, on=True)
    first.close()
    assert code(start(latch=latch)) == "sensors.tamper"


def test_a_tampering_is_told_though_the_module_was_unplugged_afterwards(
    module: SimulatedModbusInputs, start: Start, tmp_path: Path
) -> None:
    latch = str(tmp_path / "latch.json")
    driver = start(latch=latch)
    module.set(TAMPER, on=False)
    until_code(driver, "sensors.tamper")
    module.unplug()
    error = look(driver)
    assert error is not None
    assert (error.code, error.severity) == ("sensors.tamper", Severity.SECURITY)
    assert "device." in error.detail
    with pytest.raises(DeviceError, match=r"sensors\.tamper"):
        make("sensors-1", options(module, latch=latch)).open()
    with pytest.raises(DeviceError, match=r"sensors\.still-open"):
        driver.command("acknowledge", {})


def test_heat_is_told_until_the_housing_has_cooled(
    module: SimulatedModbusInputs, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.sensors.modbus_inputs.TEMPERATURE_EVERY_S", 0.0)
    driver = start(temperature={"register": 0, "limit_c": 60})
    assert driver.readings()["temperature_c"] == 25
    module.heat(601)
    until_code(driver, "sensors.too-hot")
    module.heat(590)
    assert code(driver) == "sensors.too-hot"
    module.heat(540)
    until_code(driver, "device.ok")
    module.heat(-125)
    assert code(driver) == "device.ok"
    assert driver.readings()["temperature_c"] == -12


@pytest.mark.parametrize(
    "fault",
    [
        ModbusFault(mute=True),
        ModbusFault(wrong_checksum=True),
        ModbusFault(cut_at=3),
        ModbusFault(garbage=b"\x00\xff\x13"),
        ModbusFault(replaced_by=b"\x55" * 20),
        ModbusFault(late_s=TIMEOUT_S * 1.5),
    ],
    ids=lambda fault: str(fault).partition("(")[2][:40],
)
def test_one_lost_or_garbled_answer_costs_nothing(
    module: SimulatedModbusInputs, driver: ModbusInputs, fault: ModbusFault
) -> None:
    module.disturb(fault, answers=1)
    assert code(driver) == "device.ok"
    assert driver.readings()["door"] == "closed"


def test_a_late_answer_is_not_taken_for_the_next_one(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    module.set(LEFT, on=True)
    module.disturb(ModbusFault(late_s=TIMEOUT_S * 1.5), answers=1)
    asked = module.asked
    assert code(driver) == "device.ok"
    assert module.asked == asked + 2
    module.set(LEFT, on=False)
    settle_s = time.monotonic() + 10.0
    while driver.readings()["presence-left"] != "open":
        assert code(driver) == "device.ok"
        assert time.monotonic() < settle_s


def test_a_silent_module_is_retried_twice_before_somebody_has_to_come(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    module.disturb(ModbusFault(mute=True))
    errors = [look(driver) for _ in range(3)]
    assert [(error.code, error.remedy) for error in errors if error] == [
        ("sensors.no-answer", Remedy.RETRY),
        ("sensors.no-answer", Remedy.RETRY),
        ("sensors.no-answer", Remedy.SERVICE),
    ]
    assert driver.readings()["door"] == "unknown"
    module.recover()
    until_code(driver, "device.ok")
    settle(driver)
    assert driver.readings()["door"] == "closed"


def test_a_line_that_garbles_everything_is_told(module: SimulatedModbusInputs, driver: ModbusInputs) -> None:
    module.disturb(ModbusFault(wrong_checksum=True))
    assert code(driver) == "sensors.line-error"
    module.recover()
    assert code(driver) == "device.ok"


@pytest.mark.parametrize(
    ("exception", "wanted", "remedy"),
    [
        (1, "sensors.refused", Remedy.SERVICE),
        (2, "sensors.refused", Remedy.SERVICE),
        (3, "sensors.refused", Remedy.SERVICE),
        (4, "sensors.module-failed", Remedy.SERVICE),
        (5, "sensors.busy", Remedy.RETRY),
        (6, "sensors.busy", Remedy.RETRY),
        (11, "sensors.module-failed", Remedy.SERVICE),
        (255, "sensors.module-failed", Remedy.SERVICE),
    ],
)
def test_each_exception_code_has_its_meaning(
    module: SimulatedModbusInputs, driver: ModbusInputs, exception: int, wanted: str, remedy: Remedy
) -> None:
    module.disturb(ModbusFault(exception=exception))
    error = look(driver)
    assert error is not None
    assert (error.code, error.remedy, error.detail) == (wanted, remedy, f"exception {exception}")
    module.recover()
    until_code(driver, "device.ok")


def test_inputs_that_the_module_has_not_are_told_at_the_first_look(module: SimulatedModbusInputs) -> None:
    driver = make("sensors-1", options(module, inputs={"door": {"bit": 99}}))
    with pytest.raises(DeviceError, match=r"sensors\.refused"):
        driver.open()
    driver.close()


def test_a_module_unplugged_is_seen_at_once_and_usable_after_it_is_back(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    def pull_and_put_back() -> tuple[float]:
        module.unplug()
        began_s = time.monotonic()
        assert code(driver) == "device.port-gone"
        took_s = time.monotonic() - began_s
        assert code(driver) == "device.absent"
        assert driver.tick_s <= 0.5
        module.replug()
        assert code(driver) == "device.ok"
        return (took_s,)

    assert keeps((1.0,), pull_and_put_back)


def test_another_device_at_the_same_port_is_not_taken_for_the_module(
    module: SimulatedModbusInputs, driver: ModbusInputs
) -> None:
    module.unplug()
    assert code(driver) == "device.port-gone"
    module.replug(unit=9)
    assert code(driver) == "sensors.no-answer"
    module.unplug()
    module.replug(unit=1)
    until_code(driver, "device.ok")


def test_a_clock_that_jumps_does_not_stretch_the_waiting(
    module: SimulatedModbusInputs, driver: ModbusInputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 0.0)
    module.disturb(ModbusFault(mute=True), answers=2)
    began_s = time.monotonic()
    assert code(driver) == "sensors.no-answer"
    assert time.monotonic() - began_s < 5.0


def test_a_command_that_does_not_exist_is_a_bug_of_the_caller(driver: ModbusInputs) -> None:
    with pytest.raises(KeyError):
        driver.command("open", {})
