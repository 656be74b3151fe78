"""The frame around every screen: which one it is, and what stands on all of them."""

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement
from shiboken6 import isValid

from kiosk.domain.text import Language
from kiosk.session.events import (
    Continued,
    Door,
    DoorOpened,
    Ended,
    LanguageChosen,
    MoreTimeAsked,
    Started,
    WentBack,
)
from kiosk.session.states import Ending, Receipting, Resulting, Session, SubmitPhase, Submitting
from ui.core import CoreView, PageShelf
from ui.viewmodels.access import AccessViewModel
from ui.viewmodels.capture import CaptureViewModel
from ui.viewmodels.find import FindViewModel
from ui.viewmodels.guide import GuideViewModel, NoticeViewModel
from ui.viewmodels.identify import IdentifyViewModel
from ui.viewmodels.materials import MaterialsViewModel
from ui.viewmodels.outcome import EndingViewModel, OutcomeViewModel, SubmissionViewModel
from ui.viewmodels.prefill import PrefillViewModel
from ui.viewmodels.question import QuestionViewModel
from ui.viewmodels.review import ReviewViewModel
from ui.viewmodels.surroundings import SCREENS, banner, has_personal_data, step

if TYPE_CHECKING:
    from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ShellViewModel(QObject):
    """Adapts the core's session for QML; every screen's own view-model hangs here.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives pages an address that QML can show.
        parent: Qt owner.
    """

    changed = Signal()
    languageChanged = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._session = core.session
        self._access = AccessViewModel(core, self)
        self._find = FindViewModel(core, self)
        self._guide = GuideViewModel(core, self)
        self._notice = NoticeViewModel(core, self)
        self._identify = IdentifyViewModel(core, self)
        self._prefill = PrefillViewModel(core, self)
        self._question = QuestionViewModel(core, self)
        self._materials = MaterialsViewModel(core, self)
        self._capture = CaptureViewModel(core, pages, self)
        self._review = ReviewViewModel(core, pages, self)
        self._submission = SubmissionViewModel(core, self)
        self._outcome = OutcomeViewModel(core, self)
        self._ending = EndingViewModel(core, self)
        self._screens: tuple[ScreenViewModel, ...] = (
            self._access, self._find, self._guide, self._notice, self._identify, self._prefill,
            self._question, self._materials, self._capture, self._review, self._submission,
            self._outcome, self._ending,
        )  # fmt: skip
        self._show(core.session)
        core.subscribe(self._show)

    def _show(self, session: Session) -> None:
        if not isValid(self):
            return
        other_language = session.language != self._session.language
        self._session = session
        for screen in self._screens:
            screen.show(session)
        if other_language:
            self.languageChanged.emit()
        self.changed.emit()

    @property
    def chosen_language(self) -> Language:
        """Language of the screens, for the translator."""
        return self._session.language

    @Property(str, notify=changed)
    def screen(self) -> str:
        """Which screen is shown."""
        return SCREENS[type(self._session.state)]

    @Property(str, notify=changed)
    def language(self) -> str:
        """Language of the screens, ``zh-CN``, ``zh-Hant`` or ``en``."""
        return self._session.language.value

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where the terminal stands."""
        return self._core.facts.place.in_(self._session.language)

    @Property(str, constant=True)
    def terminalNo(self) -> str:
        """The terminal's number."""
        return self._core.facts.number

    @Property(str, constant=True)
    def hotline(self) -> str:
        """Telephone number of the help line."""
        return self._core.facts.hotline

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """Whether the platform did not answer last time."""
        return self._session.online is False

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        """Whether there is a way back; none after submitting."""
        return not isinstance(self._session.state, Submitting | Resulting | Receipting | Ending)

    @Property(bool, notify=changed)
    def canEnd(self) -> bool:
        """Whether the visit can be left at this moment: always, but for the blink of storing."""
        state = self._session.state
        return not (isinstance(state, Submitting) and state.phase is SubmitPhase.STORING)

    @Property(bool, notify=changed)
    def warning(self) -> bool:
        """Whether the visit ends soon by itself."""
        return self._session.warning_until_s is not None

    @Property(bool, notify=changed)
    def personal(self) -> bool:
        """Whether something of a resident may stand on the screen."""
        return has_personal_data(self._session.state)

    @Property(int, notify=changed)
    def secondsLeft(self) -> int:
        """Seconds until the visit ends by itself."""
        until_s = self._session.warning_until_s
        return 0 if until_s is None else max(0, ceil(until_s - self._session.now_s))

    @Property(str, notify=changed)
    def banner(self) -> str:
        """What to say of a device that the screen needs and that cannot be used now."""
        return banner(self._session)

    @Property(int, notify=changed)
    def stepNo(self) -> int:
        """Step of the application, 0 outside of one."""
        return step(self._session.state)[0]

    @Property(int, notify=changed)
    def stepCount(self) -> int:
        """How many steps the application has."""
        return step(self._session.state)[1]

    @Property(AccessViewModel, constant=True)
    def access(self) -> AccessViewModel:
        """For the panel on every screen."""
        return self._access

    @Property(FindViewModel, constant=True)
    def find(self) -> FindViewModel:
        """For the finding screen."""
        return self._find

    @Property(GuideViewModel, constant=True)
    def guide(self) -> GuideViewModel:
        """For the guide."""
        return self._guide

    @Property(NoticeViewModel, constant=True)
    def notice(self) -> NoticeViewModel:
        """For the privacy notice."""
        return self._notice

    @Property(IdentifyViewModel, constant=True)
    def identify(self) -> IdentifyViewModel:
        """For the card screen."""
        return self._identify

    @Property(PrefillViewModel, constant=True)
    def prefill(self) -> PrefillViewModel:
        """For the data already known."""
        return self._prefill

    @Property(QuestionViewModel, constant=True)
    def question(self) -> QuestionViewModel:
        """For one question."""
        return self._question

    @Property(MaterialsViewModel, constant=True)
    def materials(self) -> MaterialsViewModel:
        """For the list of documents."""
        return self._materials

    @Property(CaptureViewModel, constant=True)
    def capture(self) -> CaptureViewModel:
        """For taking a page."""
        return self._capture

    @Property(ReviewViewModel, constant=True)
    def review(self) -> ReviewViewModel:
        """For the review."""
        return self._review

    @Property(SubmissionViewModel, constant=True)
    def submission(self) -> SubmissionViewModel:
        """For the submission on its way."""
        return self._submission

    @Property(OutcomeViewModel, constant=True)
    def outcome(self) -> OutcomeViewModel:
        """For the result and the receipt."""
        return self._outcome

    @Property(EndingViewModel, constant=True)
    def ending(self) -> EndingViewModel:
        """For the goodbye."""
        return self._ending

    @Slot()
    def start(self) -> None:
        """The attract screen was touched."""
        self._core.post(Started())

    @Slot(str)
    def openDoor(self, door: str) -> None:
        """A door of the home screen was chosen."""
        self._core.post(DoorOpened(Door(door)))

    @Slot()
    def goOn(self) -> None:
        """The screen's primary button was pressed."""
        self._core.post(Continued())

    @Slot()
    def goBack(self) -> None:
        """Back was pressed."""
        self._core.post(WentBack())

    @Slot()
    def end(self) -> None:
        """End was pressed."""
        self._core.post(Ended())

    @Slot()
    def switchLanguage(self) -> None:
        """English was chosen while Chinese is shown, or Chinese while English is."""
        other = Language.EN if self._session.language.chinese else Language.ZH
        self._core.post(LanguageChosen(other))

    @Slot()
    def askMoreTime(self) -> None:
        """The resident is still here."""
        self._core.post(MoreTimeAsked())
