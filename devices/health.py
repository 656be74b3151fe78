"""One health model for every kind of device."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from devices.errors import Remedy, Severity

OK: Final = "device.ok"
STARTING: Final = "device.starting"
RESTARTING: Final = "device.restarting"
"""The device's process ended and its supervisor is bringing it back."""
ABSENT: Final = "device.absent"
"""Nothing answers where the profile says the device is."""
FLAPPING: Final = "device.flapping"
"""The device's process ends again and again."""
DISABLED: Final = "device.disabled"
"""The operator has taken the device out of use in the profile."""

_LOST: Final = frozenset(
    {ABSENT, "device.port-gone", "device.port-denied", "device.port-in-use", "device.link-lost"}
)
_CONFIGURATION: Final = frozenset(
    {
        "device.bad-option",
        "device.unknown-driver",
        "device.driver-missing",
        "device.port-denied",
        "device.port-in-use",
        "device.wrong-model",
        "device.ambiguous",
        "scanner.denied",
        "scanner.setting-refused",
    }
)


class Phase(StrEnum):
    """Where a device is in its life; the same for all kinds.

    ``starting → ready ⇄ busy``; from any of them to ``lost`` (nothing answers; looked for again by itself)
    or ``fault`` (it answers and is unfit), and back; ``disabled`` by the operator.
    """

    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    LOST = "lost"
    FAULT = "fault"
    DISABLED = "disabled"


class Action(StrEnum):
    """What has to be done about a fault; the vocabulary of XFS4IoT ``Common.ErrorEvent``."""

    NONE = "none"
    SUSPEND = "suspend"
    """Wait: it passes by itself."""
    CLEAR = "clear"
    """Take out what is stuck, put in what is missing, close what is open."""
    MAINTENANCE = "maintenance"
    """Cable, power, replacement."""
    CONFIGURATION = "configuration"
    """Profile, permissions or installation."""
    SECURITY = "security"
    """Look at the machine before anybody uses it again."""


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

    @property
    def phase(self) -> Phase:
        """Where the device is in its life; ``busy`` is known to its supervisor alone."""
        if self.code in {STARTING, RESTARTING}:
            return Phase.STARTING
        if self.code == DISABLED:
            return Phase.DISABLED
        if self.code in _LOST:
            return Phase.LOST
        return Phase.READY if self.usable else Phase.FAULT

    @property
    def action(self) -> Action:
        """What has to be done."""
        if self.severity is Severity.SECURITY:
            return Action.SECURITY
        if self.code in _CONFIGURATION:
            return Action.CONFIGURATION
        match self.remedy:
            case None:
                return Action.NONE
            case Remedy.RETRY:
                return Action.SUSPEND
            case Remedy.RESIDENT | Remedy.ATTENDANT:
                return Action.CLEAR
            case Remedy.SERVICE:
                return Action.MAINTENANCE
