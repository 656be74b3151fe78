"""Who stands here, by card or by one-ID code, and what is known once that is clear."""

from dataclasses import replace
from datetime import date

from kiosk.domain.identity import Holder, IdentityProblem, holder_from
from kiosk.forms.computing import with_computed
from kiosk.forms.model import Datum
from kiosk.forms.prefill import answers_from
from kiosk.session.acting import FOR_GUARDIAN, before_card, file_as, objection
from kiosk.session.acting_states import Arranging
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.card_asking import LIFT_FIRST
from kiosk.session.code_identity import on_code
from kiosk.session.correcting import correct_as, told
from kiosk.session.documents import list_documents
from kiosk.session.errand import Correcting, Documents, Errand, Filing, Mine, Progress
from kiosk.session.events import (
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    CodeRefused,
    CodeVerified,
    CodeWasScanned,
    Continued,
    DatumDisputed,
    DatumToggled,
    Event,
    PrefillArrived,
    PrefillFailed,
    WentBack,
)
from kiosk.session.filling import after_questions, is_fixed
from kiosk.session.mine import present
from kiosk.session.progress import list_cases
from kiosk.session.progress_states import Tracking
from kiosk.session.states import (
    CardPhase,
    Fault,
    Home,
    Identifying,
    PrefillPhase,
    Previewing,
    Session,
    State,
    Visit,
)


def on_identifying(session: Session, state: Identifying, event: Event, context: Context) -> Step:
    """Follow the card until a person is known."""
    match event:
        case CardWasDetected():
            return go(session, replace(state, phase=CardPhase.READING, fault=None))
        case CardReadWasRefused(code):
            return _refuse(session, state, code)
        case CardWasRemoved():
            fault = None if state.fault == LIFT_FIRST else state.fault
            return go(session, replace(state, phase=CardPhase.WAITING, fault=fault))
        case CardWasRead(record):
            holder = holder_from(record, context.today)
            if isinstance(holder, IdentityProblem):
                return _refuse(session, state, holder.code)
            return _know(session, state, holder, context)
        case CodeWasScanned() | CodeVerified() | CodeRefused():
            told = on_code(session, state, event, context)
            return _know(session, state, told, context) if isinstance(told, Holder) else told
        case WentBack():
            return go(session, _before(state.errand))
        case _:
            return stay(session)


def _know(session: Session, state: Identifying, holder: Holder, context: Context) -> Step:
    """Go on with a person, unless this one may not."""
    code = objection(state.errand, holder, context.today)
    if code is None:
        return _arrive(session, state.errand, holder, context)
    if code == FOR_GUARDIAN and isinstance(state.errand, Filing):
        return go(session, Arranging(state.errand, fault=Fault(code)))
    return _refuse(session, state, code)


def _arrive(session: Session, errand: Errand, holder: Holder, context: Context) -> Step:
    """Go where the errand leads, now that a person is known."""
    match errand:
        case Filing():
            return file_as(session, errand, holder, context)
        case Progress():
            return list_cases(session, holder)
        case Mine():
            return present(session, holder, context)
        case Documents():
            return list_documents(session, holder)
        case Correcting():
            return correct_as(session, errand, holder, context)


def _before(errand: Errand) -> State:
    """Return the screen from which the resident came to the card."""
    match errand:
        case Filing():
            return before_card(errand)
        case Progress():
            return Tracking()
        case Mine() | Documents():
            return Home()
        case Correcting(case, origin):
            return told(case, origin)


def _refuse(session: Session, state: Identifying, code: str) -> Step:
    return go(
        session,
        replace(state, phase=CardPhase.WAITING, fault=Fault(code), attempts=state.attempts + 1),
    )


def on_previewing(session: Session, state: Previewing, event: Event, context: Context) -> Step:
    """Show what is known, let it be used or not, then ask the rest."""
    match event:
        case PrefillArrived(_, data):
            return go(session, Previewing(_with_data(state.visit, data), PrefillPhase.READY))
        case PrefillFailed(_, code):
            return go(session, replace(state, phase=PrefillPhase.UNAVAILABLE, fault=Fault(code)))
        case DatumToggled(name, used):
            return go(session, replace(state, visit=_toggle(state.visit, name, used=used)))
        case DatumDisputed(name):
            return go(session, replace(state, visit=_toggle(state.visit, name, used=False, disputed=True)))
        case Continued() if state.phase is not PrefillPhase.LOADING:
            return go(session, after_questions(_use(state.visit, context.today)))
        case WentBack():
            return go(session, before_card(Filing(state.visit.item, situation=state.visit.situation)))
        case _:
            return stay(session)


def _with_data(visit: Visit, data: tuple[Datum, ...]) -> Visit:
    """Add what the platform knows to what the card said; the card wins."""
    known = {datum.field for datum in visit.data}
    order = {field.name: place for place, field in enumerate(visit.form.fields)}
    merged = visit.data + tuple(datum for datum in data if datum.field not in known)
    return replace(visit, data=tuple(sorted(merged, key=lambda datum: order.get(datum.field, len(order)))))


def _toggle(visit: Visit, name: str, *, used: bool, disputed: bool = False) -> Visit:
    return replace(
        visit,
        data=tuple(
            replace(datum, used=used, disputed=disputed)
            if datum.field == name and not is_fixed(visit, name)
            else datum
            for datum in visit.data
        ),
    )


def _use(visit: Visit, today: date) -> Visit:
    """Answer with the data that may be used; a datum that may not be used answers nothing."""
    unused = [
        datum.field
        for datum in visit.data
        if not datum.used and visit.answers.get(datum.field) == datum.value
    ]
    answers = visit.answers.without(*unused)
    for name, value in answers_from(visit.form, visit.data).items():
        answers = answers.with_(name, value)
    return replace(visit, answers=with_computed(visit.form, answers, today))
