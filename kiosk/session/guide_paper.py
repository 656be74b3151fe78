"""A guide to take along on paper."""

from dataclasses import replace

from devices.model import Kind
from kiosk.session.base import Step, go, stay, trouble
from kiosk.session.document_states import PaperPhase
from kiosk.session.documents import PHASES
from kiosk.session.fault import Fault
from kiosk.session.side_effects import PrintGuide
from kiosk.session.side_events import GuidePrintAsked, GuidePrinted
from kiosk.session.states import Guiding, Session


def on_guide_paper(session: Session, state: Guiding, event: GuidePrintAsked | GuidePrinted) -> Step:
    """Print it on the receipt printer, one at a time."""
    match event, state.paper:
        case GuidePrintAsked(), phase if phase is not PaperPhase.PRINTING:
            code = trouble(session, Kind.PRINTER)
            if code is not None:
                said = "item.needs-printer" if code == "device.absent" else code
                return go(session, replace(state, paper=PaperPhase.NOT_PRINTED, fault=Fault(said)))
            printing = replace(state, paper=PaperPhase.PRINTING, prints=state.prints + 1, fault=None)
            effect = PrintGuide(session.serial, state.item, session.language, printing.prints)
            return go(session, printing, effect)
        case GuidePrinted(_, result), PaperPhase.PRINTING:
            fault = None if result.code is None else Fault(result.code)
            return go(session, replace(state, paper=PHASES[result.outcome], fault=fault))
        case _:
            return stay(session)
