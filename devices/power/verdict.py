"""From the variables of a supply to what is wrong; pure.

Words of ``ups.status``: NUT developer guide, "Status data".
"""

import math
from collections.abc import Mapping
from typing import Final

from devices.errors import DeviceError, Remedy, Severity
from devices.power.options import NutOptions
from devices.values.power import PowerState

STALE: Final = "power.stale-data"
ON_BATTERY: Final = "power.on-battery"
ENDING: Final = "power.battery-low"
REPLACE: Final = "power.replace-battery"
_NOT_YET: Final = "WAIT"
"""Upsd's own word until the supply's driver has told it something."""
_IDENTITY: Final = {
    "ups.mfr": "vendor",
    "ups.model": "model",
    "ups.serial": "serial",
    "ups.firmware": "firmware",
}


def state_of(values: Mapping[str, str], options: NutOptions) -> PowerState | None:
    """Return what the variables say, or None when they say nothing of the mains."""
    words = values.get("ups.status", "").split()
    if not words or _NOT_YET in words:
        return None
    charge = _number(values.get("battery.charge"))
    runtime = _number(values.get("battery.runtime"))
    on_battery = "OB" in words
    low = (
        "LB" in words
        or (charge is not None and charge <= options.low_percent)
        or (runtime is not None and runtime <= options.low_runtime_s)
    )
    ending = "FSD" in words or (on_battery and low)
    return PowerState(" ".join(words), on_battery, ending, charge, runtime)


def fault_of(device: str, state: PowerState) -> DeviceError | None:
    """Return what is wrong with a supply in this state, or None."""
    if state.ending:
        return ending(device, state.status)
    if state.on_battery:
        return DeviceError(device, ON_BATTERY, Remedy.RETRY, state.status)
    if "RB" in state.status.split():
        return DeviceError(device, REPLACE, Remedy.SERVICE, state.status, Severity.WARN)
    return None


def ending(device: str, detail: str) -> DeviceError:
    """Return the error of a battery that is about to end."""
    return DeviceError(device, ENDING, Remedy.ATTENDANT, detail, Severity.BLOCK)


def identity_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return what the supply says of itself."""
    return {name: values[key].strip() for key, name in _IDENTITY.items() if key in values}


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
