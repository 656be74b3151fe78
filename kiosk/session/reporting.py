"""From the door to the number of a report."""

from dataclasses import replace

from devices.model import Kind
from kiosk.catalogue.reports import load_reports
from kiosk.domain.report import PlaceWay, Report, ReportPlace
from kiosk.forms.spelling import read_phone
from kiosk.session.base import Step, go, stay
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.effects import AwaitDelivery, HoldRoom
from kiosk.session.events import (
    AnswerEdited,
    ApplicationStored,
    Continued,
    Event,
    PageTaken,
    StoreFailed,
    WentBack,
)
from kiosk.session.fault import Fault
from kiosk.session.report_places import communities, picked, streets
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportState,
    ReportStep,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.side_effects import StoreReport, TakeSnapshot
from kiosk.session.side_events import Picked
from kiosk.session.states import Home, Session, SubmitPhase, Submitting
from kiosk.session.supporting import ask_near, on_near, on_supported
from kiosk.session.taking import take

PHOTO, NO_PHOTO = "photo", "none"
HERE, BY_HAND, WHOLE_STREET = "here", "by-hand", "whole-street"
ANONYMOUS, WITH_PHONE = "anonymous", "phone"
PLACE_MAX, WORDS_MAX = 120, 300
_BEFORE = {
    ReportStep.PHOTO: ReportStep.KIND,
    ReportStep.PLACE: ReportStep.PHOTO,
    ReportStep.COMMUNITY: ReportStep.PLACE,
    ReportStep.PLACE_WORDS: ReportStep.PLACE,
    ReportStep.WORDS: ReportStep.PLACE,
    ReportStep.CONTACT: ReportStep.WORDS,
    ReportStep.PHONE: ReportStep.CONTACT,
}
_PLACES = frozenset({ReportStep.PLACE, ReportStep.COMMUNITY, ReportStep.PLACE_WORDS})
_WRITTEN = frozenset({ReportStep.PLACE_WORDS, ReportStep.WORDS, ReportStep.PHONE})


def begin_report(session: Session) -> Step:
    """Begin, and hold the room for what will be stored; without room say so at once."""
    fault = None if session.storage is None else Fault(session.storage)
    return go(session, ReportPicking(fault=fault), *(() if fault else (HoldRoom(session.serial),)))


def on_report(session: Session, state: ReportState, event: Event) -> Step:
    """Ask, take the photo, show all of it, hand it in."""
    match state:
        case ReportPicking():
            return _on_picking(session, state, event)
        case ReportWriting():
            return _on_writing(session, state, event)
        case ReportPhoto():
            return _on_photo(session, state, event)
        case ReportReview():
            return _on_review(session, state, event)
        case ReportNear():
            return on_near(session, state, event)
        case ReportSupported():
            return on_supported(session, event)


def _ask(report: Report, step: ReportStep, *, changing: bool = False) -> ReportPicking | ReportWriting:
    if step not in _WRITTEN:
        return ReportPicking(report, step, changing=changing)
    written = report.place.text if report.place and report.place.way is PlaceWay.WRITTEN else ""
    draft = {ReportStep.WORDS: report.words, ReportStep.PHONE: report.phone}.get(step, written)
    return ReportWriting(report, step, draft, changing)


def _then(report: Report, step: ReportStep, *, changing: bool) -> ReportState:
    return ReportReview(report) if changing else _ask(report, step)


def _on_to(session: Session, state: ReportPicking | ReportWriting, following: ReportState) -> Step:
    if state.step in _PLACES and isinstance(following, ReportWriting) and following.step is ReportStep.WORDS:
        asked = ask_near(session, following.report)
        if asked is not None:
            return asked
    return go(session, following)


def _back(session: Session, state: ReportPicking | ReportWriting) -> Step:
    if state.changing:
        return go(session, ReportReview(state.report))
    before = _BEFORE.get(state.step)
    return go(session, Home() if before is None else _ask(state.report, before))


def _on_picking(session: Session, state: ReportPicking, event: Event) -> Step:
    match event:
        case Picked(code) if state.fault is None:
            following = _picked(state, code)
            return stay(session) if following is None else _on_to(session, state, following)
        case WentBack():
            return _back(session, state)
        case _:
            return stay(session)


