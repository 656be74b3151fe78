"""One question on the screen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.events import AnswerEdited
from kiosk.session.states import Asking, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.rows import RowModel

if TYPE_CHECKING:
    from kiosk.forms.model import Field

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One answer to choose."""

    value: str
    title: str
    chosen: bool


@QmlElement
class QuestionViewModel(ScreenViewModel):
    """The question, what stands in its input, and what is wrong with it.

    ``asked`` comes after ``changed`` and only with another question: then the input takes over ``draft``.
    While the resident types, the input is ahead of the session and is left alone.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Asking | None = None
        self._field: Field | None = None
        self._language = Language.ZH
        self._questions = 0
        self._choices = RowModel(ChoiceRow, self)

    def show(self, session: Session) -> None:
        """Show the question."""
        state = session.state if isinstance(session.state, Asking) else None
        if (state, session.language) == (self._state, self._language):
            return
        other = (state and state.name) != (self._state and self._state.name)
        self._state, self._language = state, session.language
        self._field = None if state is None else state.visit.form.field(state.name)
        self._choices.show(self._choice_rows())
        self.changed.emit()
        if other:
            self._questions += 1
            self.asked.emit()

    def _choice_rows(self) -> list[ChoiceRow]:
        if self._state is None or self._field is None:
            return []
        return [
            ChoiceRow(choice.value, choice.title.in_(self._language), choice.value == self._state.draft)
            for choice in self._field.choices
        ]

    @Property(int, notify=asked)
    def question(self) -> int:
        """Counts questions; the input takes over ``draft`` when it changes."""
        return self._questions

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question itself."""
        return "" if self._field is None else self._field.title.in_(self._language)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """One sentence below the question."""
        return "" if self._field is None else self._field.hint.in_(self._language)

    @Property(str, notify=changed)
    def kind(self) -> str:
        """``text``, ``number``, ``date``, ``choice``, ``phone`` or ``id-number``."""
        return "" if self._field is None else self._field.kind

    @Property(bool, notify=changed)
    def optional(self) -> bool:
        """Whether it may be left open."""
        return self._field is not None and not self._field.required

    @Property(str, notify=changed)
    def draft(self) -> str:
        """What stands in the input, as the session knows it."""
        return "" if self._state is None else self._state.draft

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What is wrong with the answer."""
        problem = None if self._state is None else self._state.problem
        return "" if problem is None else say(problem.code, self._language, problem.parameters)

    @Property(bool, notify=changed)
    def changing(self) -> bool:
        """Whether it was opened from the review."""
        return self._state is not None and self._state.changing

    @Property(RowModel, constant=True)
    def choices(self) -> RowModel:
        """Answers to choose from, where the question has them."""
        return self._choices

    @Slot(str)
    def edit(self, text: str) -> None:
        """The input was edited, or a choice was tapped."""
        self._core.post(AnswerEdited(text))
