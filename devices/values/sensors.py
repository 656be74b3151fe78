"""What the contacts of the housing say, and how it crosses from their process to the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

PRESENCE: Final = "presence"
"""Family of the contacts that somebody closes by standing before the terminal."""
_SOMEBODY: Final = "somebody_there"
_TEMPERATURE: Final = "temperature_c"
_LATCHED: Final = "tampered"
_NOBODY_KNOWS: Final = "unknown"


class Contact(StrEnum):
    """State of one contact."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """Not yet looked at, or the module does not answer."""


@dataclass(frozen=True, slots=True)
class SensorStates:
    """All that is known of the housing at one moment.

    Args:
        contacts: Name in the profile → state.
        temperature_c: Inside the housing, degrees Celsius, or None where it is not measured or not known.
        tampered: Names of the tamper contacts that were open since the last acknowledgement.
    """

    contacts: Mapping[str, Contact] = field(default_factory=dict[str, Contact])
    temperature_c: float | None = None
    tampered: tuple[str, ...] = ()

    @property
    def somebody_there(self) -> bool | None:
        """Whether somebody stands before the terminal: any sensor is enough; None while nobody knows."""
        seen = [state for name, state in self.contacts.items() if family(name) == PRESENCE]
        if Contact.CLOSED in seen:
            return True
        return None if Contact.UNKNOWN in seen or not seen else False

    def readings(self) -> dict[str, str | float | bool]:
        """Return it as readings; ``states_from`` reads them back."""
        there = self.somebody_there
        readings: dict[str, str | float | bool] = {n: state.value for n, state in self.contacts.items()}
        readings[_LATCHED] = " ".join(self.tampered)
        readings[_SOMEBODY] = _NOBODY_KNOWS if there is None else there
        if self.temperature_c is not None:
            readings[_TEMPERATURE] = self.temperature_c
        return readings


def states_from(readings: Mapping[str, str | int | float | bool]) -> SensorStates:
    """Return what ``SensorStates.readings`` took apart."""
    temperature_c = readings.get(_TEMPERATURE)
    return SensorStates(
        {n: Contact(str(v)) for n, v in readings.items() if n not in {_SOMEBODY, _TEMPERATURE, _LATCHED}},
        None if temperature_c is None else float(temperature_c),
        tuple(str(readings.get(_LATCHED, "")).split()),
    )


def family(name: str) -> str:
    """Return what a contact is for: ``door-rear`` is a door."""
    return name.partition("-")[0]
