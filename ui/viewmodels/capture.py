"""Taking one page with the scanner or the camera, and judging it."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Material
from kiosk.domain.text import Language
from kiosk.session.events import CaptureAsked, RetakeAsked
from kiosk.session.states import Capturing, Session
from ui.core import CoreView, PageShelf
from ui.images import CameraFeed
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.guide import TextRow
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CaptureViewModel(ScreenViewModel):
    """The device's phase, the page taken and what is wrong with it.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives the page an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._state: Capturing | None = None
        self._material: Material | None = None
        self._language = Language.ZH
        self._url = ""
        self._feed = CameraFeed(core.live_picture, self)
        self._findings = RowModel(TextRow, self)

    def show(self, session: Session) -> None:
        """Show the page being taken."""
        state = session.state if isinstance(session.state, Capturing) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._material = None if state is None else _material(state)
        page = None if state is None else state.page
        self._url = "" if page is None else self._pages.url(page.jpeg)
        findings = () if state is None else state.findings
        self._findings.show([TextRow(say(code, self._language)) for code in findings])
        self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        """What the document is called."""
        return "" if self._material is None else self._material.name.in_(self._language)

    @Property(str, notify=changed)
    def how(self) -> str:
        """Which page, which side."""
        return "" if self._material is None else self._material.how.in_(self._language)

    @Property(str, notify=changed)
    def way(self) -> str:
        """``scan`` or ``photo``."""
        return "" if self._material is None else self._material.capture

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``ready``, ``working`` or ``judging``."""
        return "" if self._state is None else self._state.phase.value

    @Property(str, notify=changed)
    def page(self) -> str:
        """Address of the page taken."""
        return self._url

    @Property(bool, notify=changed)
    def good(self) -> bool:
        """Whether nothing is wrong with the page taken."""
        return self._state is not None and self._state.page is not None and not self._state.findings

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the device could not take it, and what to do."""
        if self._state is None or self._state.fault is None:
            return ""
        device = (
            "scanner-1" if self._material is not None and self._material.capture == "scan" else "camera-1"
        )
        return say(self._state.fault.code, self._language, device=device)

    @Property(RowModel, constant=True)
    def findings(self) -> RowModel:
        """What is wrong with the page taken."""
        return self._findings

    @Property(CameraFeed, constant=True)
    def feed(self) -> CameraFeed:
        """Where the live picture comes from."""
        return self._feed

    @Slot()
    def capture(self) -> None:
        """Take the page now."""
        self._core.post(CaptureAsked())

    @Slot()
    def retake(self) -> None:
        """The page is not good enough."""
        self._core.post(RetakeAsked())


def _material(state: Capturing) -> Material | None:
    for material in state.visit.materials:
        if material.code == state.material:
            return material
    return None
