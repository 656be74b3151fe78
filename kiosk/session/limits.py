"""How long each screen waits for somebody before it asks, and before it forgets."""

from dataclasses import dataclass, replace
from typing import assert_never

from kiosk.session.access import Access
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.document_states import Documenting, DocumentShowing, PaperPhase
from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import Listing, Numbering, Telling, Tracking
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_states import SideState
from kiosk.session.states import (
    Asking,
    Attract,
    Capturing,
    Checking,
    Ending,
    Failing,
    Finding,
    Gathering,
    Guiding,
    Home,
    Identifying,
    Notifying,
    Paging,
    Previewing,
    Rating,
    Receipting,
    ReceiptPhase,
    Resulting,
    Reviewing,
    Signing,
    State,
    Submitting,
    Unfit,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one kind of screen waits.

    Args:
        idle_s: Seconds without a sign of life before the warning.
        warning_s: Seconds the warning stays; 0 where the visit ends without one.
        patient_idle_s: The first for whoever needs time or listens; None: twice as long.
        patient_warning_s: The second for them; None: twice as long.
    """

    idle_s: float
    warning_s: float
    patient_idle_s: float | None = None
    patient_warning_s: float | None = None

    def lasting(self, access: Access) -> "Limit":
        """Return the limit as it is for one resident."""
        if not access.patient:
            return self
        idle_s = 2 * self.idle_s if self.patient_idle_s is None else self.patient_idle_s
        warning_s = 2 * self.warning_s if self.patient_warning_s is None else self.patient_warning_s
        return Limit(idle_s, warning_s)


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits of a terminal; all of them are configuration.

    Where something would be lost there are at least 20 s to answer the warning with one touch (WCAG 2.2.1).
    Without a warning ends what loses nothing: the paper is out, the visit is rated, the goodbye was said.
    """

    browsing: Limit = Limit(45, 15)
    """Nobody is identified, and nothing is lost that two touches do not bring back."""
    reading: Limit = Limit(90, 30)
    identified: Limit = Limit(60, 30)
    answering: Limit = Limit(120, 30)
    capturing: Limit = Limit(120, 30)
    result: Limit = Limit(30, 20)
    """The number stands on the screen alone."""
    receipt: Limit = Limit(20, 0)
    """The paper is out: please take it."""
    rating: Limit = Limit(20, 0)
    ending: Limit = Limit(15, 0)
    session: Limit = Limit(1800, 60, patient_idle_s=2700)
    """The whole visit, and how long the warning stays; one extension is given for one touch."""
    extension_s: float = 900.0
    card_bell_s: float = 5.0
    """Between two sounds while a card is left behind."""
    card_staff_s: float = 60.0
    """How long they go on until staff are called."""
    delivery_s: float = 8.0
    """How long the screen waits for the platform's number before it says "saved, not yet delivered"."""


def limit_of(state: State, limits: Limits, access: Access) -> Limit | None:
    """Return the limit of a state, None while nobody is here or a device is at work."""
    limit = _limit(state, limits)
    return None if limit is None else limit.lasting(access)


def _limit(state: State, limits: Limits) -> Limit | None:
    match state:
        case Attract() | Submitting() | Receipting(phase=ReceiptPhase.PRINTING):
            return None
        case Home() | Finding():
            return limits.browsing
        case Guiding() | Checking() | Unfit() | Notifying():
            return limits.reading
        case Previewing() | Gathering() | Reviewing():
            return limits.identified
        case Asking() | Signing() | Arranging() | NamingWard():
            return limits.answering
        case Identifying() | Capturing() | Paging():
            return limits.capturing
        case Failing(visit=visit) if visit is not None:
            return limits.identified
        case Receipting(phase=ReceiptPhase.PRINTED):
            return limits.receipt
        case Resulting() | Failing() | Receipting():
            return limits.result
        case Rating():
            return limits.rating
        case Ending(also=also) if also:
            return replace(limits.result, warning_s=0)
        case Ending():
            return limits.ending
        case _:
            return _side_limit(state, limits)


def _side_limit(state: SideState, limits: Limits) -> Limit | None:
    match state:
        case Tracking():
            return limits.browsing
        case Numbering() | ReportPicking() | ReportWriting() | ReportPhoto():
            return limits.answering
        case ReportReview(storing=True) | ReportNear(reports=None):
            return None  # each goes on by itself
        case ReportNear():
            return limits.answering
        case ReportReview():
            return limits.identified
        case ReportSupported():
            return limits.result
        case DocumentShowing(phase=PaperPhase.FETCHING | PaperPhase.PRINTING):
            return None
        case DocumentShowing(phase=PaperPhase.PRINTED):
            # The paper is out, but who takes another document would need the card again.
            return replace(limits.receipt, warning_s=limits.identified.warning_s)
        case Listing() | Telling() | Presenting() | Documenting() | DocumentShowing():
            return limits.identified
        case _:
            assert_never(state)
