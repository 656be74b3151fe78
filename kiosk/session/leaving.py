"""How a visit ends: everything personal is dropped with the state, without waiting for any device."""

from dataclasses import replace
from typing import Final, assert_never

from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.base import Step, stay
from kiosk.session.document_states import Documenting, DocumentShowing, PaperPhase
from kiosk.session.effects import WipeSession
from kiosk.session.errand import Filing
from kiosk.session.left_card import LeftCard
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
    Session,
    Signing,
    State,
    SubmitPhase,
    Submitting,
    Unfit,
    Visit,
)

_NOTHING_TO_TAKE: Final = (
    *(Home, Finding, Guiding, Checking, Unfit, Notifying, Tracking, Numbering),
    *(ReportPicking, ReportWriting, ReportPhoto, ReportReview, ReportNear, ReportSupported),
)
"""States in which nobody has laid anything down but, perhaps, a card."""


def leave(session: Session) -> Step:
    """End the visit: say what must not be left behind, if anything; everything personal is dropped here."""
    state = session.state
    match state:
        case Attract():
            return stay(session)
        case Submitting(phase=SubmitPhase.STORING) | ReportReview(storing=True):
            # The blink in which something is being committed cannot be left half-way.
            return stay(session)
        case Ending():
            return forget(session)
        case Arranging(filing) if filing.kept is None and not session.card_on_reader:
            return forget(session)
        case _ if isinstance(state, _NOTHING_TO_TAKE) and not session.card_on_reader:
            return forget(session)
        case _:
            also = state.outcome.also if isinstance(state, Resulting | Receipting | Rating) else ()
            ending = Ending(originals=_scanned(state), paper=_paper(state), also=also)
            return _wiped(session, ending, session.language, session.access)


def expire(session: Session) -> Step:
    """End the visit of somebody who walked away: what fits them is nothing for whoever comes next."""
    after, effects = leave(session)
    if isinstance(after.state, Ending):
        after = replace(after, state=replace(after.state, also=()))
    return after, effects


def forget(session: Session) -> Step:
    """Go back to the attract screen; the next resident finds the terminal as the first one did."""
    return _wiped(session, Attract(), Language.ZH, Access())


def _wiped(session: Session, state: Attract | Ending, language: Language, access: Access) -> Step:
    left = session.left if session.left or not session.card_on_reader else LeftCard(session.now_s)
    fresh = Session(
        serial=session.serial + 1,
        state=state,
        language=language,
        access=access,
        now_s=session.now_s,
        touched_s=session.now_s,
        card_on_reader=session.card_on_reader,
        left=left,
        health=session.health,
        online=session.online,
        storage=session.storage,
    )
    return fresh, (WipeSession(session.serial),)


def _scanned(state: State) -> bool:
    match state:
        case Capturing() | Paging() | Gathering() | Reviewing() | Signing() | Asking() | Previewing():
            return state.visit.scanned
        case Submitting():
            return state.scanned
        case Resulting() | Receipting() | Rating():
            return state.outcome.scanned
        case Failing(visit=visit, outcome=outcome):
            return (visit is not None and visit.scanned) or (outcome is not None and outcome.scanned)
        case Attract() | Home() | Finding() | Guiding() | Checking() | Unfit() | Notifying():
            return False
        case Arranging(Filing(kept=Visit() as kept)) | Identifying(Filing(kept=Visit() as kept)):
            return kept.scanned
        case Arranging() | NamingWard() | Identifying() | Ending():
            return False
        case Tracking() | Numbering() | Listing() | Telling() | Presenting():
            return False
        case Documenting() | DocumentShowing():
            return False
        case ReportPicking() | ReportWriting() | ReportPhoto() | ReportReview() | ReportNear():
            return False
        case ReportSupported():
            return False
        case _:
            assert_never(state)


def _paper(state: State) -> bool:
    match state:
        case Receipting(phase=phase):
            return phase in (ReceiptPhase.PRINTED, ReceiptPhase.UNKNOWN)
        case Rating(paper=paper):
            return paper
        case DocumentShowing(phase=phase):
            return phase in (PaperPhase.PRINTED, PaperPhase.UNKNOWN)
        case _:
            return False
