"""What a driver raises: a stable code, who can clear it, what it costs, and a detail for the log."""

from enum import StrEnum


class Remedy(StrEnum):
    """Who acts on a fault."""

    RETRY = "retry"
    """Transient: the program tries again by itself."""
    RESIDENT = "resident"
    """The person at the terminal can clear it: lay the card flat, close the lid."""
    ATTENDANT = "attendant"
    """Somebody on site: change the paper roll."""
    SERVICE = "service"
    """Maintenance staff: the reader is unplugged or broken."""


class Severity(StrEnum):
    """How much a fault costs, from nothing to the whole terminal."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BLOCK = "block"
    """What needs this device cannot be done until somebody clears it."""
    FAULT = "fault"
    """The device itself is out of service."""
    SECURITY = "security"
    """Somebody may be tampering: the terminal as a whole is suspect, whatever else works."""


class DeviceError(Exception):
    """Base of every error a driver raises.

    Args:
        device: Logical name from the terminal profile, e.g. ``"idcard-1"``.
        code: Stable dotted code, listed in ``docs/errors.md``.
        remedy: Who can clear the fault.
        detail: Untranslated diagnostic text; never shown to a resident, never personal data.
        severity: What the fault costs while it lasts, or None for what follows from ``remedy``.
    """

    def __init__(
        self, device: str, code: str, remedy: Remedy, detail: str = "", severity: Severity | None = None
    ) -> None:
        super().__init__(f"{device}: {code}" + (f" ({detail})" if detail else ""))
        self.device = device
        self.code = code
        self.remedy = remedy
        self.detail = detail
        self.severity = severity or _severity(code, remedy)


def _severity(code: str, remedy: Remedy) -> Severity:
    """Who has to come decides what a lasting fault costs; supplies running low only warn."""
    if remedy is Remedy.RETRY or code.endswith("-low"):
        return Severity.WARN
    return Severity.FAULT if remedy is Remedy.SERVICE else Severity.BLOCK
