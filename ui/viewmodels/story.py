"""How one application stands: its number, and what happened when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.cases import AwaitedReceipt, CaseProgress, KeptHere, Story
from kiosk.domain.local_time import local_time
from kiosk.domain.report import ReportProgress
from kiosk.domain.text import Language, Text
from kiosk.session.progress_states import Telling
from kiosk.session.report_states import ReportSupported
from kiosk.session.states import Session
from ui.core import CoreView
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.choosing import service_name
from ui.viewmodels.formats import shown_date
from ui.viewmodels.report_choices import report_name
from ui.viewmodels.rows import RowModel
from ui.words import progress as words
from ui.words import reporting

_NOTHING = Text("", "")
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
    tone: str = "info"


@QmlElement
class StoryViewModel(ScreenViewModel):
    """One application, newest news first."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Telling | ReportSupported | None = None
        self._language = Language.ZH
        self._steps = RowModel(StepRow, self)

    def show(self, session: Session) -> None:
        """Show how it stands."""
        state = session.state if isinstance(session.state, Telling | ReportSupported) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._steps.show([] if self._story is None else _steps(self._story, self._language))
        self.changed.emit()

    @property
    def _story(self) -> Story | None:
        return self._state.report if isinstance(self._state, ReportSupported) else self._told

    @property
    def _told(self) -> Story | None:
        return self._state.story if isinstance(self._state, Telling) else None

    @Property(str, notify=changed)
    def title(self) -> str:
        """Where it stands now, or that a support was counted."""
        if self.supported:
            return reporting.SUPPORTED.in_(self._language)
        rows = self._steps.rows
        return str(getattr(rows[0], "title", "")) if rows else ""

    @Property(str, notify=changed)
    def name(self) -> str:
        """What was applied for, or reported, where it is known."""
        match self._story:
            case CaseProgress() as case:
                return service_name(case, self._core.catalogue, self._language)
            case ReportProgress(kind=kind, supports=supports):
                by = reporting.SUPPORTED_BY.in_(self._language).format(supports=supports)
                return f"{report_name(kind, self._language)}{reporting.STOP.in_(self._language)}{by}"
            case _:
                return ""

    @Property(bool, notify=changed)
    def supported(self) -> bool:
        """Whether it is somebody else's report that counts one more now."""
        return isinstance(self._state, ReportSupported)

    @Property(str, notify=changed)
    def caseNo(self) -> str:
        """办件编号, where there is one."""
        match self._story:
            case CaseProgress(number=number) | ReportProgress(number=number):
                return number
            case KeptHere(case_no=number):
                return number or ""
            case _:
                return ""

    @Property(str, notify=changed)
    def receiptNo(self) -> str:
        """Number of the receipt, where it is known."""
        story = self._story
        return "" if story is None or isinstance(story, ReportProgress) else story.receipt_no

    @Property(str, notify=changed)
    def earlierNo(self) -> str:
        """办件编号 of a case like this one that was open when this one came."""
        return (self._story.earlier or "") if isinstance(self._story, CaseProgress) else ""

    @Property(bool, notify=changed)
    def needsMore(self) -> bool:
        """Whether documents are asked for again, which can be handed in here."""
        story = self._story
        return isinstance(story, CaseProgress) and story.latest.status == "correction-required"

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it cannot go on here."""
        return said(self._state.fault if isinstance(self._state, Telling) else None, self._language)

    @Property(RowModel, constant=True)
    def steps(self) -> RowModel:
        """What happened, newest first."""
        return self._steps


def _steps(story: Story, language: Language) -> list[StepRow]:
    match story:
        case CaseProgress(statuses=statuses):
            named = [(entry.status, entry.at, entry.note) for entry in statuses]
            return _dated(named, words.STATUS, words.MEANING, language)
        case ReportProgress(stages=stages):
            named = [(entry.stage, entry.at, entry.note) for entry in stages]
            return _dated(named, reporting.STAGE, reporting.STAGE_MEANING, language)
        case AwaitedReceipt(certain=certain):
            meaning = words.AWAITED_CERTAIN if certain else words.AWAITED_UNSURE
            return [StepRow(words.AWAITED.in_(language), "", meaning.in_(language), "", last=True)]
        case KeptHere(case_no=case_no, report=report):
            kept = (reporting.KEPT, reporting.KEPT_MEANING) if report else (words.KEPT, words.KEPT_MEANING)
            title, meaning = kept if case_no is None else (words.DELIVERED, words.DELIVERED_MEANING)
            return [StepRow(title.in_(language), "", meaning.in_(language), "", last=True)]


def _meaning(name: str, note: str, meanings: Mapping[str, Text]) -> Text:
    unsaid = words.WITHOUT_NOTE.get(name) if note == "" else None
    return unsaid or meanings.get(name, _NOTHING)


def _dated(
    entries: Sequence[tuple[str, datetime, str]],
    names: Mapping[str, Text],
    meanings: Mapping[str, Text],
    language: Language,
) -> list[StepRow]:
    rows = [
        StepRow(
            names.get(name, words.UNKNOWN).in_(language),
            shown_date(local_time(at).date(), language),
            _meaning(name, note, meanings).in_(language),
            note,
            tone="warn" if name in words.GRAVE else "info",
            last=n == len(entries),
        )
        for n, (name, at, note) in enumerate(entries, start=1)
    ]
    return rows[::-1]
