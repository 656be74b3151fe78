"""A screen of choices, whatever they are about; ``choosing`` says which."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.side_events import Picked
from kiosk.session.states import Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.choices import ChoiceLine, Choosing
from ui.viewmodels.choosing import choosing
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PickViewModel(ScreenViewModel):
    """The choices, and what was chosen."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._shown = Choosing()
        self._lines = RowModel(ChoiceLine, self)

    def show(self, session: Session) -> None:
        """Show the choices of the state, if it is one of these."""
        shown = choosing(session, self._core.catalogue) or Choosing()
        if shown == self._shown:
            return
        self._shown = shown
        self._lines.show(shown.lines)
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question."""
        return self._shown.title

    @Property(str, notify=changed)
    def lead(self) -> str:
        """One sentence below it."""
        return self._shown.lead

    @Property(str, notify=changed)
    def fault(self) -> str:
        """What is in the way."""
        return self._shown.fault

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the answer is still awaited."""
        return self._shown.busy

    @Property(str, notify=changed)
    def primary(self) -> str:
        """Words of the button that goes on; empty when a touch on a choice does."""
        return self._shown.primary

    @Property(int, notify=changed)
    def columns(self) -> int:
        """How many choices stand beside each other."""
        return self._shown.columns

    @Property(bool, notify=changed)
    def confidential(self) -> bool:
        """Whether the choices say something personal."""
        return self._shown.private

    @Property(RowModel, constant=True)
    def lines(self) -> RowModel:
        """The choices."""
        return self._lines

    @Slot(str)
    def choose(self, code: str) -> None:
        """A choice was touched."""
        self._core.post(Picked(code))
