"""Service items in a list."""

from dataclasses import dataclass

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.themes import THEMES
from kiosk.domain.text import Language, Text

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
