"""What a resident identifies for: where the card leads once it was read."""

from dataclasses import dataclass, field

from kiosk.catalogue.acting import Relation, WayCode
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.cases import CaseProgress
from kiosk.domain.identity import Holder
from kiosk.session.finding import Finding
from kiosk.session.progress_states import Numbering
from kiosk.session.visit import Situation, Visit


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Acting for somebody else, as far as it is settled.

    Args:
        way: For another adult, or for a child.
        relation: What one is to them, None while it is not chosen.
        applicant: Whom it is for, None until their card was read or their number typed.
    """

    way: WayCode
    relation: Relation | None = None
    applicant: Holder | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """Filing an application.

    Args:
        item: What is applied for.
        origin: The search the item was found by, to go back to.
        situation: What was answered in the pre-check.
        acting: For whom, when it is for somebody else.
        kept: The visit whose people are to be changed, from its review; it comes back to it.
    """

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    situation: Situation = ()
    acting: Arrangement | None = None
    kept: Visit | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Asking how one's own cases stand."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """Handing in documents that a case asks for again, found by its number.

    Args:
        case: The case.
        origin: The numbers it was found by.
    """

    case: CaseProgress
    origin: Numbering


@dataclass(frozen=True, slots=True)
class Mine:
    """Seeing what fits oneself."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Printing what the platform keeps ready for oneself."""


Errand = Mine | Filing | Progress | Correcting | Documents
