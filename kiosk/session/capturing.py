"""One page from the scanner or the camera."""

from dataclasses import replace

from devices.model import Kind
from kiosk.catalogue.model import Material
from kiosk.domain.application import CapturedPage
from kiosk.session.base import Step, go, stay
from kiosk.session.effects import TakePage
from kiosk.session.events import CaptureAsked, Continued, Event, PageTaken, PreviewSeen, WentBack
from kiosk.session.page_events import AcceptedAsIs
from kiosk.session.states import CapturePhase, Capturing, Gathering, Paging, Reviewing, Session, Visit
from kiosk.session.taking import take


def material_of(state: Capturing | Paging) -> Material:
    """Return the material that is being taken, or looked through."""
    return next(material for material in state.visit.materials if material.code == state.material)


def open_material(visit: Visit, material: str, *, changing: bool = False) -> Capturing | Paging:
    """Take the first page of a material, or show those that are there: a single one at once."""
    pages = visit.pages_of(material)
    if not pages:
        return Capturing(visit, material, changing=changing)
    return show_pages(Paging(visit, material, changing=changing))


def show_pages(state: Paging) -> Paging:
    """Show all pages; where there can be one only, show that one large."""
    alone = material_of(state).pages_max == 1 and len(state.visit.pages_of(state.material)) == 1
    return Paging(state.visit, state.material, looking=0 if alone else None, changing=state.changing)


def leave_material(state: Capturing | Paging) -> Gathering | Reviewing:
    """Go back to where the material was chosen."""
    return Reviewing(state.visit) if state.changing else Gathering(state.visit)


def on_capturing(session: Session, state: Capturing, event: Event) -> Step:
    """Take, judge, keep or retake."""
    material = material_of(state)
    if isinstance(event, CaptureAsked) and material.capture == "scan":
        state = replace(state, visit=replace(state.visit, scanned=True))
    kind = Kind.SCANNER if material.capture == "scan" else Kind.CAMERA
    asked = TakePage(session.serial, state.material, material.capture, _known(state))
    taken = take(session, state, event, kind, asked)
    if taken is not None:
        return taken
    match event, state.phase:
        case PageTaken(_, page, findings), CapturePhase.WORKING if page.material == state.material:
            judging = replace(state, phase=CapturePhase.JUDGING, page=page, findings=findings, hint=None)
            return go(session, judging)
        case PreviewSeen(_, hint), CapturePhase.READY if material.capture == "photo":
            return go(session, replace(state, hint=hint)) if hint != state.hint else stay(session)
        case Continued(), CapturePhase.JUDGING if state.page is not None and not state.findings:
            return go(session, _kept(state, state.page))
        case AcceptedAsIs(), CapturePhase.JUDGING if state.page is not None:
            return go(session, _kept(state, state.page))
        case WentBack(), _:
            return go(session, _left(state))
        case _:
            return stay(session)


def _known(state: Capturing) -> tuple[bytes, ...]:
    """Return the looks of all pages but the one that this one takes the place of."""
    mine = state.visit.pages_of(state.material)
    replaced = None if state.place is None else mine[state.place]
    return tuple(page.look for page in state.visit.pages if page.look and page is not replaced)


def _kept(state: Capturing, page: CapturedPage) -> Gathering | Reviewing | Paging:
    mine = state.visit.pages_of(state.material)
    place = len(mine) if state.place is None else state.place
    visit = state.visit.with_pages(state.material, (*mine[:place], page, *mine[place + 1 :]))
    kept = Paging(visit, state.material, changing=state.changing)
    return leave_material(kept) if material_of(state).pages_max == 1 else kept


def _left(state: Capturing) -> Gathering | Reviewing | Paging:
    if not state.visit.pages_of(state.material):
        return leave_material(state)
    return show_pages(Paging(state.visit, state.material, changing=state.changing))
