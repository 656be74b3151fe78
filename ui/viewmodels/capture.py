"""Taking one page with the scanner or the camera, and judging it."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Material
from kiosk.session.capturing import material_of
from kiosk.session.page_events import AcceptedAsIs
from kiosk.session.states import Capturing, Session
from ui.core import CoreView, PageShelf
from ui.messages import say
from ui.viewmodels.guide import TextRow
from ui.viewmodels.rows import RowModel
from ui.viewmodels.taking import TakingViewModel
from ui.words.pages import PAGE_OF

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CaptureViewModel(TakingViewModel):
    """The device's phase, the page taken and what is wrong with it."""

    shown = Signal()
    """PySide 6.11 ends the process when a property names a signal of the class above as its own."""

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, pages, parent)
        self._findings = RowModel(TextRow, self)

    def _own(self, session: Session) -> Capturing | None:
        return session.state if isinstance(session.state, Capturing) else None

    def _refresh(self) -> None:
        state = self._capturing
        codes = () if state is None else state.findings
        self._findings.show([TextRow(say(code, self._language)) for code in codes])
        self.shown.emit()

    @property
    def _capturing(self) -> Capturing | None:
        return self._state if isinstance(self._state, Capturing) else None

    @property
    def _material(self) -> Material | None:
        return None if self._capturing is None else material_of(self._capturing)

    @property
    def _device(self) -> str:
        return "scanner-1" if self._material is not None and self._material.capture == "scan" else "camera-1"

    @Property(str, notify=shown)
    def name(self) -> str:
        """What the document is called, and which page of it this is where there can be several."""
        state, material = self._capturing, self._material
        if state is None or material is None:
            return ""
        name = material.name.in_(self._language)
        if material.pages_max == 1:
            return name
        number = 1 + (len(state.visit.pages_of(material.code)) if state.place is None else state.place)
        return PAGE_OF.in_(self._language).format(name=name, n=number)

    @Property(str, notify=shown)
    def how(self) -> str:
        """Which page, which side."""
        return "" if self._material is None else self._material.how.in_(self._language)

    @Property(bool, notify=shown)
    def good(self) -> bool:
        """Whether nothing is wrong with the page taken."""
        return self._capturing is not None and not self._capturing.findings

    @Property(bool, notify=shown)
    def twice(self) -> bool:
        """Whether nothing is wrong with the page but that it looks like one that is there."""
        return self._capturing is not None and self._capturing.findings == ("page.duplicate",)

    @Property(str, notify=shown)
    def hint(self) -> str:
        """What to do with the page before the camera."""
        hint = None if self._capturing is None else self._capturing.hint
        return "" if hint is None else say(hint, self._language)

    @Property(bool, notify=shown)
    def ready(self) -> bool:
        """Whether the live picture shows a page as it should be."""
        return self._capturing is not None and self._capturing.hint == "live.ready"

    @Property(RowModel, constant=True)
    def findings(self) -> RowModel:
        """What is wrong with the page taken."""
        return self._findings

    @Slot()
    def accept(self) -> None:
        """The resident can read the page nevertheless."""
        self._core.post(AcceptedAsIs())
