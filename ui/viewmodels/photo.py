"""Taking one photo of a reported problem."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.events import CaptureAsked, RetakeAsked
from kiosk.session.report_states import PhotoPhase, ReportPhoto
from kiosk.session.states import Session
from ui.core import CoreView, PageShelf
from ui.images import CameraFeed
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PhotoViewModel(ScreenViewModel):
    """The live picture, then the photo to look at.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives the photo an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._state: ReportPhoto | None = None
        self._language = Language.ZH
        self._feed = CameraFeed(core.live_picture, self)

    def show(self, session: Session) -> None:
        """Show what the camera is doing."""
        state = session.state if isinstance(session.state, ReportPhoto) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(bool, notify=changed)
    def working(self) -> bool:
        """Whether the photo is being taken."""
        return self._state is not None and self._state.phase is PhotoPhase.WORKING

    @Property(bool, notify=changed)
    def judging(self) -> bool:
        """Whether there is a photo to look at."""
        return self._state is not None and self._state.phase is PhotoPhase.JUDGING

    @Property(str, notify=changed)
    def page(self) -> str:
        """Address of the photo."""
        page = None if self._state is None else self._state.page
        return "" if page is None else self._pages.url(page.jpeg)

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the camera could not take it."""
        if self._state is None or self._state.fault is None:
            return ""
        return say(self._state.fault.code, self._language, device="camera-1")

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
