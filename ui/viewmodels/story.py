"""How one application stands: its number, and what happened when."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.cases import AwaitedReceipt, CaseProgress, KeptHere, Story
from kiosk.domain.local_time import local_time
from kiosk.domain.text import Language
from kiosk.session.progress_states import Telling
from kiosk.session.states import Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.choosing import service_name
from ui.viewmodels.formats import shown_date
from ui.viewmodels.rows import RowModel
from ui.words import progress as words

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that happened; ``last`` is where it stands now."""

    title: str
    day: str
    meaning: str
    note: str
    last: bool


@QmlElement
class StoryViewModel(ScreenViewModel):
    """One application, newest news first."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Telling | None = None
        self._language = Language.ZH
        self._steps = RowModel(StepRow, self)

    def show(self, session: Session) -> None:
        """Show how it stands."""
        state = session.state if isinstance(session.state, Telling) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._steps.show([] if state is None else _steps(state.story, self._language))
        self.changed.emit()

    @property
    def _story(self) -> Story | None:
        return None if self._state is None else self._state.story

    @Property(str, notify=changed)
    def title(self) -> str:
        """Where it stands now."""
        rows = self._steps.rows
        return str(getattr(rows[0], "title", "")) if rows else ""

    @Property(str, notify=changed)
    def name(self) -> str:
        """What was applied for, where it is known."""
        if not isinstance(self._story, CaseProgress):
            return ""
        return service_name(self._story, self._core.catalogue, self._language)

    @Property(str, notify=changed)
    def caseNo(self) -> str:
        """办件编号, where there is one."""
        match self._story:
            case CaseProgress(number=number):
                return number
            case KeptHere(case_no=number):
                return number or ""
            case _:
                return ""

    @Property(str, notify=changed)
    def receiptNo(self) -> str:
        """Number of the receipt."""
        return "" if self._story is None else self._story.receipt_no

    @Property(bool, notify=changed)
    def needsMore(self) -> bool:
        """Whether documents are asked for again, which can be handed in here."""
        story = self._story
        return isinstance(story, CaseProgress) and story.latest.status == "correction-required"

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it cannot go on here."""
        if self._state is None or self._state.fault is None:
            return ""
        return say(self._state.fault.code, self._language)

    @Property(RowModel, constant=True)
    def steps(self) -> RowModel:
        """What happened, newest first."""
        return self._steps


def _steps(story: Story, language: Language) -> list[StepRow]:
    match story:
        case CaseProgress(statuses=statuses):
            newest = len(statuses) - 1
            rows = [
                StepRow(
                    words.STATUS.get(entry.status, words.UNKNOWN).in_(language),
                    shown_date(local_time(entry.at).date(), language),
                    words.MEANING[entry.status].in_(language) if entry.status in words.MEANING else "",
                    entry.note,
                    last=at == newest,
                )
                for at, entry in enumerate(statuses)
            ]
            return rows[::-1]
        case AwaitedReceipt(certain=certain):
            meaning = words.AWAITED_CERTAIN if certain else words.AWAITED_UNSURE
            return [StepRow(words.AWAITED.in_(language), "", meaning.in_(language), "", last=True)]
        case KeptHere(case_no=case_no):
            title, meaning = (
                (words.KEPT, words.KEPT_MEANING)
                if case_no is None
                else (words.DELIVERED, words.DELIVERED_MEANING)
            )
            return [StepRow(title.in_(language), "", meaning.in_(language), "", last=True)]
