"""Not successful: what is kept, and where to go."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.events import ReceiptChosen
from kiosk.session.states import Failing, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FailingViewModel(ScreenViewModel):
    """Why it was not successful."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Failing | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show what happened."""
        state = session.state if isinstance(session.state, Failing) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(bool, notify=changed)
    def refused(self) -> bool:
        """Whether it was stored and the platform said no; otherwise all is still here."""
        return self._state is not None and self._state.outcome is not None

    @Property(str, notify=changed)
    def name(self) -> str:
        """What was applied for."""
        return "" if self._state is None else self._state.item.name.in_(self._language)

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why, and what to do."""
        return "" if self._state is None else say(self._state.fault.code, self._language)

    @Property(str, notify=changed)
    def receiptNo(self) -> str:
        """The terminal's number, when it was stored."""
        if self._state is None or self._state.outcome is None:
            return ""
        return self._state.outcome.receipt_no

    @Property(str, notify=changed)
    def window(self) -> str:
        """Where a person helps with it."""
        return "" if self._state is None else self._state.item.guide.window.in_(self._language)

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Whom to ring about it."""
        return "" if self._state is None else self._state.item.guide.phone

    @Slot()
    def keepOnPhone(self) -> None:
        """The number is to be scanned, or printed from there."""
        self._core.post(ReceiptChosen("phone"))
