"""From the card to the sheet of paper, and never somebody else's sheet."""

from dataclasses import replace

from devices.model import Kind, PrintOutcome
from kiosk.domain.certificate import Certificate, belongs_to
from kiosk.domain.identity import Holder
from kiosk.session.base import Step, go, stay, trouble
from kiosk.session.document_states import AT_WORK, Documenting, DocumentShowing, DocumentState, PaperPhase
from kiosk.session.events import Continued, Event, WentBack
from kiosk.session.fault import Fault
from kiosk.session.side_effects import AskDocuments, FetchDocument, NoteRefusal, PrintDocument
from kiosk.session.side_events import AskingFailed, DocumentFetched, DocumentPrinted, DocumentsTold, Picked
from kiosk.session.states import Home, Session

MISMATCH = "document.not-the-holder"
_NO_PRINTER = "item.needs-page-printer"
PHASES = {
    PrintOutcome.PRINTED: PaperPhase.PRINTED,
    PrintOutcome.NOT_PRINTED: PaperPhase.NOT_PRINTED,
    PrintOutcome.UNKNOWN: PaperPhase.UNKNOWN,
}


def list_documents(session: Session, holder: Holder) -> Step:
    """Ask what there is for the holder of the card."""
    return go(session, Documenting(holder), AskDocuments(session.serial, holder))


def on_documents(session: Session, state: DocumentState, event: Event) -> Step:
    """Choose one, look at it, print it."""
    match state:
        case Documenting():
            return _on_list(session, state, event)
        case DocumentShowing():
            return _on_one(session, state, event)


def _on_list(session: Session, state: Documenting, event: Event) -> Step:
    match event:
        case DocumentsTold(_, documents) if state.documents is None:
            return go(session, replace(state, documents=documents, fault=None))
        case AskingFailed(_, code) if state.documents is None:
            return go(session, replace(state, fault=Fault(code)))
        case Picked("again") if state.fault is not None:
            return list_documents(session, state.holder)
        case Picked(kind):
            found = next((one for one in state.documents or () if one.kind == kind), None)
            return stay(session) if found is None else go(session, DocumentShowing(state, found))
        case WentBack():
            return go(session, Home())
        case _:
            return stay(session)


def _on_one(session: Session, state: DocumentShowing, event: Event) -> Step:
    match event:
        case Continued() if state.phase not in AT_WORK:
            return _begin(session, state)
        case DocumentFetched(_, document) if state.phase is PaperPhase.FETCHING:
            return _print(session, state, document)
        case AskingFailed(_, code) if state.phase is PaperPhase.FETCHING:
            return go(session, replace(state, phase=PaperPhase.READY, fault=Fault(code)))
        case DocumentPrinted(_, result) if state.phase is PaperPhase.PRINTING:
            fault = None if result.code is None else Fault(result.code)
            return go(session, replace(state, phase=PHASES[result.outcome], fault=fault))
        case WentBack() if state.phase not in AT_WORK:
            return go(session, state.origin)
        case _:
            return stay(session)


def _begin(session: Session, state: DocumentShowing) -> Step:
    code = trouble(session, Kind.PAGE_PRINTER)
    if code is not None:
        said = _NO_PRINTER if code == "device.absent" else code
        return go(session, replace(state, phase=PaperPhase.NOT_PRINTED, fault=Fault(said)))
    if not belongs_to(state.document, state.origin.holder):
        return _refuse(session, state)
    fetching = replace(state, phase=PaperPhase.FETCHING, fault=None, attempt=state.attempt + 1)
    return go(session, fetching, FetchDocument(session.serial, state.origin.holder, state.document.kind))


def _print(session: Session, state: DocumentShowing, document: Certificate) -> Step:
    # The list said whose it is; what counts is what the document that came says.
    if document.kind != state.document.kind or not belongs_to(document, state.origin.holder):
        return _refuse(session, state)
    printing = replace(state, phase=PaperPhase.PRINTING)
    return go(session, printing, PrintDocument(session.serial, document, state.attempt))


def _refuse(session: Session, state: DocumentShowing) -> Step:
    refused = replace(state, phase=PaperPhase.NOT_PRINTED, fault=Fault(MISMATCH))
    return go(session, refused, NoteRefusal(session.serial, MISMATCH, state.document.kind))
