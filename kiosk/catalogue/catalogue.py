"""The catalogue in force: an immutable value that the whole terminal shares."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from kiosk.catalogue.events import LIFE_EVENTS
from kiosk.catalogue.facets import Counted, Facet, Group, keys_of
from kiosk.catalogue.form_source import FormSource
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.reading import Entry
from kiosk.catalogue.search import Found, SearchIndex
from kiosk.catalogue.themes import THEMES
from kiosk.domain.text import Language


class Catalogue:
    """All service items the terminal knows.

    Args:
        entries: Items in the order in which they are listed.
        version: Number of the district's release, 0 for the built-in one.
        issued_at: Aware time of that release.
    """

    def __init__(self, entries: Iterable[Entry], version: int, issued_at: datetime) -> None:
        self._entries = {entry.item.code: entry for entry in entries}
        self.version = version
        self.issued_at = issued_at

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self.items)

    def prepare(self) -> None:
        """Make the search ready, which takes a quarter of a second; any thread."""
        self._index  # noqa: B018  # made when it is first looked at, by one thread while others wait

    @property
    def items(self) -> tuple[ServiceItem, ...]:
        """All items."""
        return tuple(entry.item for entry in self._entries.values())

    @property
    def hot(self) -> tuple[ServiceItem, ...]:
        """The items of the home screen, the one most asked for first."""
        places = [(item.hot, item) for item in self.items if item.hot is not None]
        return tuple(item for _, item in sorted(places, key=lambda place: place[0]))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All items with the sources of their forms."""
        return tuple(self._entries.values())

    def item(self, code: str) -> ServiceItem:
        """Return the item called ``code``.

        Raises:
            KeyError: There is none.
        """
        return self._entries[code].item

    def form_source(self, code: str) -> FormSource | None:
        """Return what the item's form is made of, None for a guide only.

        Raises:
            KeyError: There is no such item.
        """
        return self._entries[code].form

    def by(self, facet: Facet, key: str) -> tuple[ServiceItem, ...]:
        """Return the items of the group with this key."""
        return tuple(item for item in self.items if key in keys_of(item, facet))

    def groups(self, facet: Facet, *, here: bool = False) -> tuple[Counted, ...]:
        """Return every group with an item, departments with most items first.

        Args:
            facet: By what the items are grouped.
            here: Whether only items that can be filed at the terminal count.
        """
        items = [item for item in self.items if not here or item.filing == "here"]
        counts = Counter(key for item in items for key in keys_of(item, facet))
        if facet is not Facet.DEPARTMENT:
            groups = LIFE_EVENTS if facet is Facet.EVENT else THEMES
            return tuple(Counted(group, counts[group.key]) for group in groups if counts[group.key])
        names = {item.department_code: item.department for item in items}
        return tuple(
            Counted(Group(key, names[key], "building"), count) for key, count in counts.most_common()
        )

    def successor(self, item: ServiceItem) -> ServiceItem | None:
        """Return the item that took the place of one that is no longer offered, None when none did."""
        code = item.withdrawn.successor if item.withdrawn is not None else None
        entry = None if code is None else self._entries.get(code)
        return None if entry is None else entry.item

    def find(self, query: str, language: Language) -> Found:
        """Search; tells hits from items that are only near, see ``kiosk.catalogue.search``."""
        return self._index.find(query, language)

    def search(self, query: str, language: Language) -> tuple[ServiceItem, ...]:
        """Return hits, best first; where there are none, up to three near matches."""
        return self.find(query, language).items
