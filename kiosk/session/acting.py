"""From the notice to the card: for whom it is, who stands here, and whether the one may act for the other."""

from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.catalogue.acting import ActingWay, Relation, load_acting
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.readiness import Readiness, standing
from kiosk.domain.identity import Holder
from kiosk.domain.identity_number import birth_of, sex_of
from kiosk.forms.computing import age_on
from kiosk.forms.prefill import from_card
from kiosk.forms.spelling import read_id_number, tidy
from kiosk.session.acting_states import ActingState, ActingStep, Arranging, NamingWard, WardField
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.card_asking import ask_for_card
from kiosk.session.effects import FetchPrefill
from kiosk.session.errand import Arrangement, Errand, Filing
from kiosk.session.events import AnswerEdited, Continued, Event, WentBack
from kiosk.session.fault import Fault
from kiosk.session.side_events import Picked
from kiosk.session.states import Identifying, Notifying, PrefillPhase, Previewing, Reviewing, Session, State
from kiosk.session.visit import Acting, Visit

SELF, WITH_CARD, WITHOUT_CARD = "self", "with-card", "without-card"
FOR_GUARDIAN = "identity.under-14-guardian"
_CONSENT_AGE: Final = 14
"""Below it a guardian consents (PIPL art. 31)."""
_FULL_AGE: Final = 18
_NAME_MAX: Final = 50
_CAPTURING: Final = {"scan": "scanner", "photo": "camera"}


def ways_for(item: ServiceItem) -> tuple[ActingWay, ...]:
    """Return the ways to act for somebody else that an item allows."""
    return load_acting().ways_of(item.agent)


def way_of(filing: Filing) -> ActingWay | None:
    """Return the way that was chosen to act for somebody else, None for whoever files for themselves."""
    chosen = None if filing.acting is None else filing.acting.way
    return next((way for way in ways_for(filing.item) if way.code == chosen), None)


def after_notice(session: Session, filing: Filing) -> Step:
    """Ask for whom it is; where nobody else may file, ask for the card at once."""
    return go(session, Arranging(filing)) if ways_for(filing.item) else ask_for_card(session, filing)


def before_card(filing: Filing) -> State:
    """Return the screen from which the resident came to this card."""
    acting = filing.acting
    if acting is None:
        asked = ways_for(filing.item)
        return Arranging(filing) if asked else Notifying(filing.item, filing.origin, filing.situation)
    applicant = acting.applicant
    if applicant is None:
        return Arranging(filing, ActingStep.CARD if acting.way == "guardian" else ActingStep.RELATION)
    if filing.kept is not None:
        return Reviewing(filing.kept)
    opened = replace(filing, acting=replace(acting, applicant=None))
    if applicant.proof == "typed":
        return NamingWard(opened, WardField.NUMBER, applicant.name, applicant.number)
    return Identifying(opened)


def change_people(session: Session, visit: Visit, acting: Acting, *, applicant: bool) -> Step:
    """Go back from the review to who it is for, or to who stands here; what was given is kept meanwhile."""
    filing = Filing(visit.item, situation=visit.situation, kept=visit)
    if applicant:
        return go(session, Arranging(filing))
    arranged = Arrangement(acting.way, acting.relation, visit.holder)
    return ask_for_card(session, replace(filing, acting=arranged))


def on_acting(session: Session, state: ActingState, event: Event, context: Context) -> Step:
    """Settle for whom it is."""
    match state:
        case Arranging():
            return _on_arranging(session, state, event)
        case NamingWard():
            return _on_naming(session, state, event, context.today)


def objection(errand: Errand, holder: Holder, today: date) -> str | None:
    """Return why this person cannot go on with this errand, as a code; None when nothing is in the way."""
    age = age_on(today, holder.born)
    acting = errand.acting if isinstance(errand, Filing) else None
    if acting is None:
        if age >= _CONSENT_AGE:
            return None
        guarded = isinstance(errand, Filing) and any(way.code == "guardian" for way in ways_for(errand.item))
        return FOR_GUARDIAN if guarded else "identity.under-14"
    if acting.applicant is None:
        if acting.way == "guardian":
            return "acting.ward-is-adult" if age >= _FULL_AGE else None
        return "acting.applicant-is-minor" if age < _FULL_AGE else None
    if holder.number == acting.applicant.number:
        return "acting.same-card"
    return "acting.agent-too-young" if age < _FULL_AGE else None


def file_as(session: Session, filing: Filing, holder: Holder, context: Context) -> Step:
    """Go on with a person against whom there is no objection: to the other's card, or to the form."""
    match filing.acting:
        case None:
            return _begin(session, filing, holder, None, context)
        case Arrangement(way, Relation() as relation, Holder() as applicant):
            return _begin(session, filing, applicant, Acting(way, relation, holder), context)
        case acting:
            # The card that was read still lies there; the reader answers for another only once it is lifted.
            return go(session, Identifying(replace(filing, acting=replace(acting, applicant=holder))))


