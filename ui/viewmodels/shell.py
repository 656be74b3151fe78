"""The frame around every screen: which one it is, and what stands on all of them."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement
from shiboken6 import isValid

from kiosk.domain.text import Language
from kiosk.session.events import (
    Continued,
    Ended,
    LanguageChosen,
    MoreTimeAsked,
    Started,
    WentBack,
)
from kiosk.session.personal import has_personal_data
from kiosk.session.states import (
    Ending,
    Failing,
    Rating,
    Receipting,
    Resulting,
    Session,
    SubmitPhase,
    Submitting,
)
from ui.core import CoreView, PageShelf
from ui.messages import say
from ui.viewmodels.screens import ScreensViewModel
from ui.viewmodels.surroundings import SCREENS, banner, step

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ShellViewModel(ScreensViewModel):
    """Adapts the core's session for QML; every screen's own view-model hangs here.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives pages an address that QML can show.
        parent: Qt owner.
    """

    changed = Signal()
    languageChanged = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, pages, parent)
        self._session = core.session
        self._speech_fault: str | None = None
        self._show(core.session)
        core.subscribe(self._show)

    def _show(self, session: Session) -> None:
        if not isValid(self):
            return
        other_language = session.language != self._session.language
        self._session = session
        self.show_screens(session)
        if other_language:
            self.languageChanged.emit()
        self.changed.emit()

    def when_read_again(self, action: Callable[[], None]) -> None:
        """Call ``action`` whenever the resident wants the screen read once more."""
        self._access.againAsked.connect(action)

    def tell_speech(self, fault: str | None) -> None:
        """Say why nothing can be read aloud, as a code, or that it can again."""
        self._speech_fault = fault
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
        state = self._session.state
        if isinstance(state, Failing):
            return state.visit is not None
        return not isinstance(state, Submitting | Resulting | Receipting | Rating | Ending)

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

    @Property(bool, notify=changed)
    def cardLies(self) -> bool:
        """Whether an identity card lies on the reader."""
        return self._session.card_on_reader

    @Property(int, notify=changed)
    def secondsLeft(self) -> int:
        """Seconds until the visit ends by itself."""
        until_s = self._session.warning_until_s
        return 0 if until_s is None else max(0, ceil(until_s - self._session.now_s))

    @Property(str, notify=changed)
    def banner(self) -> str:
        """What to say of a device, or of speech, that is needed and cannot be used now."""
        mute = self._speech_fault if self._session.access.voice else None
        return banner(self._session) or ("" if mute is None else say(mute, self._session.language))

    @Property(int, notify=changed)
    def stepNo(self) -> int:
        """Step of the application, 0 outside of one."""
        return step(self._session.state)[0]

    @Property(int, notify=changed)
    def stepCount(self) -> int:
        """How many steps the application has."""
        return step(self._session.state)[1]

    @Slot()
    def start(self) -> None:
        """The attract screen was touched."""
        self._core.post(Started())

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
