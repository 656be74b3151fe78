"""Finding a service: by words, or by going through life events, themes or departments."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.facets import Facet
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.text import Language, Text
from kiosk.session.events import FacetChosen, GroupChosen, HereToggled, SearchEdited
from kiosk.session.states import Finding, Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.choices import ChoiceLine
from ui.viewmodels.item_rows import ItemRow, choose_item, item_row
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_ALL = "all"
_FACETS: dict[str, Text] = {
    _ALL: Text("全部", "All"),
    Facet.EVENT: Text("人生大事", "Life events"),
    Facet.THEME: Text("主题", "Themes"),
    Facet.DEPARTMENT: Text("部门", "Departments"),
}


@QmlElement
class FindViewModel(ScreenViewModel):
    """The search text, by what is browsed, and the groups or the items that match."""

    changed = Signal()
    taken = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Finding | None = None
        self._language = Language.ZH
        self._near = False
        self._group = ""
        self._take = 0
        self._facets = RowModel(ChoiceLine, self)
        self._groups = RowModel(ChoiceLine, self)
        self._items = RowModel(ItemRow, self)

    def show(self, session: Session) -> None:
        """Show the groups, or what matches the query, the group and the filter."""
        state = session.state if isinstance(session.state, Finding) else None
        if state == self._state and session.language == self._language:
            return
        old = self._state
        self._state, self._language = state, session.language
        self._near, self._group = False, ""
        groups, items = list[ChoiceLine](), list[ServiceItem]()
        match state:
            case Finding(facet=Facet() as facet, group=None):
                groups = self._group_rows(facet, state)
            case Finding(facet=Facet() as facet):
                self._group, items = self._opened(facet, state), self._matching(state)
            case Finding():
                items = self._matching(state)
            case None:
                pass
        self._facets.show([] if state is None else self._facet_rows(state))
        self._groups.show(groups)
        self._items.show([item_row(item, self._language) for item in items])
        self.changed.emit()
        if old is not None and state is not None and old.query and not state.query:
            self._take += 1
            self.taken.emit()

    def _facet_rows(self, state: Finding) -> list[ChoiceLine]:
        return [
            ChoiceLine(code, title.in_(self._language), chosen=code == (state.facet or _ALL))
            for code, title in _FACETS.items()
        ]

    def _group_rows(self, facet: Facet, state: Finding) -> list[ChoiceLine]:
        return [
            ChoiceLine(
                one.group.key,
                one.group.title.in_(self._language),
                _count(one.count).in_(self._language),
                one.group.icon,
            )
            for one in self._core.catalogue.groups(facet, here=state.here)
        ]

    def _opened(self, facet: Facet, state: Finding) -> str:
        groups = (one.group for one in self._core.catalogue.groups(facet))
        return next((group.title.in_(self._language) for group in groups if group.key == state.group), "")

    def _matching(self, state: Finding) -> list[ServiceItem]:
        query, catalogue = state.query.strip(), self._core.catalogue
        if not query:
            return [item for item in catalogue.items if state.admits(item)]
        found = catalogue.find(query, self._language)
        self._near = found.near
        return [item for item in found.items if state.admits(item)]

    @Property(int, notify=taken)
    def take(self) -> int:
        """Grows whenever what was typed has been put away."""
        return self._take

    @Property(str, notify=changed)
    def query(self) -> str:
        """The search text."""
        return "" if self._state is None else self._state.query

    @Property(bool, notify=changed)
    def near(self) -> bool:
        """Whether nothing was found and what is listed is only near to it."""
        return self._near

    @Property(bool, notify=changed)
    def here(self) -> bool:
        """Whether only what can be filed at the terminal is listed."""
        return self._state is not None and self._state.here

    @Property(str, notify=changed)
    def group(self) -> str:
        """What the opened group is called, or ``""``."""
        return self._group

    @Property(RowModel, constant=True)
    def facets(self) -> RowModel:
        """All items, or by what they are grouped."""
        return self._facets

    @Property(RowModel, constant=True)
    def groups(self) -> RowModel:
        """The groups, none while items are listed."""
        return self._groups

    @Property(RowModel, constant=True)
    def items(self) -> RowModel:
        """The items that match."""
        return self._items

    @Slot(str)
    def search(self, query: str) -> None:
        """The search text was edited."""
        self._core.post(SearchEdited(query))

    @Slot(str)
    def browse(self, code: str) -> None:
        """One list of everything, or groups of one kind, are wanted."""
        self._core.post(FacetChosen(None if code == _ALL else Facet(code)))

    @Slot(str)
    def open(self, key: str) -> None:
        """A group was opened."""
        self._core.post(GroupChosen(key))

    @Slot()
    def toggleHere(self) -> None:
        """The filter was touched."""
        self._core.post(HereToggled(not self.here))

    @Slot(str)
    def chooseItem(self, code: str) -> None:
        """An item was chosen."""
        choose_item(self._core, self._core.catalogue.items, code)


def _count(count: int) -> Text:
    return Text(f"{count} 项", "1 service" if count == 1 else f"{count} services")
