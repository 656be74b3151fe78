"""The visit as a pure function: ``step(session, event, context) -> (session, effects)``.

This module holds what is true on every screen: signs of life, warning and expiry, End, language, devices that
come and go. Each phase of the visit has a module of its own. An event that does not fit the state, or an
answer that belongs to another visit, changes nothing.
"""

from dataclasses import replace

from devices.health import Health
from devices.model import Kind
from kiosk.catalogue.readiness import kind_of
from kiosk.session.acting import on_acting
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.asking import on_asking
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.browsing import on_finding, on_guiding, on_home, on_notifying, on_room_refused
from kiosk.session.capturing import on_capturing
from kiosk.session.ending import on_ending
from kiosk.session.events import (
    AccessChanged,
    ApplicationStored,
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    CodeRefused,
    CodeVerified,
    CodeWasScanned,
    Continued,
    CutOffKnown,
    DeliveryKnown,
    DeviceHealthChanged,
    Ended,
    Event,
    LanguageChosen,
    MoreTimeAsked,
    NetworkSeen,
    PageFailed,
    PageTaken,
    PanelToggled,
    PrefillArrived,
    PrefillFailed,
    PreviewSeen,
    RatingKnown,
    ReceiptDone,
    RoomRefused,
    Started,
    StorageSeen,
    StoreFailed,
    Ticked,
    Touched,
    WentBack,
)
from kiosk.session.filling import on_gathering, on_reviewing
from kiosk.session.hard_limit import more_time
from kiosk.session.identifying import on_identifying, on_previewing
from kiosk.session.leaving import leave
from kiosk.session.left_slip import let_go, offer, on_cut_off_known
from kiosk.session.paging import on_paging
from kiosk.session.passing import pass_time
from kiosk.session.prechecking import on_checking, on_unfit
from kiosk.session.rating import on_rating
from kiosk.session.side import on_side
from kiosk.session.side_events import SideAnswer
from kiosk.session.signing import on_signing, on_submit
from kiosk.session.standing import standing_effects
from kiosk.session.states import (
    Asking,
    Attract,
    Capturing,
    CardPhase,
    Checking,
    Ending,
    Failing,
    Finding,
    Gathering,
    Guiding,
    Home,
    Identifying,
    Notifying,
    Paging,
    Previewing,
    Rating,
    Receipting,
    Resulting,
    Reviewing,
    Session,
    Signing,
    Submitting,
    Unfit,
)
from kiosk.session.submitting import on_failing, on_receipting, on_resulting, on_submitting
from kiosk.session.supporting import lose_patience
from kiosk.session.whose import is_of_another

_Answer = (
    PageTaken
    | PageFailed
    | PreviewSeen
    | ReceiptDone
    | PrefillArrived
    | PrefillFailed
    | CodeVerified
    | CodeRefused
    | ApplicationStored
    | StoreFailed
    | DeliveryKnown
    | RatingKnown
    | RoomRefused
    | SideAnswer
)
_Surroundings = DeviceHealthChanged | NetworkSeen | StorageSeen | CutOffKnown | PreviewSeen | Ticked


def step(session: Session, event: Event, context: Context) -> Step:
    """Return the session after the event, and what is to be done because of it."""
    before = replace(session, now_s=context.now_s)
    after, effects = _step(before, event, context)
    if not isinstance(event, _Surroundings) and after is not before and after.warning_until_s is None:
        after = replace(after, touched_s=context.now_s)
    return after, (*effects, *standing_effects(before, after, event))


def _step(session: Session, event: Event, context: Context) -> Step:
    if isinstance(event, _Answer) and event.serial != session.serial:
        return stay(session)
    if is_of_another(session.state, event):
        return stay(session)
    match event:
        case Ticked():
            return pass_time(let_go(lose_patience(session)), context)
        case DeviceHealthChanged(health):
            return _device_changed(session, health)
        case NetworkSeen(online):
            return replace(session, online=online), ()
        case StorageSeen(code):
            return replace(session, storage=code), ()
        case CutOffKnown(stored):
            return on_cut_off_known(session, stored, context), ()
        case RoomRefused(_, code):
            return on_room_refused(session, code)
        case CardWasDetected() | CardWasRead() | CardReadWasRefused():
            return _in_state(replace(session, card_on_reader=True), event, context)
        case CardWasRemoved():
            return _in_state(replace(session, card_on_reader=False, left=None), event, context)
        case CodeWasScanned():
            return _in_state(session, event, context)
        case Ended():
            return leave(session)
        case MoreTimeAsked():
            return more_time(session, context), ()
        case _ if session.warning_until_s is not None and not isinstance(event, _Answer):
            return stay(session)
        case Touched():
            return replace(session, touched_s=context.now_s), ()
        case LanguageChosen(language):
            return replace(session, language=language), ()
        case AccessChanged(access):
            return replace(session, access=access), ()
        case PanelToggled(shown):
            return replace(session, panel=shown), ()
        case _:
            return _in_state(session, event, context)


def _in_state(session: Session, event: Event, context: Context) -> Step:
    match session.state:
        case Attract():
            return _on_attract(session, event, context)
        case Home() if isinstance(event, WentBack):
            return leave(session)
        case Home():
            return on_home(session, event)
        case Finding() as state:
            return on_finding(session, state, event)
        case Guiding() as state:
            return on_guiding(session, state, event)
        case Checking() as state:
            return on_checking(session, state, event)
        case Unfit() as state:
            return on_unfit(session, state, event)
        case Notifying() as state:
            return on_notifying(session, state, event)
        case Arranging() | NamingWard() as state:
            return on_acting(session, state, event, context)
        case Identifying() as state:
            return on_identifying(session, state, event, context)
        case Previewing() as state:
            return on_previewing(session, state, event, context)
        case Asking() as state:
            return on_asking(session, state, event, context)
        case Gathering() as state:
            return on_gathering(session, state, event)
        case Capturing() as state:
            return on_capturing(session, state, event)
        case Paging() as state:
            return on_paging(session, state, event)
        case Signing() as state:
            return on_signing(session, state, event, context)
        case Reviewing() as state:
            return (
                on_submit(session, state, context)
                if isinstance(event, Continued)
                else on_reviewing(session, state, event)
            )
        case _:
            return _behind_submission(session, event, context)


def _behind_submission(session: Session, event: Event, context: Context) -> Step:
    state = session.state
    match state:
        case Submitting():
            return on_submitting(session, state, event)
        case Resulting():
            return on_resulting(session, state, event)
        case Receipting():
            return on_receipting(session, state, event)
        case Failing():
            return on_failing(session, state, event, context)
        case Rating():
            return on_rating(session, state, event)
        case Ending():
            return on_ending(session, state, event)
        case _:
            return on_side(session, event, context)


def _on_attract(session: Session, event: Event, context: Context) -> Step:
    if not isinstance(event, Started):
        return stay(session)
    begun = replace(session, begun_s=context.now_s, slip=None)
    return go(begun, Home()) if session.slip is None else offer(begun, session.slip)


def _device_changed(session: Session, health: Health) -> Step:
    others = tuple(known for known in session.health if known.device != health.device)
    after = replace(session, health=(*others, health))
    state = session.state
    if isinstance(state, Identifying) and kind_of(health.device) is Kind.ID_CARD and not health.usable:
        return replace(
            after, state=replace(state, phase=CardPhase.WAITING), card_on_reader=False, left=None
        ), ()
    return after, ()
