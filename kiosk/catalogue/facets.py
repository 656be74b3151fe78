"""Finding without typing: by what happened to somebody, by theme, or by who is in charge."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.text import Text


class Facet(StrEnum):
    """By what the items are grouped."""

    EVENT = "event"
    THEME = "theme"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Group:
    """One life event, theme or department.

    Args:
        key: As in ``item.json``.
        title: What it is called.
        icon: Name of its picture.
    """

    key: str
    title: Text
    icon: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A group and how many items it has."""

    group: Group
    count: int


def keys_of(item: ServiceItem, facet: Facet) -> tuple[str, ...]:
    """Return the keys of the groups to which an item belongs."""
    match facet:
        case Facet.EVENT:
            return item.events
        case Facet.THEME:
            return (item.theme,)
        case Facet.DEPARTMENT:
            return (item.department_code,) if item.department_code else ()
        case _:
            assert_never(facet)
