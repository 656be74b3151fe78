"""How long each screen waits for somebody before it asks, and before it forgets."""

from dataclasses import dataclass
from typing import assert_never

from kiosk.session.access import Access
from kiosk.session.document_states import Documenting, DocumentShowing, PaperPhase
from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import Listing, Numbering, Telling, Tracking
from kiosk.session.report_states import ReportPhoto, ReportPicking, ReportReview, ReportWriting
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
    """Seconds without a sign of life before the warning, and seconds the warning stays (0: none)."""

    idle_s: float
    warning_s: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits of a terminal; all of them are configuration.

    The defaults give at least 20 s to answer a warning with one touch (WCAG 2.2.1) where data would be lost.
    """

    browsing: Limit = Limit(45, 20)
    reading: Limit = Limit(90, 30)
    identified: Limit = Limit(60, 30)
    answering: Limit = Limit(120, 30)
    capturing: Limit = Limit(120, 30)
    result: Limit = Limit(60, 20)
    receipt: Limit = Limit(30, 20)
    rating: Limit = Limit(20, 0)
    session: Limit = Limit(1800, 60)
    """The whole visit, and how long the warning stays; one extension is given for one touch."""
    extension_s: float = 900.0
    ending: Limit = Limit(15, 0)
    delivery_s: float = 8.0
    """How long the screen waits for the platform's number before it says "saved, not yet delivered"."""


def limit_of(state: State, limits: Limits, access: Access) -> Limit | None:
    """Return the limit of a state, None while nobody is here or a device is at work.

    Somebody who needs time, or listens to the screens, has twice as much of it.
    """
    limit = _limit(state, limits)
    if limit is None or not access.patient:
        return limit
    return Limit(2 * limit.idle_s, 2 * limit.warning_s)


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
        case Asking() | Signing():
            return limits.answering
        case Identifying() | Capturing():
            return limits.capturing
        case Resulting() | Failing() | Receipting(phase=ReceiptPhase.ON_PHONE):
            return limits.result
        case Rating():
            return limits.rating
        case Receipting():
            return limits.receipt
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
        case ReportReview(storing=True):
            return None
        case ReportReview():
            return limits.identified
        case DocumentShowing(phase=PaperPhase.FETCHING | PaperPhase.PRINTING):
            return None
        case Listing() | Telling() | Presenting() | Documenting() | DocumentShowing():
            return limits.identified
        case _:
            assert_never(state)
