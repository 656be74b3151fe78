"""What the screens see of the core: one value to show, one place to post what the resident did."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.catalogue.facets import Counted, Facet
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.search import Found
from kiosk.domain.text import Language, Text
from kiosk.session.effects import Effect
from kiosk.session.events import Event
from kiosk.session.states import Session


class TerminalFacts(Protocol):
    """What the screens say about the terminal itself."""

    @property
    def number(self) -> str:
        """The terminal's number, e.g. ``"T0421"``."""
        ...

    @property
    def place(self) -> Text:
        """Where it stands, as residents call it."""
        ...

    @property
    def hotline(self) -> str:
        """Telephone number of the help line."""
        ...

    @property
    def progress_url(self) -> str:
        """Where a resident can ask later what became of an application."""
        ...

    @property
    def guides_url(self) -> str | None:
        """Where the guides are on the web, or None."""
        ...

    @property
    def neighbours(self) -> tuple[Text, ...]:
        """Where to go instead, nearest first."""
        ...


class Picture(Protocol):
    """One camera picture."""

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """``(height, width, 3)`` uint8 BGR."""
        ...

    @property
    def taken_s(self) -> float:
        """Monotonic seconds at capture."""
        ...


class CatalogueView(Protocol):
    """The items on offer, as ``kiosk.catalogue.loader.Catalogue`` serves them."""

    @property
    def items(self) -> tuple[ServiceItem, ...]:
        """Every item in the order of the catalogue."""
        ...

    @property
    def hot(self) -> tuple[ServiceItem, ...]:
        """The items of the home screen, the one most asked for first."""
        ...

    def prepare(self) -> None:
        """Make the search ready; any thread."""
        ...

    def groups(self, facet: Facet, *, here: bool = False) -> tuple[Counted, ...]:
        """Return every group with an item, and how many items it has."""
        ...

    def successor(self, item: ServiceItem) -> ServiceItem | None:
        """Return the item that took the place of one that is no longer offered, None when none did."""
        ...

    def find(self, query: str, language: Language) -> Found:
        """Return the items that match, best first, or what is only near."""
        ...


class CoreView(Protocol):
    """The core as the screens see it; everything but ``post`` is used on the Qt thread only."""

    @property
    def session(self) -> Session:
        """The current value."""
        ...

    @property
    def catalogue(self) -> CatalogueView:
        """The items in force."""
        ...

    @property
    def facts(self) -> TerminalFacts:
        """What the terminal is and where it stands."""
        ...

    def subscribe(self, listener: Callable[[Session], None]) -> None:
        """Call ``listener`` on the Qt thread after each change."""
        ...

    def watch_effects(self, watcher: Callable[[Effect], None]) -> None:
        """Call ``watcher`` on the Qt thread with all that the session asks of the world."""
        ...

    def post(self, event: Event) -> None:
        """Hand over what the resident did; any thread."""
        ...

    def live_picture(self) -> Picture | None:
        """Return the newest camera picture, or None while there is none."""
        ...


class PageShelf(Protocol):
    """Gives pages an address that QML can show them by (``ui.images.PageImages``)."""

    def url(self, jpeg: bytes) -> str:
        """Return the address of one picture."""
        ...
