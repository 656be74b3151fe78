"""A screen with one input, whatever it is about; ``writing`` says which."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.session.events import AnswerEdited
from kiosk.session.states import Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.writing import Writing, writing

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class EntryViewModel(ScreenViewModel):
    """The question and its input.

    ``asked`` comes with another question: then the input takes over ``draft``.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._shown = Writing()
        self._questions = 0

    def show(self, session: Session) -> None:
        """Show the question of the state, if it is one of these."""
        shown = writing(session) or Writing()
        if shown == self._shown:
            return
        other = shown.key != self._shown.key
        self._shown = shown
        self.changed.emit()
        if other:
            self._questions += 1
            self.asked.emit()

    @Property(int, notify=asked)
    def question(self) -> int:
        """Counts questions; the input takes over ``draft`` when it changes."""
        return self._questions

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question."""
        return self._shown.title

    @Property(str, notify=changed)
    def lead(self) -> str:
        """One sentence below it."""
        return self._shown.lead

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What stands in the empty input."""
        return self._shown.hint

    @Property(str, notify=changed)
    def draft(self) -> str:
        """What stands in the input, as the session knows it."""
        return self._shown.draft

    @Property(str, notify=changed)
    def keys(self) -> str:
        """``words``, ``digits`` or ``code``."""
        return self._shown.keys

    @Property(str, notify=changed)
    def fault(self) -> str:
        """What is wrong."""
        return self._shown.fault

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the answer is still awaited."""
        return self._shown.busy

    @Property(str, notify=changed)
    def primary(self) -> str:
        """Words of the button that goes on."""
        return self._shown.primary

    @Slot(str)
    def edit(self, text: str) -> None:
        """The input was edited."""
        self._core.post(AnswerEdited(text))
