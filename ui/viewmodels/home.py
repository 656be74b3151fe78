"""The doors of the home screen, and a few services that can be applied for right away."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language, Text
from kiosk.session.events import Door, DoorOpened
from kiosk.session.states import Home, Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.item_rows import choose_item, symbol
from ui.viewmodels.rows import RowModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_NO_WORDS = Text("", "")
_SAVES = Text("离线可暂存", "Saved while offline")
_NEEDS_LINE = Text("网络中断，暂时不能用", "Not while the network is down")


@dataclass(frozen=True, slots=True)
class _Case:
    """One door: where it leads, how it looks, who sees it, and what it is without the network.

    Args:
        door: Where it leads.
        symbol: Its sign.
        title: What it is called.
        words: What is behind it, in one line.
        big: Whether it stands first and large.
        plain: Whether it is one of the few that the elder version shows.
        offline: ``"works"``, ``"saves"`` (marked as such), or ``"closed"`` while the platform is away.
    """

    door: Door
    symbol: str
    title: Text
    words: Text = _NO_WORDS
    big: bool = False
    plain: bool = False
    offline: str = "works"


_APPLY = Text("当场提交，拿回执", "Find a service, apply, take your receipt")
_GUIDES = Text("要什么、多久、去哪里", "What it takes, how long, which window")
DOORS: Final = (
    _Case(Door.APPLY, "apply", Text("我要办", "Apply"), _APPLY, big=True, plain=True, offline="saves"),
    _Case(Door.GUIDES, "guides", Text("办事指南", "Guides"), _GUIDES, big=True, plain=True),
    _Case(Door.MINE, "mine", Text("我的", "For me"), plain=True),
    _Case(Door.PROGRESS, "progress", Text("查进度", "Progress"), plain=True),
    _Case(Door.DOCUMENTS, "print", Text("打印证明", "Certificates"), offline="closed"),
    _Case(Door.REPORT, "report", Text("随手拍", "Report a problem"), offline="saves"),
)


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One door as it stands now."""

    key: str
    title: str
    symbol: str
    words: str
    note: str
    open: bool


@dataclass(frozen=True, slots=True)
class HotRow:
    """One service to choose right here."""

    code: str
    name: str
    symbol: str


@QmlElement
class HomeViewModel(ScreenViewModel):
    """Which doors there are for this resident, and which are open now."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._big = RowModel(DoorRow, self)
        self._small = RowModel(DoorRow, self)
        self._hot = RowModel(HotRow, self)

    def show(self, session: Session) -> None:
        """Show the doors."""
        if not isinstance(session.state, Home):
            return
        language, elder, offline = session.language, session.access.elder, session.online is False
        doors = [case for case in DOORS if case.plain or not elder]
        self._big.show([_row(case, language, offline=offline) for case in doors if case.big or elder])
        self._small.show([_row(case, language, offline=offline) for case in doors if not (case.big or elder)])
        self._hot.show([] if elder else [
            HotRow(item.code, item.name.in_(language), symbol(item)) for item in self._core.catalogue.hot
        ])  # fmt: skip
        self.changed.emit()

    @Property(RowModel, constant=True)
    def big(self) -> RowModel:
        """The doors that stand first."""
        return self._big

    @Property(RowModel, constant=True)
    def small(self) -> RowModel:
        """The other doors."""
        return self._small

    @Property(RowModel, constant=True)
    def hot(self) -> RowModel:
        """Services to choose right here."""
        return self._hot

    @Slot(str)
    def open(self, door: str) -> None:
        """A door was chosen."""
        self._core.post(DoorOpened(Door(door)))

    @Slot(str)
    def choose(self, code: str) -> None:
        """One of the services was chosen."""
        choose_item(self._core, self._core.catalogue.items, code)


def _row(case: _Case, language: Language, *, offline: bool) -> DoorRow:
    closed = offline and case.offline == "closed"
    note = _NEEDS_LINE if closed else _SAVES if offline and case.offline == "saves" else None
    return DoorRow(
        key=case.door.value,
        title=case.title.in_(language),
        symbol=case.symbol,
        words=case.words.in_(language),
        note="" if note is None else note.in_(language),
        open=not closed,
    )
