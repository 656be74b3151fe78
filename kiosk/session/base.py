"""What every phase of a visit shares: the context of a step and small moves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from devices.health import Health
from devices.model import Kind
from kiosk.catalogue.model import ServiceItem
from kiosk.forms.model import Form
from kiosk.session.effects import Effect
from kiosk.session.limits import Limits
from kiosk.session.states import Session, State


@dataclass(frozen=True, slots=True)
class Context:
    """Facts a step may look at besides session and event.

    Args:
        now_s: Monotonic seconds.
        today: The day at the terminal's place.
        form_of: Form of an item that can be filed here; the catalogue does not change during a visit.
        limits: Time limits.
    """

    now_s: float
    today: date
    form_of: Callable[[ServiceItem], Form]
    limits: Limits = field(default_factory=Limits)


Step = tuple[Session, tuple[Effect, ...]]

KIND_OF_FAMILY = {
    "idcard": Kind.ID_CARD,
    "scanner": Kind.SCANNER,
    "camera": Kind.CAMERA,
    "printer": Kind.PRINTER,
    "smartcard": Kind.SMART_CARD,
    "facecam": Kind.FACE_CAMERA,
    "pageprinter": Kind.PAGE_PRINTER,
    "codes": Kind.CODE_SCANNER,
    "sensors": Kind.SENSORS,
    "power": Kind.POWER,
}
"""Device names are family-number; the family tells what the device is for."""


def go(session: Session, state: State, *effects: Effect) -> Step:
    """Move to another state."""
    return replace(session, state=state), effects


def stay(session: Session) -> Step:
    """Change nothing."""
    return session, ()


def kind_of(device: str) -> Kind | None:
    """Return what a device is for, None for a family that no service needs."""
    return KIND_OF_FAMILY.get(device.rpartition("-")[0])


def best_health(session: Session, kind: Kind) -> Health | None:
    """Return the health of the device of a kind, the usable one where there are several; None without one."""
    known = [health for health in session.health if kind_of(health.device) is kind]
    return next((health for health in known if health.usable), known[0] if known else None)


def trouble(session: Session, kind: Kind) -> str | None:
    """Return why no device of a kind can be used now, or None when one can."""
    health = best_health(session, kind)
    if health is None:
        return "device.absent"
    return None if health.usable else health.code
