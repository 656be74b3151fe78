"""A finger on the screens of a core that answers at once, and when each of its touches was seen."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.demo.still_core import StillCore
from kiosk.session.events import Event, Touched
from kiosk.session.states import State
from ui.scene import let_events_pass, named_items, walk

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_SETTLED_MS = 320
"""A button answers a third of a second after it appeared."""
_LOOK_MS = 1
_FRAME_S = 10.0
_WAYS_ON = ("start", "door-apply", "continue", "back", "end", "language")
"""What is touched to go on, the first that a screen has."""


class AnsweringCore(StillCore):
    """Shows the next of its states as soon as a screen posts anything, as the core's own step would."""

    def __init__(self, states: Iterator[State]) -> None:
        super().__init__()
        self._states = states

    def post(self, event: Event) -> None:
        """Go on, unless it is a sign of life."""
        if not isinstance(event, Touched):
            self.go_on()

    def go_on(self) -> None:
        """Show the next state."""
        self.show(next(self._states))


class Finger:
    """Touches, and times frames.

    Args:
        window: Where.
    """

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._swapped_s = 0.0
        window.frameSwapped.connect(self._note)

    def _note(self) -> None:
        self._swapped_s = monotonic()

    def settle(self) -> None:
        """Wait until the buttons answer."""
        let_events_pass(_SETTLED_MS)

    def way_on(self) -> QQuickItem | None:
        """Return the button that leads on from this screen; while something is stored there is none."""
        for name in _WAYS_ON:
            for item in named_items(self._window, name):
                if item.isEnabled():
                    return item
        return None

    def buttons(self) -> list[QQuickItem]:
        """Return every button on the panel that answers now."""
        panel = QRectF(0, 0, self._window.width(), self._window.height())
        return [
            item
            for item in walk(self._window.contentItem())
            if item.inherits("QQuickAbstractButton") and item.isEnabled() and panel.contains(_middle(item))
        ]

    def seen_after(self, act: Callable[[], None]) -> float:
        """Return the seconds from an act until the next frame stands.

        Raises:
            TimeoutError: Nothing changed on the screen.
        """
        begun_s = monotonic()
        act()
        while self._swapped_s < begun_s:
            if monotonic() - begun_s > _FRAME_S:
                raise TimeoutError("no frame")
            let_events_pass(_LOOK_MS)
        return self._swapped_s - begun_s

    def press(self, item: QQuickItem) -> None:
        """Put the finger down in the middle of an item."""
        QTest.mousePress(self._window, _LEFT, _NONE, _middle(item).toPoint())

    def slide_off(self) -> None:
        """Take the finger where nothing is, and lift it: nothing was meant."""
        QTest.mouseMove(self._window, QPoint(1, self._window.height() // 2))
        QTest.mouseRelease(self._window, _LEFT, _NONE, QPoint(1, self._window.height() // 2))

    def writes(self, pad: QQuickItem, stroke: Sequence[tuple[float, float]]) -> list[float]:
        """Draw a stroke, points from 0 to 1 across the pad; returns the seconds until each piece was seen."""
        place = pad.mapRectToScene(pad.boundingRect())
        points = [
            QPointF(place.x() + x * place.width(), place.y() + y * place.height()).toPoint()
            for x, y in stroke
        ]
        QTest.mousePress(self._window, _LEFT, _NONE, points[0])
        let_events_pass(20)
        seen = [
            self.seen_after(lambda point=point: QTest.mouseMove(self._window, point)) for point in points[1:]
        ]
        QTest.mouseRelease(self._window, _LEFT, _NONE, points[-1])
        return seen

    def lift(self, item: QQuickItem) -> None:
        """Lift the finger where it lies."""
        QTest.mouseRelease(self._window, _LEFT, _NONE, _middle(item).toPoint())


def _middle(item: QQuickItem) -> QPointF:
    return item.mapRectToScene(item.boundingRect()).center()
