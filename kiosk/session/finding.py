"""Looking for a service item: by words, or by going through groups."""

from dataclasses import dataclass

from kiosk.catalogue.facets import Facet, keys_of
from kiosk.catalogue.model import ServiceItem


@dataclass(frozen=True, slots=True)
class Finding:
    """Looking for a service item; everything but ``facet`` alone narrows the list.

    Args:
        query: What was typed.
        facet: By what the items are grouped, None while all of them stand in one list.
        group: Key of the group that was opened.
        here: Whether only what can be filed at the terminal is listed.
    """

    query: str = ""
    facet: Facet | None = None
    group: str | None = None
    here: bool = False

    @property
    def browsing(self) -> bool:
        """Whether groups are to be listed, and not items."""
        return self.facet is not None and self.group is None

    def admits(self, item: ServiceItem) -> bool:
        """Tell whether an item is in the opened group and passes the filter; words are another matter."""
        if self.here and item.filing != "here":
            return False
        return self.facet is None or self.group is None or self.group in keys_of(item, self.facet)
