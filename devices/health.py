"""One health model for every kind of device."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from devices.errors import Remedy

OK = "device.ok"
STARTING = "device.starting"
RESTARTING = "device.restarting"
"""The device's process ended and its supervisor is bringing it back."""
ABSENT = "device.absent"
"""Nothing answers where the profile says the device is."""


class Severity(StrEnum):
    """How much a fault costs, from nothing to the whole service."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BLOCK = "block"
    """What needs this device cannot be done until somebody clears it."""
    FAULT = "fault"
    """The device itself is out of service."""


@dataclass(frozen=True, slots=True)
class Health:
    """State of one device at one moment; published only when it changes.

    Args:
        device: Logical name from the profile.
        code: Stable dotted code, ``device.ok`` when all is well.
        severity: What the fault costs.
        remedy: Who acts, or None when nobody needs to.
        since: Aware UTC time at which this code began.
        detail: Untranslated diagnostic text without personal data.
    """

    device: str
    code: str
    severity: Severity
    remedy: Remedy | None
    since: datetime
    detail: str = ""

    @property
    def usable(self) -> bool:
        """Whether work that needs the device can start now."""
        return self.severity in (Severity.OK, Severity.INFO, Severity.WARN)
