"""What every phase of a visit shares: the context of a step and small moves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from devices.model import Kind
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.readiness import best_health
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
        items: Every item, in the order of the catalogue.
        item_of: The item of a code, None for a code that the catalogue does not have.
    """

    now_s: float
    today: date
    form_of: Callable[[ServiceItem], Form]
    limits: Limits = field(default_factory=Limits)
    item_of: Callable[[str], ServiceItem | None] = lambda _: None
    items: Callable[[], tuple[ServiceItem, ...]] = tuple[ServiceItem, ...]


Step = tuple[Session, tuple[Effect, ...]]


def go(session: Session, state: State, *effects: Effect) -> Step:
    """Move to another state."""
    return replace(session, state=state), effects


def stay(session: Session) -> Step:
    """Change nothing."""
    return session, ()


def trouble(session: Session, kind: Kind) -> str | None:
    """Return why no device of a kind can be used now, or None when one can."""
    health = best_health(session.health, kind)
    if health is None:
        return "device.absent"
    return None if health.usable else health.code
