"""One question on the screen."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.forms.entries import is_full
from kiosk.session.entering import listed
from kiosk.session.events import (
    AddressTaken,
    AnswerEdited,
    EntryAdded,
    EntryChosen,
    EntryRemoved,
    OptionToggled,
    PlaceByHand,
    PlacePicked,
    PlacesReopened,
)
from kiosk.session.states import Asking, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels import pad
from ui.viewmodels import question_rows as rows
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class QuestionViewModel(ScreenViewModel):
    """The question, what stands in its input, and what is wrong with it.

    ``asked`` comes after ``changed`` and only with another question, another column or another step of an
    address: then the input takes over ``draft``. While the resident types, on the keyboard or on the number
    pad, the input is ahead of the session and is left alone.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Asking | None = None
        self._language = Language.ZH
        self._questions = 0
        self._typed = ""
        self._choices = RowModel(rows.ChoiceRow, self)
        self._places = RowModel(rows.PlaceRow, self)
        self._known = RowModel(rows.PlaceRow, self)
        self._entries = RowModel(rows.EntryRow, self)

    def show(self, session: Session) -> None:
        """Show the question."""
        state = session.state if isinstance(session.state, Asking) else None
        if (state, session.language) == (self._state, self._language):
            return
        other = _input_of(state) != _input_of(self._state)
        self._state, self._language = state, session.language
        if other:
            self._typed = "" if state is None else pad.bare(state.field.kind, state.draft)
        self._choices.show([] if state is None else rows.choice_rows(state, self._language))
        self._places.show([] if state is None else rows.place_rows(state, self._language))
        self._known.show([] if state is None else rows.known_rows(state, self._language))
        self._entries.show([] if state is None else rows.entry_rows(state, self._language))
        self.changed.emit()
        if other:
            self._questions += 1
            self.asked.emit()

    @Property(int, notify=asked)
    def question(self) -> int:
        """Counts inputs; the text field takes over ``draft`` when it changes."""
        return self._questions

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question itself."""
        return "" if self._state is None else self._state.field.title.in_(self._language)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """One sentence below the question."""
        return "" if self._state is None else self._state.field.hint.in_(self._language)

    @Property(str, notify=changed)
    def kind(self) -> str:
        """Kind of the question, which decides the input: ``kiosk.forms.model.FieldKind``."""
        return "" if self._state is None else self._state.field.kind

    @Property(bool, notify=changed)
    def padded(self) -> bool:
        """Whether it is answered on the number pad."""
        return self._state is not None and pad.is_padded(self._state.field.kind)

    @Property(bool, notify=changed)
    def optional(self) -> bool:
        """Whether it may be left open."""
        return self._state is not None and not self._state.field.required

    @Property(str, notify=changed)
    def entry(self) -> str:
        """Which entry of a repeated group is asked."""
        return "" if self._state is None else rows.entry_words(self._state, self._language)

    @Property(str, notify=changed)
    def draft(self) -> str:
        """What stands in the input, as the session knows it."""
        return "" if self._state is None else self._state.draft

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What was typed on the number pad."""
        return self._typed

    @Property(str, notify=changed)
    def shown(self) -> str:
        """What was typed on the number pad, in groups as people read it."""
        if self._state is None:
            return ""
        field = self._state.field
        return pad.grouped(field.kind, self._typed, whole=field.limits.whole)

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What is wrong with the answer."""
        problem = None if self._state is None else self._state.problem
        return "" if problem is None else say(problem.code, self._language, problem.parameters)

    @Property(bool, notify=changed)
    def changing(self) -> bool:
        """Whether it was opened from the review."""
        return self._state is not None and self._state.changing

    @Property(str, notify=changed)
    def picking(self) -> str:
        """How an address is given now: ``list``, ``typing`` or ``whole``; empty for other questions."""
        picking = None if self._state is None else self._state.picking
        if picking is None:
            return ""
        return "typing" if picking.typing else "whole" if picking.whole else "list"

    @Property(str, notify=changed)
    def picked(self) -> str:
        """The places picked so far."""
        return "" if self._state is None else rows.picked_words(self._state, self._language)

    @Property(str, notify=changed)
    def step(self) -> str:
        """What is to be picked or written next."""
        return "" if self._state is None else rows.step_words(self._state, self._language)

    @Property(bool, notify=changed)
    def narrow(self) -> bool:
        """Whether the places have short names, of which three fit beside each other."""
        return self._state is not None and rows.are_short(rows.place_rows(self._state, self._language))

    @Property(bool, notify=changed)
    def canAdd(self) -> bool:
        """Whether one more entry fits."""
        state = self._state
        return state is not None and state.field.kind == "group" and not is_full(state.field, listed(state))

    @Property(str, notify=changed)
    def listNote(self) -> str:
        """That the list is empty, or full."""
        return "" if self._state is None else rows.list_words(self._state, self._language)

    @Property(RowModel, constant=True)
    def choices(self) -> RowModel:
        """Answers to choose from, where the question has them."""
        return self._choices

    @Property(RowModel, constant=True)
    def places(self) -> RowModel:
        """Places to pick from, while an address is picked."""
        return self._places

    @Property(RowModel, constant=True)
    def known(self) -> RowModel:
        """Addresses given in this form already, to take over."""
        return self._known

    @Property(RowModel, constant=True)
    def entries(self) -> RowModel:
        """Entries of a repeated group."""
        return self._entries

    @Slot(str)
    def edit(self, text: str) -> None:
        """The input was edited, or a choice was tapped."""
        self._core.post(AnswerEdited(text))

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the number pad was pressed: a digit, ``X``, ``erase`` or ``clear``."""
        if self._state is None:
            return
        field = self._state.field
        most = None if field.limits.whole else field.limits.length_max
        match key:
            case "erase":
                self._typed = self._typed[:-1]
            case "clear":
                self._typed = ""
            case _:
                self._typed = pad.pressed(field.kind, self._typed, key, most)
        self._core.post(AnswerEdited(self._typed))
        self.changed.emit()

    @Slot(str)
    def toggle(self, value: str) -> None:
        """One of several choices was ticked or unticked."""
        self._core.post(OptionToggled(value))

    @Slot(str)
    def pick(self, name: str) -> None:
        """A place was picked."""
        self._core.post(PlacePicked(name))

    @Slot()
    def typeRest(self) -> None:
        """The rest of the address is in no list."""
        self._core.post(PlaceByHand())

    @Slot(str)
    def take(self, name: str) -> None:
        """The address is the same as the answer to another question."""
        self._core.post(AddressTaken(name))

    @Slot()
    def pickAnew(self) -> None:
        """The address is to be picked from the lists."""
        self._core.post(PlacesReopened())

    @Slot()
    def addEntry(self) -> None:
        """One more entry is to be filled in."""
        self._core.post(EntryAdded())

    @Slot(int)
    def changeEntry(self, number: int) -> None:
        """An entry is to be changed; counted from 1."""
        self._core.post(EntryChosen(number - 1))

    @Slot(int)
    def removeEntry(self, number: int) -> None:
        """An entry is to be taken out; counted from 1."""
        self._core.post(EntryRemoved(number - 1))


def _input_of(state: Asking | None) -> object:
    """Return what tells one input from another."""
    if state is None:
        return None
    return state.name, state.entry and (state.entry.index, state.entry.column), state.picking
