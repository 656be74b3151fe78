"""What taking a page and taking a reported problem's photo have in common."""

from dataclasses import replace
from typing import TypeVar

from devices.model import Kind
from kiosk.session.base import Step, go, trouble
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.effects import TakePage
from kiosk.session.events import CaptureAsked, Event, PageFailed, RetakeAsked
from kiosk.session.fault import Fault
from kiosk.session.report_states import ReportPhoto
from kiosk.session.side_effects import TakeSnapshot
from kiosk.session.states import Capturing, Session

S = TypeVar("S", Capturing, ReportPhoto)


def take(session: Session, state: S, event: Event, kind: Kind, asked: TakePage | TakeSnapshot) -> Step | None:
    """Ask the device, tell what it could not do, or begin anew; None for every other event.

    Args:
        session: The session.
        state: Its state.
        event: What happened.
        kind: Which device takes it.
        asked: What it is asked for.
    """
    match event:
        case CaptureAsked() if state.phase is CapturePhase.READY:
            code = trouble(session, kind)
            if code is not None:
                return go(session, replace(state, fault=Fault(code)))
            return go(session, replace(state, phase=CapturePhase.WORKING, fault=None), asked)
        case PageFailed(_, code) if state.phase is CapturePhase.WORKING:
            return go(session, replace(state, phase=CapturePhase.READY, fault=Fault(code)))
        case RetakeAsked() if state.phase is CapturePhase.JUDGING:
            return go(session, replace(state, phase=CapturePhase.READY, page=None))
        case _:
            return None
