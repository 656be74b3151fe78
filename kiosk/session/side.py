"""The ways beside filing an application: each has a module of its own, this one leads to them."""

from kiosk.session.base import Context, Step, go, stay
from kiosk.session.card_asking import ask_for_card
from kiosk.session.document_states import Documenting, DocumentShowing
from kiosk.session.documents import on_documents
from kiosk.session.errand import Documents
from kiosk.session.events import Door, Event
from kiosk.session.mine import on_presenting, open_mine
from kiosk.session.mine_states import Presenting
from kiosk.session.progress import on_progress
from kiosk.session.progress_states import Listing, Numbering, Telling, Tracking
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.reporting import begin_report, on_report
from kiosk.session.states import Session


def open_side_door(session: Session, door: Door) -> Step:
    """Open one of the doors that lead beside filing."""
    match door:
        case Door.PROGRESS:
            return go(session, Tracking())
        case Door.MINE:
            return open_mine(session)
        case Door.DOCUMENTS:
            return ask_for_card(session, Documents())
        case Door.REPORT:
            return begin_report(session)
        case _:
            return stay(session)


def on_side(session: Session, event: Event, context: Context) -> Step:
    """Take an event on one of the ways beside filing."""
    match session.state:
        case Tracking() | Numbering() | Listing() | Telling() as state:
            return on_progress(session, state, event, context)
        case Presenting() as state:
            return on_presenting(session, state, event, context)
        case (
            ReportPicking()
            | ReportWriting()
            | ReportPhoto()
            | ReportReview()
            | ReportNear()
            | ReportSupported() as state
        ):
            return on_report(session, state, event)
        case Documenting() | DocumentShowing() as state:
            return on_documents(session, state, event)
        case _:
            return stay(session)
