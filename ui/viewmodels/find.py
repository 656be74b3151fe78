"""Finding a service: by words, or by theme."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.themes import THEMES
from kiosk.domain.text import Language
from kiosk.session.events import ItemChosen, SearchEdited, ThemeChosen
from kiosk.session.states import Finding, Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.item_rows import ItemRow, item_row
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme to narrow the list by."""

    key: str
    title: str
    symbol: str
    chosen: bool


@QmlElement
class FindViewModel(ScreenViewModel):
    """The search text, the themes and the items that match both."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._state: Finding | None = None
        self._language = Language.ZH
        self._near = False
        self._themes = RowModel(ThemeRow, self)
        self._items = RowModel(ItemRow, self)

    def show(self, session: Session) -> None:
        """Show what matches the query and the theme."""
        state = session.state if isinstance(session.state, Finding) else None
        if state == self._state and session.language == self._language:
            return
        self._state, self._language = state, session.language
        self._near = False
        self._themes.show(self._theme_rows())
        self._items.show([item_row(item, self._language) for item in self._matching()])
        self.changed.emit()

    def _theme_rows(self) -> list[ThemeRow]:
        if self._state is None:
            return []
        return [
            ThemeRow(theme.key, theme.title.in_(self._language), theme.icon, theme.key == self._state.theme)
            for theme in THEMES
        ]

    def _matching(self) -> list[ServiceItem]:
        if self._state is None:
            return []
        query, theme = self._state.query.strip(), self._state.theme
        catalogue = self._core.catalogue
        if not query:
            return [item for item in catalogue.items if theme is None or item.theme == theme]
        found = catalogue.find(query, self._language)
        self._near = found.near
        return [item for item in found.items if theme is None or item.theme == theme]

    @Property(str, notify=changed)
    def query(self) -> str:
        """The search text."""
        return "" if self._state is None else self._state.query

    @Property(bool, notify=changed)
    def near(self) -> bool:
        """Whether nothing was found and what is listed is only near to it."""
        return self._near

    @Property(bool, notify=changed)
    def everyTheme(self) -> bool:
        """Whether no theme narrows the list."""
        return self._state is None or self._state.theme is None

    @Property(RowModel, constant=True)
    def themes(self) -> RowModel:
        """The themes."""
        return self._themes

    @Property(RowModel, constant=True)
    def items(self) -> RowModel:
        """The items that match."""
        return self._items

    @Slot(str)
    def search(self, query: str) -> None:
        """The search text was edited."""
        self._core.post(SearchEdited(query))

    @Slot(str)
    def chooseTheme(self, key: str) -> None:
        """A theme was chosen; an empty key stands for all."""
        self._core.post(ThemeChosen(key or None))

    @Slot(str)
    def chooseItem(self, code: str) -> None:
        """An item was chosen."""
        for item in self._core.catalogue.items:
            if item.code == code:
                self._core.post(ItemChosen(item))
                return
