"""Somebody who does not see the screens: five keys under the hand, and an ear."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.states import State
from tests.support.ear import Ear
from tests.support.panel import Panel
from ui.scene import let_events_pass

UP, DOWN, LEFT, RIGHT, OK = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Return,
)
LISTENING = Access(voice=True)


@dataclass(frozen=True)
class Listener:
    """Somebody with the five keys under the hand, and an ear."""

    panel: Panel
    ear: Ear

    @property
    def core(self) -> StillCore:
        return self.panel.core

    def at(self, state: State, language: Language = Language.ZH, access: Access = LISTENING) -> None:
        self.core.show(access=access)
        self.panel.show(state, language)
        self.waits()

    def waits(self) -> None:
        """Time for the page to be read."""
        let_events_pass(400)

    def presses(self, *keys: Qt.Key) -> str:
        """Press keys like a person, and return what the last one came to."""
        for key in keys:
            self.ear.heard()
            QTest.keyClick(self.panel.app.window, key)
            let_events_pass(100)
        return self.ear.heard()

    def goes_to(self, name: str) -> str:
        """Press Down until the entry of that name is in focus; returns what was said there."""
        reading = self.panel.app.blind.reading
        for _ in range(len(reading.spots) + 1):
            said = self.presses(DOWN)
            if self.focus == name:
                return said
        raise AssertionError(f"{name} is never in focus")

    @property
    def focus(self) -> str:
        focus = self.panel.app.blind.reading.focus
        return "" if focus is None else focus.entry.id
