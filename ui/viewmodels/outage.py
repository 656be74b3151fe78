"""Nothing can be filed at this terminal now: why, since when, and where to go instead."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.catalogue.readiness import Standing, closed
from kiosk.domain.local_time import local_time
from kiosk.domain.text import Language
from kiosk.session.states import Attract, Session
from ui.core import CoreView
from ui.messages import say
from ui.viewmodels.base import ScreenViewModel
from ui.viewmodels.ending import forgotten_card

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class OutageViewModel(ScreenViewModel):
    """What the start screen says while nothing can be filed."""

    changed = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._standing: Standing | None = None
        self._language = Language.ZH
        self._cut_off = self._slip_left = False
        self._forgotten = ""

    def show(self, session: Session) -> None:
        """Look at the devices and the storage; only the start screen tells."""
        waiting = isinstance(session.state, Attract)
        now = closed(session.health, online=session.online, storage=session.storage) if waiting else None
        cut_off = waiting and session.cut_off
        slip_left = waiting and session.slip is not None
        forgotten = forgotten_card(session) if waiting else ""
        told = (self._standing, self._language, self._cut_off, self._slip_left, self._forgotten)
        if (now, session.language, cut_off, slip_left, forgotten) == told:
            return
        self._standing = now
        self._cut_off, self._slip_left = cut_off, slip_left
        self._forgotten = forgotten
        self._language = session.language
        self.changed.emit()

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why, and what to do; empty while something can be filed."""
        if self._standing is None or self._standing.code is None:
            return ""
        return say(self._standing.code, self._language)

    @Property(bool, notify=changed)
    def cutOff(self) -> bool:
        """Whether the terminal started anew in the middle of the visit before; nothing of it was kept."""
        return self._cut_off

    @Property(bool, notify=changed)
    def slipLeft(self) -> bool:
        """Whether the terminal started anew before the visit before had its slip, which is offered now."""
        return self._slip_left

    @Property(str, notify=changed)
    def forgotten(self) -> str:
        """What becomes of a card that the visit before left behind; else empty."""
        return self._forgotten

    @Property(str, notify=changed)
    def since(self) -> str:
        """Since when by the clock on the wall; empty where nobody noted it."""
        causes = () if self._standing is None else self._standing.causes
        return f"{local_time(causes[0].since):%H:%M}" if causes else ""

    @Property(list, notify=changed)
    def neighbours(self) -> list[str]:
        """Where to go instead, nearest first."""
        return [place.in_(self._language) for place in self._core.facts.neighbours]
