"""Everything on one screen before it is submitted."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Material
from kiosk.domain.identity import Holder
from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.text import Language, Text
from kiosk.forms.display import display
from kiosk.forms.model import Field
from kiosk.forms.questions import SKIPPED, visible
from kiosk.session.events import ChangeAsked, DeclarationToggled
from kiosk.session.filling import is_fixed
from kiosk.session.states import Reviewing, Session, Visit
from ui.core import CoreView, PageShelf
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.materials import pages_text
from ui.viewmodels.reveal import Reveal
from ui.viewmodels.rows import RowModel
from ui.words import acting as words

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_OPEN = Text("未填写", "Not answered")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer."""

    field: str
    label: str
    value: str
    source: str
    fixed: bool
    computed: bool

    def __repr__(self) -> str:
        """Hide the value."""
        return f"AnswerRow({self.field!r})"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One of the two people, where somebody files for somebody else."""

    code: str
    label: str
    value: str

    def __repr__(self) -> str:
        """Hide the person."""
        return f"PersonRow({self.code!r})"


@dataclass(frozen=True, slots=True)
class PagesRow:
    """The pages of one document."""

    code: str
    name: str
    status: str
    picture: str


@QmlElement
class ReviewViewModel(ScreenViewModel):
    """All answers, all pages, the declaration.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives pages an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._pages = pages
        self._state: Reviewing | None = None
        self._language = Language.ZH
        self._people = RowModel(PersonRow, self)
        self._answers = RowModel(AnswerRow, self)
        self._documents = RowModel(PagesRow, self)
        self._reveal = Reveal(parent=self)
        self._reveal.changed.connect(self._refresh)

    def show(self, session: Session) -> None:
        """Show the whole application."""
        state = session.state if isinstance(session.state, Reviewing) else None
        if state is None or session.warning_until_s is not None:
            self._reveal.close()
        self._state, self._language = state, session.language
        self._refresh()

    def _refresh(self) -> None:
        visit = None if self._state is None else self._state.visit
        if visit is None:
            self._people.show([])
            self._answers.show([])
            self._documents.show([])
        else:
            self._people.show(_people(visit, self._language, masked=not self._reveal.open))
            sources = {datum.field: datum.source for datum in visit.data if datum.used}
            self._answers.show(
                [self._answer(visit, field, sources.get(field.name)) for field in _shown(visit)]
            )
            self._documents.show([self._document(visit, one) for one in visit.materials])
        self.changed.emit()

    def _answer(self, visit: Visit, field: Field, source: Text | None) -> AnswerRow:
        value = visit.answers.get(field.name)
        shown = (
            _OPEN.in_(self._language)
            if value is None or value == SKIPPED
            else display(field, value, self._language, masked=not self._reveal.open)
        )
        return AnswerRow(
            field=field.name,
            label=field.label.in_(self._language),
            value=shown,
            source="" if source is None else source.in_(self._language),
            fixed=field.computed is not None
            or (source is not None and (field.fixed or is_fixed(visit, field.name))),
            computed=field.computed is not None,
        )

    def _document(self, visit: Visit, material: Material) -> PagesRow:
        pages = visit.pages_of(material.code)
        return PagesRow(
            code=material.code,
            name=material.name.in_(self._language),
            status=pages_text(len(pages), material, self._language),
            picture=self._pages.url(pages[0].jpeg) if pages else "",
        )

    @Property(str, notify=changed)
    def name(self) -> str:
        """What is applied for."""
        return "" if self._state is None else self._state.visit.item.name.in_(self._language)

    @Property(bool, notify=changed)
    def declared(self) -> bool:
        """Whether the declaration is ticked."""
        return self._state is not None and self._state.declared

    @Property(bool, notify=changed)
    def revealed(self) -> bool:
        """Whether numbers are shown whole for the moment."""
        return self._reveal.open

    @Property(bool, notify=changed)
    def hides(self) -> bool:
        """Whether anything is hidden that could be shown."""
        if self._state is None:
            return False
        visit = self._state.visit
        return visit.acting is not None or any(field.secret for field in _shown(visit))

    @Property(bool, notify=changed)
    def acting(self) -> bool:
        """Whether it is filed for somebody else."""
        return self._state is not None and self._state.visit.acting is not None

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it could not be submitted, and what to do."""
        return said(None if self._state is None else self._state.fault, self._language)

    @Property(RowModel, constant=True)
    def people(self) -> RowModel:
        """Whom it is for, and who files it; empty for whoever files for themselves."""
        return self._people

    @Property(RowModel, constant=True)
    def answers(self) -> RowModel:
        """All answers in the order of the form."""
        return self._answers

    @Property(RowModel, constant=True)
    def documents(self) -> RowModel:
        """All documents."""
        return self._documents

    @Slot(str)
    def change(self, target: str) -> None:
        """A line is to be changed."""
        self._core.post(ChangeAsked(target))

    @Slot(bool)
    def declare(self, declared: bool) -> None:  # noqa: FBT001  # a slot of QML
        """The declaration was ticked or unticked."""
        self._core.post(DeclarationToggled(declared))

    @Slot()
    def reveal(self) -> None:
        """Show hidden numbers whole for a moment."""
        self._reveal.start()


def _shown(visit: Visit) -> tuple[Field, ...]:
    return visible(visit.form, visit.answers)


def _people(visit: Visit, language: Language, *, masked: bool) -> list[PersonRow]:
    acting = visit.acting
    if acting is None:
        return []
    who = words.GUARDIAN if acting.way == "guardian" else words.AGENT
    relation = acting.relation.name.in_(language)
    return [
        PersonRow("applicant", words.APPLICANT.in_(language), _person(visit.holder, masked=masked)),
        PersonRow("agent", f"{who.in_(language)} · {relation}", _person(acting.agent, masked=masked)),
    ]


def _person(who: Holder, *, masked: bool) -> str:
    if not masked:
        return f"{who.name} {who.number}"
    return f"{mask_name(who.name)} {mask_number(who.number)}"
