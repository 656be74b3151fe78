"""What a resident identifies for: where the card leads once it was read."""

from dataclasses import dataclass, field

from kiosk.catalogue.model import ServiceItem
from kiosk.session.finding import Finding
from kiosk.session.visit import Situation


@dataclass(frozen=True, slots=True)
class Filing:
    """Filing an application.

    Args:
        item: What is applied for.
        origin: The search the item was found by, to go back to.
        situation: What was answered in the pre-check.
    """

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    situation: Situation = ()


Errand = Filing
