"""The goodbye: what must not be left behind, and what else may be of use."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.bell import FORGOTTEN
from kiosk.session.states import Ending, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.item_rows import ItemRow, choose_item, item_row
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


def forgotten_card(session: Session) -> str:
    """Return what becomes of a card that was left behind, once staff were called for it; else ``""``."""
    return say(FORGOTTEN, session.language) if session.left is not None and session.left.told else ""


@QmlElement
class EndingViewModel(ScreenViewModel):
    """What may still lie there, and what else fits whoever just filed something."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Ending | None = None
        self._language = Language.ZH
        self._card = False
        self._forgotten = ""
        self._also = RowModel(ItemRow, self)

    def show(self, session: Session) -> None:
        """Show what may still lie there."""
        state = session.state if isinstance(session.state, Ending) else None
        card = state is not None and session.card_on_reader
        forgotten = forgotten_card(session) if card else ""
        told = (self._state, self._language, self._card, self._forgotten)
        if (state, session.language, card, forgotten) == told:
            return
        self._state, self._language, self._card, self._forgotten = state, session.language, card, forgotten
        self._also.show([] if state is None else [item_row(item, session.language) for item in state.also])
        self.changed.emit()

    @Property(bool, notify=changed)
    def card(self) -> bool:
        """Whether the identity card still lies on the reader."""
        return self._card

    @Property(str, notify=changed)
    def forgotten(self) -> str:
        """What becomes of the card, once staff were called; empty before."""
        return self._forgotten

    @Property(bool, notify=changed)
    def originals(self) -> bool:
        """Whether an original may still lie in the scanner."""
        return self._state is not None and self._state.originals

    @Property(bool, notify=changed)
    def paper(self) -> bool:
        """Whether a receipt was printed."""
        return self._state is not None and self._state.paper

    @Property(RowModel, constant=True)
    def also(self) -> RowModel:
        """What else fits."""
        return self._also

    @Slot(str)
    def choose(self, code: str) -> None:
        """A service was chosen."""
        choose_item(self._core, () if self._state is None else self._state.also, code)
