"""Somebody reported it already: supporting that report (附议) instead of making another one."""

from dataclasses import replace

from kiosk.domain.report import Report
from kiosk.session.base import Step, go, stay
from kiosk.session.events import Continued, Event, WentBack
from kiosk.session.fault import Fault
from kiosk.session.leaving import leave
from kiosk.session.report_states import (
    ReportNear,
    ReportPicking,
    ReportState,
    ReportStep,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_effects import AskNear, SupportReport
from kiosk.session.side_events import AskingFailed, NearTold, Picked, Supported
from kiosk.session.states import Session

ANOTHER = "another"
PATIENCE_S = 1.0
"""How long the district may take; after that the next question comes."""


def ask_near(session: Session, report: Report) -> Step | None:
    """Ask what was reported already nearby; None where there is nobody to ask."""
    if report.place is None or session.online is not True:
        return None
    asked = AskNear(session.serial, report.kind, report.place)
    return go(session, ReportNear(report, session.now_s), asked)


def on_near(session: Session, state: ReportNear, event: Event) -> Step:
    """Offer what is there; go on where it is nothing, or something else."""
    match event:
        case NearTold(_, reports) if state.reports is None:
            following = replace(state, reports=reports) if reports else _words(state)
            return go(session, following)
        case Supported(_, report) if state.supporting:
            return go(session, ReportSupported(report))
        case AskingFailed(_, code) if state.supporting:
            return go(session, replace(state, supporting=False, fault=Fault(code)))
        case _ if state.supporting:
            return stay(session)
        case Picked("another"):
            return go(session, _words(state))
        case Picked(number) if number in {one.number for one in state.reports or ()}:
            supporting = replace(state, supporting=True, fault=None)
            return go(session, supporting, SupportReport(session.serial, number))
        case WentBack():
            return go(session, ReportPicking(state.report, ReportStep.PLACE))
        case _:
            return stay(session)


def on_supported(session: Session, event: Event) -> Step:
    """Nothing is left to do."""
    return leave(session) if isinstance(event, Continued | WentBack) else stay(session)


def lose_patience(session: Session) -> Session:
    """Go on without an answer that takes too long."""
    state = session.state
    if not isinstance(state, ReportNear) or state.reports is not None:
        return session
    is_late = session.now_s - state.asked_s >= PATIENCE_S
    return replace(session, state=_words(state)) if is_late else session


def _words(state: ReportNear) -> ReportState:
    return ReportWriting(state.report, ReportStep.WORDS, state.report.words)
