"""The pages of one document: all of them small, or one of them large."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Material
from kiosk.domain.application import CapturedPage
from kiosk.domain.text import Language, Text
from kiosk.session.capturing import material_of
from kiosk.session.events import RetakeAsked
from kiosk.session.page_events import MorePagesAsked, PageChosen, PageMoved, PageRemoved, PageRestored
from kiosk.session.states import Paging, Session
from ui.core import CoreView, PageShelf
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.rows import RowModel
from ui.words import pages as words

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page, counted from 1."""

    number: int
    title: str
    picture: str


@QmlElement
class PagesViewModel(ScreenViewModel):
    """The pages, which of them is looked at, and what can be done.

    Args:
        core: Where intents go and sessions come from.
        pages: Gives pages an address.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, core: CoreView, pages: PageShelf, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._shelf = pages
        self._state: Paging | None = None
        self._language = Language.ZH
        self._rows = RowModel(PageRow, self)

    def show(self, session: Session) -> None:
        """Show the pages of the document."""
        state = session.state if isinstance(session.state, Paging) else None
        if (state, session.language) == (self._state, self._language):
            return
        self._state, self._language = state, session.language
        self._rows.show([self._row(place, page) for place, page in enumerate(self._taken)])
        self.changed.emit()

    def _row(self, place: int, page: CapturedPage) -> PageRow:
        return PageRow(place + 1, self._say(words.PAGE, n=place + 1), self._shelf.url(page.jpeg))

    def _say(self, text: Text, **numbers: int) -> str:
        return text.in_(self._language).format(**numbers)

    @property
    def _material(self) -> Material | None:
        return None if self._state is None else material_of(self._state)

    @property
    def _taken(self) -> tuple[CapturedPage, ...]:
        return () if self._state is None else self._state.visit.pages_of(self._state.material)

    @Property(RowModel, constant=True)
    def rows(self) -> RowModel:
        """The pages in their order."""
        return self._rows

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the document is called."""
        return "" if self._material is None else self._material.name.in_(self._language)

    @Property(str, notify=changed)
    def note(self) -> str:
        """How many there are, how many there may be."""
        material, count = self._material, len(self._taken)
        if material is None:
            return ""
        if count == 0:
            return self._say(words.NONE_YET)
        text = words.WITHIN if material.pages_min > 1 else words.UP_TO
        return self._say(text, n=count, least=material.pages_min, most=material.pages_max)

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether one page is looked at large."""
        return self._state is not None and self._state.looking is not None

    @Property(str, notify=changed)
    def place(self) -> str:
        """Which page of how many is looked at."""
        if self._state is None or self._state.looking is None:
            return ""
        return self._say(words.ONE_OF, n=self._state.looking + 1, of=len(self._taken))

    @Property(str, notify=changed)
    def picture(self) -> str:
        """Address of the page looked at."""
        if self._state is None or self._state.looking is None:
            return ""
        return self._shelf.url(self._taken[self._state.looking].jpeg)

    @Property(bool, notify=changed)
    def alone(self) -> bool:
        """Whether there can be no second page."""
        return self._material is not None and self._material.pages_max == 1

    @Property(bool, notify=changed)
    def canEarlier(self) -> bool:
        """Whether the page looked at can be moved towards the front."""
        return self._state is not None and bool(self._state.looking)

    @Property(bool, notify=changed)
    def canLater(self) -> bool:
        """Whether the page looked at can be moved towards the end."""
        if self._state is None or self._state.looking is None:
            return False
        return self._state.looking < len(self._taken) - 1

    @Property(bool, notify=changed)
    def canAdd(self) -> bool:
        """Whether one more page may be taken."""
        return self._material is not None and len(self._taken) < self._material.pages_max

    @Property(str, notify=changed)
    def full(self) -> str:
        """Why no more page may be taken, ``""`` when one may."""
        if self._material is None or self.canAdd:
            return ""
        return self._say(words.FULL, most=self._material.pages_max)

    @Property(str, notify=changed)
    def removed(self) -> str:
        """Which page was just taken out and can be put back, ``""`` for none."""
        removed = None if self._state is None else self._state.removed
        return "" if removed is None else self._say(words.REMOVED, n=removed[0] + 1)

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the document is not whole yet."""
        if self._state is None or self._state.fault is None or self._material is None:
            return ""
        return say(self._state.fault.code, self._language, {"least": self._material.pages_min})

    @Slot(int)
    def look(self, number: int) -> None:
        """A page is to be looked at, counted from 1."""
        self._core.post(PageChosen(number - 1))

    @Slot()
    def more(self) -> None:
        """One more page is to be taken."""
        self._core.post(MorePagesAsked())

    @Slot(int)
    def move(self, by: int) -> None:
        """The page looked at is to stand earlier or later."""
        self._core.post(PageMoved(by))

    @Slot()
    def retake(self) -> None:
        """The page looked at is to be taken again."""
        self._core.post(RetakeAsked())

    @Slot()
    def remove(self) -> None:
        """The page looked at is to be taken out."""
        self._core.post(PageRemoved())

    @Slot()
    def restore(self) -> None:
        """The page taken out last is to be put back."""
        self._core.post(PageRestored())
