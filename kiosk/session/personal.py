"""On which screens something of a resident may stand."""

from typing import assert_never

from kiosk.session.acting_states import Arranging, NamingWard
from kiosk.session.document_states import Documenting, DocumentShowing
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
from kiosk.session.side_states import SideState
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
    Signing,
    State,
    Submitting,
    Unfit,
)


def has_personal_data(state: State) -> bool:
    """Tell whether something of a resident may stand on the screen."""
    match state:
        case Attract() | Home() | Finding() | Guiding() | Checking() | Unfit() | Notifying() | Ending():
            return False
        case Arranging(filing):
            return filing.kept is not None
        case NamingWard():
            return True
        case Identifying() | Previewing() | Asking() | Gathering() | Capturing() | Reviewing():
            return True
        case Paging() | Signing() | Submitting() | Failing() | Resulting() | Receipting() | Rating():
            return True
        case _:
            return _on_the_side(state)


def _on_the_side(state: SideState) -> bool:
    match state:
        case Tracking():
            return False
        case Numbering() | Listing() | Telling() | Presenting():
            return True
        case Documenting() | DocumentShowing():
            return True
        case ReportPicking() | ReportWriting() | ReportPhoto() | ReportReview():
            return True
        case ReportNear() | ReportSupported():
            return True
        case _:
            assert_never(state)
