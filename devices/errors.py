"""What a driver raises: a stable code, who can clear it, and a detail for the log."""

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


class DeviceError(Exception):
    """Base of every error a driver raises.

    Args:
        device: Logical name from the terminal profile, e.g. ``"idcard-1"``.
        code: Stable dotted code, listed in ``docs/errors.md``.
        remedy: Who can clear the fault.
        detail: Untranslated diagnostic text; never shown to a resident, never personal data.
    """

    def __init__(self, device: str, code: str, remedy: Remedy, detail: str = "") -> None:
        super().__init__(f"{device}: {code}" + (f" ({detail})" if detail else ""))
        self.device = device
        self.code = code
        self.remedy = remedy
        self.detail = detail
