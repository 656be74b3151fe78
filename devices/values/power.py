"""What the uninterruptible power supply says, and how it crosses from its process to the program."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PowerState:
    """All that is known of the power supply at one moment.

    Args:
        status: Words of ``ups.status``, such as ``"OB DISCHRG"``; ``""`` while nobody knows.
        on_battery: Whether the mains are away, or None while nobody knows.
        ending: Whether the battery is about to end: finish what is under way and shut down.
        charge_percent: Of the battery, or None where it is not told.
        runtime_s: How long the battery lasts with the present load, or None where it is not told.
    """

    status: str = ""
    on_battery: bool | None = None
    ending: bool = False
    charge_percent: float | None = None
    runtime_s: float | None = None

    def readings(self) -> dict[str, str | float | bool]:
        """Return it as readings; ``state_from`` reads them back."""
        known: dict[str, str | float | bool | None] = {
            "status": self.status,
            "on_battery": self.on_battery,
            "ending": self.ending,
            "charge_percent": self.charge_percent,
            "runtime_s": self.runtime_s,
        }
        return {name: value for name, value in known.items() if value is not None}


def state_from(readings: Mapping[str, str | int | float | bool]) -> PowerState:
    """Return what ``PowerState.readings`` took apart."""
    on_battery, charge, runtime = (readings.get(k) for k in ("on_battery", "charge_percent", "runtime_s"))
    return PowerState(
        str(readings.get("status", "")),
        None if on_battery is None else bool(on_battery),
        bool(readings.get("ending", False)),
        None if charge is None else float(charge),
        None if runtime is None else float(runtime),
    )
