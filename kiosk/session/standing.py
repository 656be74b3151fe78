"""What stands as long as a state stands: the readers watch, the camera shows.

Derived here from the states before and after, so that no way out of a screen can forget to switch a device
off, and a device that comes back is switched on again.
"""

from typing import TypeGuard

from devices.model import Kind
from kiosk.catalogue.readiness import kind_of
from kiosk.session.capturing import material_of
from kiosk.session.effects import (
    ArmCardReader,
    ArmCodeScanner,
    DisarmCardReader,
    DisarmCodeScanner,
    Effect,
    LookAtPreview,
    StartPreview,
    StopPreview,
)
from kiosk.session.events import DeviceHealthChanged, Event, Ticked
from kiosk.session.report_states import ReportPhoto
from kiosk.session.states import CapturePhase, Capturing, Identifying, Session, Signing, State
from kiosk.session.ways import takes_code


def standing_effects(before: Session, after: Session, event: Event) -> tuple[Effect, ...]:
    """Return what has to be switched on or off between two sessions."""
    effects: list[Effect] = []
    if _wants_card(after.state) and (
        not _wants_card(before.state) or _came_back(before, event, Kind.ID_CARD)
    ):
        effects.append(ArmCardReader())
    elif _wants_card(before.state) and not _wants_card(after.state):
        effects.append(DisarmCardReader())
    if takes_code(before) != takes_code(after):
        effects.append(ArmCodeScanner() if takes_code(after) else DisarmCodeScanner())
    if _wants_preview(after.state) and (
        not _wants_preview(before.state) or _came_back(before, event, Kind.CAMERA)
    ):
        effects.append(StartPreview())
    elif _wants_preview(before.state) and not _wants_preview(after.state):
        effects.append(StopPreview())
    if isinstance(event, Ticked) and _wants_advice(after.state):
        effects.append(LookAtPreview(after.serial))
    return tuple(effects)


def _wants_card(state: State) -> bool:
    return isinstance(state, Identifying) or (isinstance(state, Signing) and state.by_card_too)


def _wants_preview(state: State) -> bool:
    if isinstance(state, ReportPhoto):
        return state.phase is not CapturePhase.JUDGING
    return _shows_page(state) and state.phase is not CapturePhase.JUDGING


def _wants_advice(state: State) -> bool:
    """Tell whether a page lies before the camera; a reported problem may look like anything."""
    return _shows_page(state) and state.phase is CapturePhase.READY


def _shows_page(state: State) -> TypeGuard[Capturing]:
    return isinstance(state, Capturing) and material_of(state).capture == "photo"


def _came_back(before: Session, event: Event, kind: Kind) -> bool:
    if not isinstance(event, DeviceHealthChanged) or kind_of(event.health.device) is not kind:
        return False
    known = next((health for health in before.health if health.device == event.health.device), None)
    return event.health.usable and (known is None or not known.usable)
