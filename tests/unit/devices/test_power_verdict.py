from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError, Remedy, Severity
from devices.power.nut import make
from devices.power.options import NutOptions
from devices.power.verdict import fault_of, identity_of, state_of
from devices.values.power import PowerState, state_from

OPTIONS = NutOptions("bench")


def verdict(status: str, charge: str = "80", runtime: str = "900") -> str:
    values = {"ups.status": status, "battery.charge": charge, "battery.runtime": runtime}
    state = state_of(values, OPTIONS)
    if state is None:
        return "nobody knows"
    fault = fault_of("power-1", state)
    return "device.ok" if fault is None else fault.code


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("OL", "device.ok"),
        ("OL CHRG", "device.ok"),
        ("OL CHRG LB", "device.ok"),
        ("OL BOOST", "device.ok"),
        ("BYPASS", "device.ok"),
        ("OL RB", "power.replace-battery"),
        ("OB", "power.on-battery"),
        ("OB DISCHRG RB", "power.on-battery"),
        ("OB LB", "power.battery-low"),
        ("OB DISCHRG LB RB", "power.battery-low"),
        ("FSD OL", "power.battery-low"),
        ("FSD OB LB", "power.battery-low"),
        ("WAIT", "nobody knows"),
        ("", "nobody knows"),
    ],
)
def test_each_status_has_its_meaning(status: str, wanted: str) -> None:
    assert verdict(status) == wanted


@pytest.mark.parametrize(("charge", "runtime"), [("15", "900"), ("80", "120")])
def test_a_supply_that_never_says_low_is_judged_by_charge_and_time(charge: str, runtime: str) -> None:
    assert verdict("OB DISCHRG", charge, runtime) == "power.battery-low"
    assert verdict("OL CHRG", charge, runtime) == "device.ok"


@pytest.mark.parametrize("nonsense", ["", "n/a", "nan", "inf", "-1", "0x10"])
def test_a_level_that_is_no_number_is_not_known(nonsense: str) -> None:
    state = state_of({"ups.status": "OB", "battery.charge": nonsense}, OPTIONS)
    assert state == PowerState("OB", on_battery=True)
    assert verdict("OB", nonsense, nonsense) == "power.on-battery"


def test_what_each_fault_costs_and_who_acts() -> None:
    faults = [
        fault_of("power-1", PowerState("OB", on_battery=True)),
        fault_of("power-1", PowerState("OB LB", on_battery=True, ending=True)),
        fault_of("power-1", PowerState("OL RB", on_battery=False)),
    ]
    assert [(fault.severity, fault.remedy) for fault in faults if fault] == [
        (Severity.WARN, Remedy.RETRY),
        (Severity.BLOCK, Remedy.ATTENDANT),
        (Severity.WARN, Remedy.SERVICE),
    ]


def test_the_identity_is_what_the_supply_tells_of_itself() -> None:
    values = {"ups.mfr": "Example ", "ups.serial": "0001", "ups.status": "OL"}
    assert identity_of(values) == {"vendor": "Example", "serial": "0001"}


@given(st.dictionaries(st.sampled_from(["ups.status", "battery.charge", "battery.runtime"]), st.text()))
def test_whatever_the_variables_are_there_is_a_verdict(values: dict[str, str]) -> None:
    state = state_of(values, OPTIONS)
    assert state is None or state_from(state.readings()) == state


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "ups"),
        ({"ups": ""}, "ups"),
        ({"ups": "two words"}, "ups"),
        ({"ups": "a", "port": 0}, "port"),
        ({"ups": "a", "low_percent": 101}, "low_percent"),
        ({"ups": "a", "user": "x"}, "user"),
    ],
)
def test_a_mistake_in_the_profile_is_told_by_its_key(options: dict[str, Any], told: str) -> None:
    with pytest.raises(DeviceError, match=r"device\.bad-option") as caught:
        make("power-1", options)
    assert told in caught.value.detail
