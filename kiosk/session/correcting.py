"""A case asks for documents again (补正): the way back to scanner and camera, for these documents only."""

from dataclasses import replace

from kiosk.catalogue.acting import load_acting
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.readiness import Readiness, standing
from kiosk.domain.cases import CaseProgress
from kiosk.domain.identity import Holder
from kiosk.forms.model import Form
from kiosk.session.base import Context, Step, go
from kiosk.session.card_asking import ask_for_card
from kiosk.session.effects import HoldRoom
from kiosk.session.errand import Correcting
from kiosk.session.fault import Fault
from kiosk.session.progress_states import Correction, Listing, Numbering, Telling
from kiosk.session.states import Gathering, Identifying, Session, Visit

WANTED = "correction-required"
_NO_QUESTIONS = Form(())


def begin_correction(session: Session, state: Telling, context: Context) -> Step:
    """Open the documents that are asked for, once it is known who stands here."""
    if not isinstance(state.story, CaseProgress) or state.story.latest.status != WANTED:
        return session, ()
    item = _reopened(state.story, context)
    if item is None:
        return go(session, replace(state, fault=Fault("correction.not-here")))
    now = standing(item, session.health, online=session.online, storage=session.storage)
    if now.readiness is Readiness.BLOCKED and now.code is not None:
        return go(session, replace(state, fault=Fault(now.code)))
    if isinstance(state.origin, Listing):
        return _open(session, Correction(state.story, state.origin), item, state.origin.holder)
    return ask_for_card(session, Correcting(state.story, state.origin))


def correct_as(session: Session, errand: Correcting, holder: Holder, context: Context) -> Step:
    """Go on with the card of the applicant; nobody else's opens the case."""
    if not holder.number.upper().endswith(errand.origin.last4):
        return go(session, Identifying(errand, fault=Fault("correction.not-the-applicant"), attempts=1))
    item = _reopened(errand.case, context)
    if item is None:
        return go(session, told(errand.case, errand.origin))
    return _open(session, Correction(errand.case, errand.origin), item, holder)


def told(case: CaseProgress, origin: Listing | Numbering) -> Telling:
    """Return the screen that the correction was begun on."""
    return Telling(case, origin)


def _open(session: Session, correction: Correction, item: ServiceItem, holder: Holder) -> Step:
    visit = Visit(item, _NO_QUESTIONS, holder, correction=correction)
    return go(session, Gathering(visit), HoldRoom(session.serial))


def _reopened(case: CaseProgress, context: Context) -> ServiceItem | None:
    """Return the item with the documents that are asked for and no other; None where it is not filed here."""
    item = context.item_of(case.item)
    if item is None or item.filing != "here":
        return None
    own = tuple(one for one in item.materials if one.source == "resident")
    known = (*own, *(load_acting().evidence if item.agent != "none" else ()))
    named = tuple(one for one in known if one.code in case.latest.materials)
    materials = tuple(replace(one, required=True, later=False, when=None) for one in named or own)
    return replace(item, materials=materials, sign=False) if materials else None
