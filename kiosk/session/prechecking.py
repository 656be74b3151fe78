"""The pre-check: a few questions that settle whether the item fits and which documents it takes."""

from dataclasses import replace

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.situation import Question, stopped_by
from kiosk.session.base import Step, go, stay
from kiosk.session.events import Continued, Event, WayChosen, WentBack
from kiosk.session.finding import Finding
from kiosk.session.states import Checking, Fault, Guiding, Notifying, Session, Situation, Unfit


def before_notice(item: ServiceItem, origin: Finding) -> Checking | Notifying:
    """Return what comes after the guide: the first question of the pre-check, or the notice."""
    return Checking(item, item.precheck[0].code, origin) if item.precheck else Notifying(item, origin)


def back_from_notice(state: Notifying) -> Checking | Guiding:
    """Return what comes before the notice: the last question of the pre-check, or the guide."""
    item = state.item
    if not item.precheck:
        return Guiding(item, state.origin)
    return Checking(item, item.precheck[-1].code, state.origin, state.situation)


def question_of(state: Checking) -> Question:
    """Return the question that is asked."""
    return next(one for one in state.item.precheck if one.code == state.question)


def on_checking(session: Session, state: Checking, event: Event) -> Step:
    """Take one answer; an answer that stops leads to a page of its own."""
    match event:
        case WayChosen(value) if any(way.value == value for way in question_of(state).ways):
            return go(session, replace(state, situation=_answered(state, value), fault=None))
        case Continued() if state.question not in dict(state.situation):
            return go(session, replace(state, fault=Fault("precheck.choose-first")))
        case Continued():
            return go(session, _after(state))
        case WentBack():
            return go(session, _before(state))
        case _:
            return stay(session)


def on_unfit(session: Session, state: Unfit, event: Event) -> Step:
    """Read the guide instead, or answer otherwise."""
    match event:
        case Continued():
            return go(session, Guiding(state.item, state.origin))
        case WentBack():
            last = state.situation[-1][0]
            return go(session, Checking(state.item, last, state.origin, state.situation))
        case _:
            return stay(session)


def _answered(state: Checking, value: str) -> Situation:
    given = {**dict(state.situation), state.question: value}
    return tuple((one.code, given[one.code]) for one in state.item.precheck if one.code in given)


def _after(state: Checking) -> Checking | Unfit | Notifying:
    asked = [one.code for one in state.item.precheck]
    place = asked.index(state.question)
    # What was answered further on, before the resident came back, does not stop anybody here.
    here = tuple(answer for answer in state.situation if answer[0] in asked[: place + 1])
    if stopped_by(state.item.precheck, dict(here)) is not None:
        return Unfit(state.item, state.origin, here)
    if place + 1 < len(asked):
        return replace(state, question=asked[place + 1], fault=None)
    return Notifying(state.item, state.origin, state.situation)


def _before(state: Checking) -> Checking | Guiding:
    asked = [one.code for one in state.item.precheck]
    place = asked.index(state.question)
    if place == 0:
        return Guiding(state.item, state.origin)
    return replace(state, question=asked[place - 1], fault=None)
