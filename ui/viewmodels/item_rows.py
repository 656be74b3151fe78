"""Service items in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.themes import THEMES
from kiosk.domain.text import Language, Text
from kiosk.session.events import ItemChosen
from ui.core import CoreView

_ICONS = {theme.key: theme.icon for theme in THEMES}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One service item of a list; its second line is its department, or why it is offered."""

    code: str
    name: str
    department: str
    symbol: str
    here: bool


def item_row(item: ServiceItem, language: Language, second: Text | None = None) -> ItemRow:
    """Return the row of an item."""
    return ItemRow(
        code=item.code,
        name=item.name.in_(language),
        department=(second or item.department).in_(language),
        symbol=symbol(item),
        here=item.filing == "here",
    )


def symbol(item: ServiceItem) -> str:
    """Return the name of the item's picture: that of its theme."""
    return _ICONS.get(item.theme, "document")


def choose_item(core: CoreView, items: Iterable[ServiceItem], code: str) -> None:
    """Post that the item called ``code`` was chosen, if it is among these."""
    item = next((item for item in items if item.code == code), None)
    if item is not None:
        core.post(ItemChosen(item))
