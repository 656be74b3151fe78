"""The pages of one document: look at them, put them in order, take one out, add one."""

from dataclasses import replace

from kiosk.domain.application import CapturedPage
from kiosk.session.base import Step, go, stay
from kiosk.session.capturing import leave_material, material_of, show_pages
from kiosk.session.events import Continued, Event, RetakeAsked, WentBack
from kiosk.session.page_events import MorePagesAsked, PageChosen, PageMoved, PageRemoved, PageRestored
from kiosk.session.states import Capturing, Fault, Gathering, Paging, Reviewing, Session, Visit


def is_incomplete(visit: Visit, material: str) -> bool:
    """Tell whether a document was begun and has fewer pages than make it whole."""
    least = next(one.pages_min for one in visit.materials if one.code == material)
    return 0 < len(visit.pages_of(material)) < least


def on_paging(session: Session, state: Paging, event: Event) -> Step:
    """Do what the resident wants done with the pages."""
    if state.looking is None:
        return _on_all(session, state, event)
    return _on_one(session, state, state.looking, event)


def _on_all(session: Session, state: Paging, event: Event) -> Step:
    material, pages = material_of(state), state.visit.pages_of(state.material)
    match event:
        case PageChosen(place) if 0 <= place < len(pages):
            return go(session, _looking(state, place))
        case MorePagesAsked() if len(pages) < material.pages_max:
            return go(session, Capturing(state.visit, state.material, changing=state.changing))
        case PageRestored() if state.removed is not None:
            place, page = state.removed
            return go(session, _with(state, (*pages[:place], page, *pages[place:])))
        case Continued():
            return go(session, _done(state))
        case WentBack():
            return go(session, leave_material(state))
        case _:
            return stay(session)


def _on_one(session: Session, state: Paging, place: int, event: Event) -> Step:
    pages = state.visit.pages_of(state.material)
    match event:
        case PageMoved(by) if 0 <= place + by < len(pages):
            others = (*pages[:place], *pages[place + 1 :])
            moved = (*others[: place + by], pages[place], *others[place + by :])
            return go(session, _looking(_with(state, moved), place + by))
        case PageRemoved():
            left = _with(state, (*pages[:place], *pages[place + 1 :]))
            return go(session, replace(left, looking=None, removed=(place, pages[place])))
        case RetakeAsked():
            again = Capturing(state.visit, state.material, changing=state.changing, place=place)
            return go(session, again)
        case Continued() | WentBack() if material_of(state).pages_max == 1:
            return go(session, leave_material(state))
        case Continued() | WentBack():
            return go(session, Paging(state.visit, state.material, changing=state.changing))
        case _:
            return stay(session)


def _looking(state: Paging, place: int) -> Paging:
    return Paging(state.visit, state.material, looking=place, changing=state.changing)


def _with(state: Paging, pages: tuple[CapturedPage, ...]) -> Paging:
    return show_pages(replace(state, visit=state.visit.with_pages(state.material, pages)))


def _done(state: Paging) -> Paging | Gathering | Reviewing:
    if is_incomplete(state.visit, state.material):
        return replace(state, fault=Fault("materials.too-few-pages"))
    return leave_material(state)
