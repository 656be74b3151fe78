"""What fits whoever laid a card down."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.masking import mask_name
from kiosk.session.mine_states import Presenting
from kiosk.session.states import Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.item_rows import ItemRow, choose_item, item_row
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MineViewModel(ScreenViewModel):
    """The offers, and whether the district may still know of more."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Presenting | None = None
        self._offline = False
        self._offers = RowModel(ItemRow, self)

    def show(self, session: Session) -> None:
        """Show what fits."""
        state = session.state if isinstance(session.state, Presenting) else None
        self._state, self._offline = state, session.online is False
        offers = () if state is None else state.offers
        self._offers.show([item_row(offer.item, session.language, offer.reason) for offer in offers])
        self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        """Whose card it is, masked."""
        return "" if self._state is None else mask_name(self._state.holder.name)

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether the district is still being asked."""
        return self._state is not None and self._state.asking

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """Whether only the card was asked."""
        return self._offline

    @Property(RowModel, constant=True)
    def offers(self) -> RowModel:
        """What fits, with the reason in the second line."""
        return self._offers

    @Slot(str)
    def choose(self, code: str) -> None:
        """A service was chosen."""
        offers = () if self._state is None else self._state.offers
        choose_item(self._core, (offer.item for offer in offers), code)
