"""The documents of an application: which are there, which are missing."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Material
from kiosk.domain.text import Language, Text
from kiosk.session.events import MaterialChosen
from kiosk.session.states import Gathering, Session, Visit
from ui.core import CoreView
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.rows import RowModel
from ui.words.pages import TAKEN, TOO_FEW

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_MISSING = Text("还没有提交", "Not taken yet")
_LATER = Text("可以以后到窗口补交", "May be brought to a window later")
_OPTIONAL = Text("没有可以不交", "Only if you have it")


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One document."""

    code: str
    name: str
    how: str
    way: str
    taken: bool
    required: bool
    status: str


@QmlElement
class MaterialsViewModel(ScreenViewModel):
    """The list of documents."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Gathering | None = None
        self._language = Language.ZH
        self._rows = RowModel(MaterialRow, self)

    def show(self, session: Session) -> None:
        """Show the item's documents."""
        state = session.state if isinstance(session.state, Gathering) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        visit = None if state is None else state.visit
        self._rows.show([] if visit is None else [self._row(visit, one) for one in visit.materials])
        self.changed.emit()

    def _row(self, visit: Visit, material: Material) -> MaterialRow:
        pages = len(visit.pages_of(material.code))
        return MaterialRow(
            code=material.code,
            name=material.name.in_(self._language),
            how=material.how.in_(self._language),
            way=material.capture,
            taken=pages >= material.pages_min,
            required=pages > 0 or (material.required and not material.later),
            status=pages_text(pages, material, self._language),
        )

    @Property(RowModel, constant=True)
    def rows(self) -> RowModel:
        """The documents."""
        return self._rows

    @Property(str, notify=changed)
    def fault(self) -> str:
        """What is missing, when the resident wanted to go on."""
        return said(None if self._state is None else self._state.fault, self._language)

    @Slot(str)
    def choose(self, code: str) -> None:
        """A document was chosen to be taken."""
        self._core.post(MaterialChosen(code))


def pages_text(pages: int, material: Material, language: Language) -> str:
    """Return how much of a document is there."""
    if pages:
        words = TOO_FEW if pages < material.pages_min else TAKEN
        return words.in_(language).format(n=pages, least=material.pages_min)
    words = _OPTIONAL if not material.required else _LATER if material.later else _MISSING
    return words.in_(language)
