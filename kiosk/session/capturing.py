"""One page from the scanner or the camera."""

from dataclasses import replace

from devices.model import Kind
from kiosk.catalogue.model import Material
from kiosk.domain.application import CapturedPage
from kiosk.session.base import Step, go, stay, trouble
from kiosk.session.effects import TakePage
from kiosk.session.events import CaptureAsked, Continued, Event, PageFailed, PageTaken, RetakeAsked, WentBack
from kiosk.session.states import CapturePhase, Capturing, Fault, Gathering, Reviewing, Session, Visit


def material_of(state: Capturing) -> Material:
    """Return the material that is being taken."""
    return next(material for material in state.visit.materials if material.code == state.material)


def on_capturing(session: Session, state: Capturing, event: Event) -> Step:
    """Take, judge, keep or retake."""
    match event, state.phase:
        case CaptureAsked(), CapturePhase.READY:
            way = material_of(state).capture
            code = trouble(session, Kind.SCANNER if way == "scan" else Kind.CAMERA)
            if code is not None:
                return go(session, replace(state, fault=Fault(code)))
            working = replace(state, phase=CapturePhase.WORKING, fault=None)
            return go(session, working, TakePage(session.serial, state.material, way))
        case PageTaken(_, page, findings), CapturePhase.WORKING if page.material == state.material:
            judging = replace(state, phase=CapturePhase.JUDGING, page=page, findings=findings, fault=None)
            return go(session, judging)
        case PageFailed(_, code), CapturePhase.WORKING:
            return go(session, replace(state, phase=CapturePhase.READY, fault=Fault(code)))
        case RetakeAsked(), CapturePhase.JUDGING:
            return go(session, Capturing(state.visit, state.material, changing=state.changing))
        case Continued(), CapturePhase.JUDGING if state.page is not None:
            return go(session, _leave(replace(state, visit=_keep(state, state.page))))
        case WentBack(), _:
            return go(session, _leave(state))
        case _:
            return stay(session)


def _leave(state: Capturing) -> Gathering | Reviewing:
    return Reviewing(state.visit) if state.changing else Gathering(state.visit)


def _keep(state: Capturing, page: CapturedPage) -> Visit:
    """Add the page; where the material is full already, the new page takes the place of the old ones."""
    mine = tuple(kept for kept in state.visit.pages if kept.material == state.material)
    others = tuple(kept for kept in state.visit.pages if kept.material != state.material)
    full = state.changing or len(mine) >= material_of(state).pages_max
    return replace(state.visit, pages=(*others, *(() if full else mine), page))
