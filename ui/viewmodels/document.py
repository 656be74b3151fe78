"""One certificate before it is printed, masked, and what became of the paper."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.certificate import CertificateFacts
from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.text import Language
from kiosk.session.document_states import AT_WORK, DocumentShowing, PaperPhase
from kiosk.session.states import Session
from ui.core import CoreView
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.formats import shown_date
from ui.words import documents as words

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DocumentViewModel(ScreenViewModel):
    """What the resident sees of it; name and number stay masked."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: DocumentShowing | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show the document."""
        state = session.state if isinstance(session.state, DocumentShowing) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @property
    def _document(self) -> CertificateFacts | None:
        return None if self._state is None else self._state.document

    @Property(str, notify=changed)
    def title(self) -> str:
        """How far it is."""
        return "" if self._state is None else words.TITLES[self._state.phase.value].in_(self._language)

    @Property(str, notify=changed)
    def name(self) -> str:
        """What it is called."""
        return "" if self._document is None else self._document.title.in_(self._language)

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Whose it is, masked."""
        return "" if self._document is None else mask_name(self._document.name)

    @Property(str, notify=changed)
    def number(self) -> str:
        """Identity number, masked."""
        return "" if self._document is None else mask_number(self._document.number)

    @Property(str, notify=changed)
    def source(self) -> str:
        """Who vouches for it."""
        return "" if self._document is None else self._document.department.in_(self._language)

    @Property(str, notify=changed)
    def asOf(self) -> str:
        """Day of its data."""
        return "" if self._document is None else shown_date(self._document.as_of, self._language)

    @Property(int, notify=changed)
    def pages(self) -> int:
        """How many pages of A4."""
        return 0 if self._document is None else self._document.pages

    @Property(bool, notify=changed)
    def working(self) -> bool:
        """Whether platform or printer is at work."""
        return self._state is not None and self._state.phase in AT_WORK

    @Property(bool, notify=changed)
    def printed(self) -> bool:
        """Whether it lies in the tray."""
        return self._state is not None and self._state.phase is PaperPhase.PRINTED

    @Property(str, notify=changed)
    def primary(self) -> str:
        """Words of the button."""
        if self._state is None or self.working:
            return ""
        again = self._state.attempt > 0 and self._state.phase is not PaperPhase.READY
        return (words.PRINT_AGAIN if again else words.PRINT).in_(self._language)

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it was not printed."""
        fault = None if self._state is None else self._state.fault
        return said(fault, self._language, device="pageprinter-1")
