"""From the door to how a case stands."""

import re
from dataclasses import replace

from kiosk.domain import receipt_shape
from kiosk.domain.cases import CaseProgress
from kiosk.domain.identity import Holder
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.card_asking import ask_for_card
from kiosk.session.correcting import begin_correction
from kiosk.session.errand import Progress
from kiosk.session.events import AnswerEdited, Continued, Event, WentBack
from kiosk.session.fault import Fault
from kiosk.session.progress_states import Listing, Numbering, Numeral, ProgressState, Telling, Tracking
from kiosk.session.side_effects import AskCases, AskNumber, AskStory
from kiosk.session.side_events import AskingFailed, CaseNumbered, CasesTold, Picked, StoryTold
from kiosk.session.states import Home, Session

BY_CARD, BY_NUMBER, AGAIN = "card", "number", "again"
_LAST4 = re.compile(r"[0-9]{3}[0-9X]")
_LONGEST = 60


def on_progress(session: Session, state: ProgressState, event: Event, context: Context) -> Step:
    """Choose the way, type or identify, read."""
    match state:
        case Tracking():
            return _on_tracking(session, event)
        case Numbering():
            return _on_numbering(session, state, event)
        case Listing():
            return _on_listing(session, state, event)
        case Telling():
            return _on_telling(session, state, event, context)


def list_cases(session: Session, holder: Holder) -> Step:
    """Ask for the cases of whoever holds the card."""
    return go(session, Listing(holder), AskCases(session.serial, holder))


def _on_tracking(session: Session, event: Event) -> Step:
    match event:
        case Picked("card"):
            return ask_for_card(session, Progress())
        case Picked("number"):
            return go(session, Numbering())
        case WentBack():
            return go(session, Home())
        case _:
            return stay(session)


def _on_numbering(session: Session, state: Numbering, event: Event) -> Step:
    match event:
        case StoryTold(_, story) if state.asking:
            return go(session, Telling(story, replace(state, asking=False)))
        case AskingFailed(_, code) if state.asking:
            return go(session, replace(state, asking=False, fault=Fault(code)))
        case CaseNumbered() if state.asking:
            return go(session, Numbering(state.number, typing=Numeral.LAST4))
        case _ if state.asking:
            return stay(session)
        case AnswerEdited(text) if state.typing is Numeral.NUMBER:
            return go(session, replace(state, number=text[:_LONGEST], fault=None))
        case AnswerEdited(text):
            return go(session, replace(state, last4=text.strip().upper()[:4], fault=None))
        case Continued() if state.typing is Numeral.NUMBER:
            return _with_number(session, state)
        case Continued() if _LAST4.fullmatch(state.last4) is None:
            return go(session, replace(state, fault=Fault("case.last4-incomplete")))
        case Continued():
            asking = replace(state, asking=True, fault=None)
            return go(session, asking, AskStory(session.serial, state.number, state.last4))
        case WentBack() if state.typing is Numeral.LAST4:
            return go(session, Numbering(state.number))
        case WentBack():
            return go(session, Tracking())
        case _:
            return stay(session)


def _with_number(session: Session, state: Numbering) -> Step:
    number = state.number.strip().upper()
    if not number:
        return go(session, replace(state, fault=Fault("form.required")))
    if receipt_shape.may_be(number):
        return go(session, Numbering(number, asking=True), AskNumber(session.serial, number))
    return go(session, Numbering(number, typing=Numeral.LAST4))


def _on_listing(session: Session, state: Listing, event: Event) -> Step:
    match event:
        case CasesTold(_, cases) if state.cases is None:
            return go(session, replace(state, cases=cases, fault=None))
        case AskingFailed(_, code) if state.cases is None:
            return go(session, replace(state, fault=Fault(code)))
        case Picked("again") if state.fault is not None:
            return list_cases(session, state.holder)
        case Picked(number):
            case = _find(state.cases or (), number)
            return stay(session) if case is None else go(session, Telling(case, state))
        case WentBack():
            return go(session, Tracking())
        case _:
            return stay(session)


def _find(cases: tuple[CaseProgress, ...], number: str) -> CaseProgress | None:
    return next((case for case in cases if case.number == number), None)


def _on_telling(session: Session, state: Telling, event: Event, context: Context) -> Step:
    match event:
        case Continued():
            return begin_correction(session, state, context)
        case WentBack() if isinstance(state.origin, Numbering):
            return go(session, Numbering(state.origin.number))
        case WentBack():
            return go(session, state.origin)
        case _:
            return stay(session)