def _begin(session: Session, filing: Filing, holder: Holder, acting: Acting | None, context: Context) -> Step:
    if filing.kept is not None and filing.kept.holder.number == holder.number:
        return go(session, Reviewing(replace(filing.kept, acting=acting)))
    item = filing.item
    form = context.form_of(item)
    data = from_card(form, holder)
    visit = Visit(item, form, holder, data=data, situation=filing.situation, acting=acting)
    if holder.proof == "typed":
        # What the district knows of somebody is told to nobody who only typed a number.
        fault = Fault("prefill.typed-number")
        return go(session, Previewing(visit, PrefillPhase.UNAVAILABLE, fault))
    return go(session, Previewing(visit), FetchPrefill(session.serial, item, form, holder))


def _on_arranging(session: Session, state: Arranging, event: Event) -> Step:
    match event, state.step:
        case Picked(code), ActingStep.WHOM:
            return _for_whom(session, state, code)
        case Picked(code), ActingStep.RELATION:
            return _related(session, state, code)
        case Picked("with-card"), ActingStep.CARD:
            return ask_for_card(session, state.filing)
        case Picked("without-card"), ActingStep.CARD:
            return go(session, NamingWard(state.filing))
        case WentBack(), ActingStep.CARD:
            return go(session, Arranging(state.filing, ActingStep.RELATION))
        case WentBack(), ActingStep.RELATION:
            return go(session, Arranging(replace(state.filing, acting=None)))
        case WentBack(), ActingStep.WHOM if state.filing.kept is not None:
            return go(session, Reviewing(state.filing.kept))
        case WentBack(), ActingStep.WHOM:
            filing = state.filing
            return go(session, Notifying(filing.item, filing.origin, filing.situation))
        case _:
            return stay(session)


def _for_whom(session: Session, state: Arranging, code: str) -> Step:
    if code == SELF:
        return ask_for_card(session, replace(state.filing, acting=None))
    for way in ways_for(state.filing.item):
        if way.code == code:
            filing = replace(state.filing, acting=Arrangement(way.code))
            return go(session, Arranging(filing, ActingStep.RELATION))
    return stay(session)


def _related(session: Session, state: Arranging, code: str) -> Step:
    filing = state.filing
    way = way_of(filing)
    relation = None if way is None else way.relation(code)
    if relation is None or filing.acting is None:
        return stay(session)
    missed = _missing(session, filing.item, relation)
    if missed is not None:
        return go(session, replace(state, fault=Fault(missed)))
    chosen = replace(filing, acting=replace(filing.acting, relation=relation))
    if filing.acting.way == "guardian":
        return go(session, Arranging(chosen, ActingStep.CARD))
    return ask_for_card(session, chosen)


def _missing(session: Session, item: ServiceItem, relation: Relation) -> str | None:
    """Return why the evidence cannot be taken here now, as a code."""
    devices = (*item.requires.devices, *(_CAPTURING[one.capture] for one in relation.evidence))
    with_evidence = replace(item, requires=replace(item.requires, devices=devices))
    now = standing(with_evidence, session.health, online=session.online, storage=session.storage)
    return now.code if now.readiness is Readiness.BLOCKED else None


def _on_naming(session: Session, state: NamingWard, event: Event, today: date) -> Step:
    match event, state.typing:
        case AnswerEdited(text), WardField.NAME:
            return go(session, replace(state, name=text[:_NAME_MAX], fault=None))
        case AnswerEdited(text), WardField.NUMBER:
            return go(session, replace(state, number=text[:_NAME_MAX], fault=None))
        case Continued(), WardField.NAME:
            name = tidy(state.name)
            if not name:
                return go(session, replace(state, fault=Fault("form.required")))
            return go(session, replace(state, name=name, typing=WardField.NUMBER, fault=None))
        case Continued(), WardField.NUMBER:
            return _named(session, state, today)
        case WentBack(), WardField.NUMBER:
            return go(session, replace(state, typing=WardField.NAME, fault=None))
        case WentBack(), WardField.NAME:
            return go(session, Arranging(state.filing, ActingStep.CARD))
        case _:
            return stay(session)


def _named(session: Session, state: NamingWard, today: date) -> Step:
    filing, acting = state.filing, state.filing.acting
    ward = _ward(state.name, state.number, today)
    if ward is None or acting is None:
        return go(session, replace(state, fault=Fault("form.not-an-id-number")))
    code = objection(filing, ward, today)
    if code is not None:
        return go(session, replace(state, fault=Fault(code)))
    return ask_for_card(session, replace(filing, acting=replace(acting, applicant=ward)))


def _ward(name: str, typed: str, today: date) -> Holder | None:
    """Return the child of a number, None for a number that is none."""
    number = read_id_number(typed)
    born = None if number is None else birth_of(number)
    if number is None or born is None or born > today:
        return None
    return Holder(
        name=name,
        number=number,
        sex=sex_of(number),
        ethnic="",
        born=born,
        address="",
        issuer="",
        valid_until=None,
        proof="typed",
    )
