"""From pressing submit to taking the receipt."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.cases import EarlierCase
from kiosk.domain.local_time import local_time
from kiosk.domain.report import SERVICE as REPORT_SERVICE
from kiosk.domain.text import Language
from kiosk.session.events import ReceiptChosen, ReprintAsked
from kiosk.session.progress_link import progress_link
from kiosk.session.states import (
    Outcome,
    Receipting,
    ReceiptPhase,
    Resulting,
    Session,
    Submitting,
)
from ui.codes import qr_png
from ui.core import CoreView, PageShelf
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.formats import shown_date
from ui.words.progress import EARLIER, STATUS, UNKNOWN

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


def _standing(earlier: EarlierCase, language: Language) -> str:
    status = STATUS.get(earlier.status, UNKNOWN).in_(language)
    since = shown_date(local_time(earlier.since).date(), language)
    return EARLIER.in_(language).format(status=status, since=since)


_WITH_CODE = (ReceiptPhase.ON_PHONE, ReceiptPhase.NOT_PRINTED, ReceiptPhase.UNKNOWN)


@QmlElement
class SubmissionViewModel(ScreenViewModel):
    """The application is on its way."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Submitting | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show how far it is."""
        state = session.state if isinstance(session.state, Submitting) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``storing`` or ``sending``."""
        return "" if self._state is None else self._state.phase.value

    @Property(str, notify=changed)
    def name(self) -> str:
        """What is applied for."""
        return "" if self._state is None else self._state.item.name.in_(self._language)

    @Property(str, notify=changed)
    def receiptNo(self) -> str:
        """The terminal's number, once it is stored."""
        return "" if self._state is None else self._state.receipt_no or ""


@QmlElement
class OutcomeViewModel(ScreenViewModel):
    """What is true about the application now, and what became of the paper.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives the code an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._state: Resulting | Receipting | None = None
        self._language = Language.ZH
        self._code = ""

    def show(self, session: Session) -> None:
        """Show the outcome."""
        state = session.state if isinstance(session.state, Resulting | Receipting) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._code = ""
        if isinstance(state, Receipting) and state.phase in _WITH_CODE:
            self._code = self._pages.url(qr_png(progress_link(state.outcome, self._core.facts.progress_url)))
        self.changed.emit()

    @property
    def _outcome(self) -> Outcome | None:
        return None if self._state is None else self._state.outcome

    @Property(bool, notify=changed)
    def received(self) -> bool:
        """Whether the platform has answered with its number."""
        return self._outcome is not None and self._outcome.case_no is not None

    @Property(str, notify=changed)
    def caseNo(self) -> str:
        """Number of the case at the platform."""
        return "" if self._outcome is None else self._outcome.case_no or ""

    @Property(str, notify=changed)
    def receiptNo(self) -> str:
        """The terminal's number."""
        return "" if self._outcome is None else self._outcome.receipt_no

    @Property(str, notify=changed)
    def name(self) -> str:
        """What was applied for."""
        return "" if self._outcome is None else self._outcome.item.name.in_(self._language)

    @Property(str, notify=changed)
    def applicant(self) -> str:
        """The applicant's name, masked."""
        return "" if self._outcome is None else self._outcome.masked_name

    @Property(bool, notify=changed)
    def report(self) -> bool:
        """Whether a problem was reported, not a service applied for."""
        return self._outcome is not None and self._outcome.item.code == REPORT_SERVICE

    @Property(bool, notify=changed)
    def left(self) -> bool:
        """Whether the terminal started anew before its slip was taken; the resident may be another."""
        return self._outcome is not None and self._outcome.left

    @Property(int, notify=changed)
    def pages(self) -> int:
        """How many pages went with it; -1 when that is not known any more."""
        pages = 0 if self._outcome is None else self._outcome.pages
        return -1 if pages is None else pages

    @Property(int, notify=changed)
    def promisedDays(self) -> int:
        """Within how many working days it is decided, as promised."""
        return 0 if self._outcome is None else self._outcome.item.guide.promised_days

    @Property(str, notify=changed)
    def earlierNo(self) -> str:
        """Number of a case like this one that was open already."""
        earlier = None if self._outcome is None else self._outcome.earlier
        return "" if earlier is None else earlier.number

    @Property(str, notify=changed)
    def earlier(self) -> str:
        """Where that one stands."""
        earlier = None if self._outcome is None else self._outcome.earlier
        return "" if earlier is None else _standing(earlier, self._language)

    @Property(str, notify=changed)
    def progressUrl(self) -> str:
        """Where to ask later what became of it."""
        return self._core.facts.progress_url

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``printing``, ``printed``, ``not-printed``, ``unknown`` or ``on-phone``; empty before."""
        return self._state.phase.value if isinstance(self._state, Receipting) else ""

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why there is no paper, and what to do."""
        fault = self._state.fault if isinstance(self._state, Receipting) else None
        return said(fault, self._language, device="printer-1")

    @Property(str, notify=changed)
    def code(self) -> str:
        """Address of the code to scan, where there is no paper."""
        return self._code

    @Slot(str)
    def choose(self, way: str) -> None:
        """No paper: ``phone`` or ``none``."""
        self._core.post(ReceiptChosen("phone" if way == "phone" else "none"))

    @Slot()
    def reprint(self) -> None:
        """Another try at the receipt."""
        self._core.post(ReprintAsked())
