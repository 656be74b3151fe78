"""The pre-check: a question on the resident's situation, and why an item does not fit."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.situation import stopped_by
from kiosk.domain.text import Language
from kiosk.session.events import WayChosen
from kiosk.session.prechecking import question_of
from kiosk.session.states import Checking, Session, Unfit
from ui.core import CoreView
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.question_rows import ChoiceRow
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PrecheckViewModel(ScreenViewModel):
    """One question with its answers."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Checking | None = None
        self._language = Language.ZH
        self._turn = 0
        self._ways = RowModel(ChoiceRow, self)

    def show(self, session: Session) -> None:
        """Show the question."""
        state = session.state if isinstance(session.state, Checking) else None
        if (state, session.language) == (self._state, self._language):
            return
        if (state and state.question) != (self._state and self._state.question):
            self._turn += 1
        self._state, self._language = state, session.language
        chosen = {} if state is None else dict(state.situation)
        ways = () if state is None else question_of(state).ways
        self._ways.show([
            ChoiceRow(way.value, way.title.in_(self._language),
                      state is not None and chosen.get(state.question) == way.value)
            for way in ways
        ])  # fmt: skip
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question itself."""
        return "" if self._state is None else question_of(self._state).title.in_(self._language)

    @Property(str, notify=changed)
    def name(self) -> str:
        """What the item is called."""
        return "" if self._state is None else self._state.item.name.in_(self._language)

    @Property(int, notify=changed)
    def number(self) -> int:
        """Which question it is, counted from 1."""
        if self._state is None:
            return 0
        return [one.code for one in self._state.item.precheck].index(self._state.question) + 1

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many questions there are."""
        return 0 if self._state is None else len(self._state.item.precheck)

    @Property(int, notify=changed)
    def turn(self) -> int:
        """Changes with each question."""
        return self._turn

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it does not go on yet."""
        return said(None if self._state is None else self._state.fault, self._language)

    @Property(RowModel, constant=True)
    def ways(self) -> RowModel:
        """The answers to choose from."""
        return self._ways

    @Slot(str)
    def choose(self, value: str) -> None:
        """An answer was chosen."""
        self._core.post(WayChosen(value))


@QmlElement
class UnfitViewModel(ScreenViewModel):
    """Why the item cannot be filed here in this situation, what else can be done, whom to ask."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Unfit | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show the reason."""
        state = session.state if isinstance(session.state, Unfit) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        """What the item is called."""
        return "" if self._state is None else self._state.item.name.in_(self._language)

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why, and what can be done instead."""
        if self._state is None:
            return ""
        stops = stopped_by(self._state.item.precheck, dict(self._state.situation))
        return "" if stops is None else stops.in_(self._language)

    @Property(str, notify=changed)
    def window(self) -> str:
        """Where a person helps with it."""
        return "" if self._state is None else self._state.item.guide.window.in_(self._language)

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Whom to ring about it."""
        return "" if self._state is None else self._state.item.guide.phone
