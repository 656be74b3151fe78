"""Signing the application."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.events import StrokeDrawn, StrokesCleared
from kiosk.session.states import Session, Signing
from ui.core import CoreView
from ui.messages import said
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SigningViewModel(ScreenViewModel):
    """What was drawn so far, or that the card stands for it."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Signing | None = None
        self._language = Language.ZH

    def show(self, session: Session) -> None:
        """Show the signature."""
        state = session.state if isinstance(session.state, Signing) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self.changed.emit()

    @Property(list, notify=changed)
    def strokes(self) -> list[list[int]]:
        """The strokes, each a list of x and y in thousandths of the pad's width."""
        if self._state is None:
            return []
        return [[place for point in stroke for place in point] for stroke in self._state.signature.strokes]

    @Property(bool, notify=changed)
    def begun(self) -> bool:
        """Whether anything was drawn or confirmed."""
        signature = None if self._state is None else self._state.signature
        return signature is not None and (signature.by_card or bool(signature.strokes))

    @Property(bool, notify=changed)
    def byCard(self) -> bool:
        """Whether the card stands for the signature."""
        return self._state is not None and self._state.signature.by_card

    @Property(bool, notify=changed)
    def cardMay(self) -> bool:
        """Whether the card may stand for the signature at all."""
        return self._state is not None and self._state.by_card_too

    @Property(bool, notify=changed)
    def lifted(self) -> bool:
        """Whether the card may be laid down; otherwise it lies there still and has to be lifted first."""
        return self._state is not None and self._state.lifted

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why it is no signature yet."""
        return said(None if self._state is None else self._state.fault, self._language, device="idcard-1")

    @Slot(list)
    def draw(self, places: list[int]) -> None:
        """A stroke was drawn."""
        stroke = tuple((round(x), round(y)) for x, y in zip(places[::2], places[1::2], strict=False))
        self._core.post(StrokeDrawn(stroke))

    @Slot()
    def clear(self) -> None:
        """Begin again."""
        self._core.post(StrokesCleared())