def _picked(state: ReportPicking, code: str) -> ReportState | None:
    report, changing = state.report, state.changing
    match state.step, code:
        case ReportStep.KIND, _ if load_reports().kind(code) is not None:
            return _then(replace(report, kind=code), ReportStep.PHOTO, changing=changing)
        case ReportStep.PHOTO, "photo":
            return ReportPhoto(report, changing=changing)
        case ReportStep.PHOTO, "none":
            return _then(replace(report, photo=None), ReportStep.PLACE, changing=changing)
        case ((ReportStep.PLACE | ReportStep.COMMUNITY), _):
            return _placed(state, code)
        case ReportStep.CONTACT, "anonymous":
            return ReportReview(replace(report, phone=""))
        case ReportStep.CONTACT, "phone":
            return _ask(report, ReportStep.PHONE, changing=changing)
        case _:
            return None


def _placed(state: ReportPicking, code: str) -> ReportState | None:
    report, changing = state.report, state.changing
    match state.step, code:
        case ReportStep.PLACE, "here":
            place = ReportPlace(PlaceWay.TERMINAL)
        case _, "by-hand":
            return _ask(report, ReportStep.PLACE_WORDS, changing=changing)
        case ReportStep.PLACE, _ if code in {street.zh for street in streets()}:
            return replace(state, step=ReportStep.COMMUNITY, street=code)
        case ReportStep.COMMUNITY, "whole-street":
            place = ReportPlace(PlaceWay.PICKED, picked(state.street))
        case ReportStep.COMMUNITY, _ if code in {one.zh for one in communities(state.street)}:
            place = ReportPlace(PlaceWay.PICKED, picked(state.street, code))
        case _:
            return None
    return _then(replace(report, place=place), ReportStep.WORDS, changing=changing)


def _on_writing(session: Session, state: ReportWriting, event: Event) -> Step:
    match event:
        case AnswerEdited(text):
            most = WORDS_MAX if state.step is ReportStep.WORDS else PLACE_MAX
            return go(session, replace(state, draft=text[:most], fault=None))
        case Continued():
            return _on_to(session, state, _written(state))
        case WentBack():
            return _back(session, state)
        case _:
            return stay(session)


def _written(state: ReportWriting) -> ReportState:
    report, text = state.report, state.draft.strip()
    match state.step:
        case ReportStep.PLACE_WORDS:
            if not text:
                return replace(state, fault=Fault("form.required"))
            placed = replace(report, place=ReportPlace(PlaceWay.WRITTEN, text))
            return _then(placed, ReportStep.WORDS, changing=state.changing)
        case ReportStep.WORDS:
            if not text and report.photo is None:
                return replace(state, fault=Fault("report.say-something"))
            return _then(replace(report, words=text), ReportStep.CONTACT, changing=state.changing)
        case _:
            phone = read_phone(text)
            if phone is None:
                return replace(state, fault=Fault("form.not-a-phone"))
            return ReportReview(replace(report, phone=phone))


def _on_photo(session: Session, state: ReportPhoto, event: Event) -> Step:
    taken = take(session, state, event, Kind.CAMERA, TakeSnapshot(session.serial))
    if taken is not None:
        return taken
    match event, state.phase:
        case PageTaken(_, page, _), CapturePhase.WORKING:
            return go(session, replace(state, phase=CapturePhase.JUDGING, page=page))
        case Continued(), CapturePhase.JUDGING if state.page is not None:
            kept = replace(state.report, photo=state.page)
            return go(session, _then(kept, ReportStep.PLACE, changing=state.changing))
        case WentBack(), _:
            return go(session, _ask(state.report, ReportStep.PHOTO, changing=state.changing))
        case _:
            return stay(session)


def _on_review(session: Session, state: ReportReview, event: Event) -> Step:
    match event:
        case ApplicationStored(_, receipt_no, seal) if state.storing:
            # From here on the plain report is nobody's business on this machine.
            sending = Submitting(
                None,
                load_reports().item,
                masked_name="",
                pages=0 if state.report.photo is None else 1,
                scanned=False,
                phase=SubmitPhase.SENDING,
                receipt_no=receipt_no,
                seal=seal,
            )
            return go(session, sending, AwaitDelivery(session.serial, receipt_no))
        case StoreFailed(_, code) if state.storing:
            return go(session, replace(state, storing=False, fault=Fault(code)))
        case _ if state.storing:
            return stay(session)
        case Picked(code) if code in set(ReportStep):
            return go(session, _ask(state.report, ReportStep(code), changing=True))
        case Continued() if not state.report.words and state.report.photo is None:
            return go(session, replace(state, fault=Fault("report.say-something")))
        case Continued():
            storing = replace(state, storing=True, fault=None)
            return go(session, storing, StoreReport(session.serial, state.report, session.language))
        case WentBack():
            return go(session, _ask(state.report, ReportStep.CONTACT))
        case _:
            return stay(session)
