"""The real screens over a core held still, and what a person with a ruler can say of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem

from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.states import State
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.robot import Robot
from ui.scene import is_text, named_items, walk

KEYBOARD_NOISE = pytest.mark.qt_log_ignore("Member contentWidth of the object PopupList")
"""Qt's own keyboard warns of its own candidate list when it is loaded."""

PANELS = {
    "upright": ScreenSettings(width_px=1080, height_px=1920, panel_width_mm=268.0),
    "lying": ScreenSettings(width_px=1920, height_px=1080, panel_width_mm=476.0),
}
"""Both ways round a 21.5 inch panel hangs."""


class Panel:
    """One window of the terminal.

    Args:
        app: The window.
        core: What it shows.
        settings: Its size.
    """

    def __init__(self, app: KioskApp, core: StillCore, settings: ScreenSettings) -> None:
        self.app = app
        self.core = core
        self.robot = Robot(app.window, timeout_s=10)
        self._mm = settings.width_px / settings.panel_width_mm
        self._layer = QRectF(0, 0, settings.width_px, settings.height_px)

    def show(self, state: State, language: Language = Language.ZH) -> None:
        """Show a state and wait until its screen is there."""
        self.core.show(state, language=language)
        self.core.posted.clear()
        self.robot.sees("title")
        # Items find their places when a frame is drawn.
        self.app.window.grabWindow()

    def control(self, name: str) -> QQuickItem:
        """Return one control, usable or not."""
        return next(item for item in self.controls() if item.objectName() == name)

    def press_key(self, key: Qt.Key, text: str) -> None:
        """Press and release one key, as a keyboard on a cable would."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QGuiApplication.sendEvent(self.app.window, event)

    def texts(self) -> list[str]:
        """Return every text on the panel."""
        return [str(item.property("text")) for item in walk(self.app.window.contentItem()) if is_text(item)]

    def text(self, name: str) -> str:
        """Return what one item says."""
        return str(named_items(self.app.window, name)[-1].property("text"))

    def controls(self) -> Iterator[QQuickItem]:
        """Yield everything a finger can use, but for the keyboard's keys."""
        for item in walk(self.app.window.contentItem()):
            if item.inherits("QQuickAbstractButton") or item.inherits("QQuickTextInput"):
                yield item

    def part(self, name: str) -> QQuickItem:
        """Return one part of the screen, whether it can be touched or not."""
        return named_items(self.app.window, name)[-1]

    def words_in(self, item: QQuickItem) -> list[QQuickItem]:
        """Return the items that draw words within another."""
        return [part for part in walk(item) if is_text(part) and part.property("text")]

    def size_mm(self, item: QQuickItem) -> tuple[float, float]:
        """Return width and height."""
        return item.width() / self._mm, item.height() / self._mm

    def place(self, item: QQuickItem) -> QRectF:
        """Return where an item is, in pixels of the panel."""
        return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))

    def strip_at(self, name: str) -> bytes:
        """Return the pixels of the whole strip of the panel that an item lies in."""
        place = self.place(named_items(self.app.window, name)[-1]).toAlignedRect()
        picture = self.app.window.grabWindow()
        strip = picture.copy(0, place.top(), picture.width(), place.height())
        return bytes(strip.constBits())

    def on_panel(self, item: QQuickItem) -> bool:
        """Tell whether an item lies on the panel as a whole, left and right."""
        place = self.place(item)
        return place.left() >= -1 and place.right() <= self._layer.right() + 1

    def gap_mm(self, one: QQuickItem, other: QQuickItem) -> float:
        """Return how far apart two items are at least; negative when they overlap."""
        a, b = self.place(one), self.place(other)
        across = max(b.left() - a.right(), a.left() - b.right())
        down = max(b.top() - a.bottom(), a.top() - b.bottom())
        return max(across, down) / self._mm


def spoken_name(item: QQuickItem) -> str:
    """Return the name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(QAccessible.Text.Name) if interface else ""
