"""Laying the identity card on the reader."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.states import Identifying, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class IdentifyViewModel(ScreenViewModel):
    """What the reader waits for, and why the last try failed."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Identifying | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show the reader's phase."""
        state = session.state if isinstance(session.state, Identifying) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``waiting`` or ``reading``."""
        return "" if self._state is None else self._state.phase.value

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the last try failed and what to do."""
        if self._state is None or self._state.fault is None:
            return ""
        return say(self._state.fault.code, self._language, device="idcard-1")
