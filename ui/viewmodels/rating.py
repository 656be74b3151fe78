"""Five faces."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language, Text
from kiosk.session.events import Rated
from kiosk.session.states import Rating, Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

FACES = (
    (1, "very-good", Text("非常满意", "Very satisfied")),
    (2, "good", Text("满意", "Satisfied")),
    (3, "fair", Text("基本满意", "Fairly satisfied")),
    (4, "poor", Text("不满意", "Dissatisfied")),
    (5, "very-poor", Text("非常不满意", "Very dissatisfied")),
)
"""GB/T 39046 A.8."""


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One level of satisfaction."""

    score: int
    symbol: str
    title: str


@QmlElement
class RatingViewModel(ScreenViewModel):
    """What may be said of the service, and whether it was."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Rating | None = None
        self._language: Language | None = None
        self._faces = RowModel(FaceRow, self)

    def show(self, session: Session) -> None:
        """Show the faces, or what became of the rating."""
        state = session.state if isinstance(session.state, Rating) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._faces.show(
            [FaceRow(score, symbol, title.in_(session.language)) for score, symbol, title in FACES]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def phase(self) -> str:
        """``asking``, ``sending``, ``sent`` or ``unsent``."""
        return "" if self._state is None else self._state.phase.value

    @Property(str, notify=changed)
    def name(self) -> str:
        """What is rated."""
        if self._state is None or self._language is None:
            return ""
        return self._state.outcome.item.name.in_(self._language)

    @Property(RowModel, constant=True)
    def faces(self) -> RowModel:
        """The five levels, best first."""
        return self._faces

    @Slot(int)
    def rate(self, score: int) -> None:
        """A face was touched."""
        self._core.post(Rated(score))
