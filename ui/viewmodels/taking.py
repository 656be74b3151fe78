"""What taking a page of a document and taking a reported problem's photo show alike."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.events import CaptureAsked, RetakeAsked
from kiosk.session.report_states import ReportPhoto
from kiosk.session.states import Capturing, Session
from ui.core import CoreView, PageShelf
from ui.images import CameraFeed
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TakingViewModel(ScreenViewModel):
    """The device at work, then the picture to look at.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives the picture an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._state: Capturing | ReportPhoto | None = None
        self._language = Language.ZH
        self._feed = CameraFeed(core.live_picture, self)

    def show(self, session: Session) -> None:
        """Show what the device is doing."""
        state = self._own(session)
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._refresh()
        self.changed.emit()

    def _own(self, session: Session) -> Capturing | ReportPhoto | None:
        """Return the state if it is this screen's."""
        raise NotImplementedError

    def _refresh(self) -> None:
        """Derive what else is shown."""

    @property
    def _device(self) -> str:
        return "camera-1"

    @Property(bool, notify=changed)
    def photo(self) -> bool:
        """Whether the camera takes it, not the scanner."""
        return self._device == "camera-1"

    @Property(bool, notify=changed)
    def working(self) -> bool:
        """Whether it is being taken."""
        return self._state is not None and self._state.phase is CapturePhase.WORKING

    @Property(bool, notify=changed)
    def judging(self) -> bool:
        """Whether there is a picture to look at."""
        return self._state is not None and self._state.phase is CapturePhase.JUDGING

    @Property(str, notify=changed)
    def page(self) -> str:
        """Address of the picture."""
        page = None if self._state is None else self._state.page
        return "" if page is None else self._pages.url(page.jpeg)

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the device could not take it, and what to do."""
        return said(None if self._state is None else self._state.fault, self._language, device=self._device)

    @Property(CameraFeed, constant=True)
    def feed(self) -> CameraFeed:
        """Where the live picture comes from."""
        return self._feed

    @Slot()
    def capture(self) -> None:
        """Take it now."""
        self._core.post(CaptureAsked())

    @Slot()
    def retake(self) -> None:
        """Take another one."""
        self._core.post(RetakeAsked())
