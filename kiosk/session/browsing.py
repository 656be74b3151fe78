"""From the attract screen to the privacy notice: nobody is identified yet."""

from dataclasses import replace

from kiosk.catalogue.readiness import Readiness, standing
from kiosk.session.acting import after_notice
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.base import Step, go, stay
from kiosk.session.effects import HoldRoom
from kiosk.session.errand import Filing
from kiosk.session.events import (
    Continued,
    Door,
    DoorOpened,
    Event,
    FacetChosen,
    GroupChosen,
    HereToggled,
    ItemChosen,
    NoticeDeclined,
    SearchEdited,
    WentBack,
)
from kiosk.session.guide_paper import on_guide_paper
from kiosk.session.prechecking import back_from_notice, before_notice
from kiosk.session.side import open_side_door
from kiosk.session.side_events import GuidePhoneAsked, GuidePrintAsked, GuidePrinted
from kiosk.session.states import (
    Checking,
    Fault,
    Finding,
    Guiding,
    Home,
    Identifying,
    Notifying,
    Session,
)


def on_home(session: Session, event: Event) -> Step:
    """Open a door, or an item that is offered right on the home screen."""
    match event:
        case DoorOpened(Door.APPLY | Door.GUIDES):
            return go(session, Finding())
        case DoorOpened(door):
            return open_side_door(session, door)
        case ItemChosen(item):
            return go(session, Guiding(item))
        case _:
            return stay(session)


def on_finding(session: Session, state: Finding, event: Event) -> Step:
    """Narrow the list, choose an item."""
    match event:
        case SearchEdited(query):
            # Words are looked for everywhere, unless one group was opened.
            facet = None if query.strip() and state.browsing else state.facet
            return go(session, replace(state, query=query, facet=facet))
        case FacetChosen(facet):
            return go(session, Finding(facet=facet, here=state.here))
        case GroupChosen(key) if state.browsing:
            return go(session, replace(state, group=key))
        case HereToggled(here):
            return go(session, replace(state, here=here))
        case ItemChosen(item):
            return go(session, Guiding(item, state))
        case WentBack() if state.group is not None:
            return go(session, replace(state, query="", group=None))
        case WentBack():
            return go(session, Home())
        case _:
            return stay(session)


def on_guiding(session: Session, state: Guiding, event: Event) -> Step:
    """Start the application, if it can be filed here and what it needs works now; or go to the successor."""
    match event:
        case GuidePrintAsked() | GuidePrinted():
            return on_guide_paper(session, state, event)
        case Continued() if state.item.filing == "here":
            now = standing(state.item, session.health, online=session.online, storage=session.storage)
            if now.readiness is Readiness.BLOCKED and now.code is not None:
                return go(session, replace(state, fault=Fault(now.code)))
            # Before anybody is asked anything: what will be submitted has its place from here on.
            return go(session, before_notice(state.item, state.origin), HoldRoom(session.serial))
        case GuidePhoneAsked():
            return go(session, replace(state, on_phone=True, fault=None))
        case ItemChosen(item) if (
            state.item.withdrawn is not None and state.item.withdrawn.successor == item.code
        ):
            return go(session, Guiding(item, state.origin))
        case WentBack() if state.on_phone:
            return go(session, replace(state, on_phone=False))
        case WentBack():
            return go(session, state.origin)
        case _:
            return stay(session)


def on_notifying(session: Session, state: Notifying, event: Event) -> Step:
    """Agree, and go on to the card; a card that still lies there has to be lifted first."""
    match event:
        case Continued():
            return after_notice(session, Filing(state.item, state.origin, state.situation))
        case NoticeDeclined():
            # Nothing was read; the guide has the window where it is done by people.
            return go(session, Guiding(state.item, state.origin, Fault("notice.declined")))
        case WentBack():
            return go(session, back_from_notice(state))
        case _:
            return stay(session)


def on_room_refused(session: Session, code: str) -> Step:
    """Say so before the first question; later the resident goes on, and the store has the last word."""
    match session.state:
        case (
            Checking(item, _, origin)
            | Notifying(item, origin)
            | Arranging(Filing(item, origin, kept=None))
            | NamingWard(Filing(item, origin, kept=None))
            | Identifying(Filing(item, origin, kept=None))
        ):
            return go(session, Guiding(item, origin, Fault(code)))
        case _:
            return stay(session)
