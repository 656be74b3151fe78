"""What the frame around every screen derives from the session: its name, its step, its devices."""

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.readiness import BY_CODE_ONLY
from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.document_states import Documenting, DocumentShowing
from kiosk.session.errand import Filing
from kiosk.session.mine_states import Presenting
from kiosk.session.progress_states import Listing, Numbering, Telling, Tracking
from kiosk.session.report_states import (
    ReportNear,
    ReportPhoto,
    ReportPicking,
    ReportReview,
    ReportSupported,
    ReportWriting,
)
from kiosk.session.states import (
    Asking,
    Attract,
    Capturing,
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
    State,
    Submitting,
    Unfit,
)
from kiosk.session.ways import code_instead
from ui.messages import family, say

SCREENS: dict[type[State], str] = {
    Attract: "attract",
    Home: "home",
    Finding: "find",
    Guiding: "guide",
    Checking: "precheck",
    Unfit: "unfit",
    Notifying: "notice",
    Arranging: "pick",
    NamingWard: "entry",
    Identifying: "identify",
    Previewing: "prefill",
    Asking: "question",
    Gathering: "materials",
    Capturing: "capture",
    Paging: "pages",
    Reviewing: "review",
    Signing: "sign",
    Submitting: "submit",
    Resulting: "result",
    Failing: "failed",
    Receipting: "receipt",
    Rating: "rating",
    Ending: "end",
    Tracking: "pick",
    Numbering: "entry",
    Listing: "pick",
    Presenting: "mine",
    Telling: "case",
    ReportPicking: "pick",
    Documenting: "pick",
    DocumentShowing: "document",
    ReportWriting: "entry",
    ReportPhoto: "photo",
    ReportReview: "pick",
    ReportNear: "pick",
    ReportSupported: "case",
}
"""Name of the screen that shows a state."""

_FAMILY_BY_KIND = {"id-card": "idcard"}
"""Where a device's name in the profile begins otherwise than its kind."""


def step(state: State) -> tuple[int, int]:
    """Return which step of how many an application is in; (0, 0) outside of one."""
    match state:
        case Guiding(item) if item.filing == "here":
            number = 1
        case Checking(item) | Unfit(item) | Notifying(item):
            number = 1
        case Arranging(Filing(item)) | NamingWard(Filing(item)) | Identifying(Filing(item)):
            number = 2
        case Gathering(visit) | Capturing(visit) | Paging(visit) if visit.correction is not None:
            return 0, 0
        case Previewing(visit) | Asking(visit):
            number, item = 3, visit.item
        case Gathering(visit) | Capturing(visit) | Paging(visit):
            number, item = 4, visit.item
        case Reviewing(visit) | Signing(visit) if visit.correction is None:
            number, item = _steps(visit.item), visit.item
        case _:
            return 0, 0
    return number, _steps(item)


def banner(session: Session) -> str:
    """Return what to say of a device that the screen needs and that cannot be used now, or ``""``."""
    needed = _families(session.state)
    for health in session.health:
        if not health.usable and family(health.device) in needed:
            instead = family(health.device) == "idcard" and code_instead(session)
            code = BY_CODE_ONLY if instead else health.code
            return say(code, session.language, device=health.device)
    return ""


def _steps(item: ServiceItem) -> int:
    """Guide, identity, information, documents where there are any, review."""
    return 5 if item.materials else 4


def _families(state: State) -> frozenset[str]:
    match state:
        case Guiding(item):
            return frozenset(_FAMILY_BY_KIND.get(kind, kind) for kind in item.requires.devices)
        case Identifying() | ReportPhoto():
            return frozenset({"idcard" if isinstance(state, Identifying) else "camera"})
        case Gathering(visit):
            return frozenset(_capture_family(material.capture) for material in visit.materials)
        case Capturing(visit, code) | Paging(visit, code):
            return frozenset(
                _capture_family(material.capture) for material in visit.materials if material.code == code
            )
        case Receipting(phase=phase):
            return frozenset({"printer"}) if phase == "printing" else frozenset()
        case _:
            return frozenset()


def _capture_family(way: str) -> str:
    return "scanner" if way == "scan" else "camera"
