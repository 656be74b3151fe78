"""A resident's hands and eyes on the real screens, for demonstrations and tests."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from ui.robot_keyboard import KeyboardHands
from ui.scene import (
    all_texts,
    cover_at,
    is_shown,
    let_events_pass,
    named_items,
    scrolling_ancestor,
    shown_names,
    viewport_of,
)

_STEP_MS = 10
_DRAG_STEPS = 12
_DRAGS = 40


class ScreenError(AssertionError):
    """What was expected did not come to the screen; the text names what stood there instead."""


class Robot:
    """Drives one window through its real touch handling.

    Args:
        window: What is driven.
        timeout_s: How long each wait lasts at most.
        bug: Tells where a bug ended the program, or None; a wait is over at once then.
    """

    def __init__(
        self, window: QQuickWindow, timeout_s: float = 10.0, bug: Callable[[], str | None] = lambda: None
    ) -> None:
        self.window = window
        self.timeout_s = timeout_s
        self._bug = bug
        self.keyboard = KeyboardHands(self)

    # Waiting ------------------------------------------------------------------------------------

    def wait(self, ready: Callable[[], bool], what: str, timeout_s: float | None = None) -> None:
        """Run the event loop until ``ready()``.

        Raises:
            ScreenError: It did not come true in time, or a bug ended the program.
        """
        deadline_s = monotonic() + (self.timeout_s if timeout_s is None else timeout_s)
        while not ready():
            bug = self._bug()
            if bug is not None:
                raise ScreenError(f"{what}: a bug ended the program: {bug}")
            if monotonic() > deadline_s:
                raise ScreenError(f"{what}: not within the time; {self.describe()}")
            let_events_pass(_STEP_MS)

    def describe(self) -> str:
        """Say what stands on the screen: title and names, no data."""
        title = named_items(self.window, "title")
        words = " ".join(all_texts(title[-1])) if title else "no title"
        return f"on the screen: {words!r} with {', '.join(shown_names(self.window))}"

    # Looking ------------------------------------------------------------------------------------

    def sees(self, name: str, text: str | None = None, timeout_s: float | None = None) -> None:
        """Wait until an item of that name is shown, and says ``text`` somewhere if one is given.

        Raises:
            ScreenError: It does not appear in time.
        """

        def ready() -> bool:
            return any(
                text is None or text in "\n".join(all_texts(item)) for item in named_items(self.window, name)
            )

        self.wait(ready, f"{name!r} is seen" + ("" if text is None else f" with {text!r}"), timeout_s)

    def shows(self, name: str) -> bool:
        """Return whether an item of that name is shown at this moment."""
        return bool(named_items(self.window, name))

    def text(self, name: str) -> str:
        """Return what an item says, waiting for it.

        Raises:
            ScreenError: It does not appear in time.
        """
        self.sees(name)
        return "\n".join(all_texts(named_items(self.window, name)[-1]))

    def holds(self, name: str, quality: str) -> bool:
        """Return whether a shown item of that name has a property that is true at this moment."""
        return any(bool(item.property(quality)) for item in named_items(self.window, name))

    def says(self, text: str) -> bool:
        """Return whether this text stands anywhere on the screen at this moment."""
        return any(text in shown for shown in all_texts(self.window.contentItem()))

    def grab(self, path: Path) -> None:
        """Write a picture of the screen as PNG.

        Raises:
            OSError: The file cannot be written.
        """
        if not self.window.grabWindow().save(str(path), "PNG"):  # pyright: ignore[reportArgumentType, reportCallIssue]  # the stub wants bytes, Qt a text
            raise OSError(f"{path} cannot be written")

    # Touching -----------------------------------------------------------------------------------

    def tap(self, name: str, timeout_s: float | None = None) -> None:
        """Touch an item in its middle once it is shown, enabled, still, and nothing covers it.

        Raises:
            ScreenError: That does not come true in time; the text says what lies over it.
        """
        obstacle = "it is not shown"

        def ready() -> bool:
            nonlocal obstacle
            items = [item for item in named_items(self.window, name) if item.isEnabled()]
            if not items:
                obstacle = "it is not shown, or not enabled"
                return False
            self.bring_into_view(items[-1])
            cover = cover_at(self.window, items[-1], _middle(items[-1]))
            obstacle = f"{cover} lies over it"
            return cover is None and _is_still(items[-1])

        try:
            self.wait(ready, f"{name!r} can be tapped", timeout_s)
        except ScreenError as error:
            raise ScreenError(f"{error} ({obstacle})") from None
        self.tap_item([item for item in named_items(self.window, name) if item.isEnabled()][-1])

    def tap_item(self, item: QQuickItem) -> None:
        """Press and release in the middle of an item."""
        point = _middle(item).toPoint()
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        let_events_pass(_STEP_MS)
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        let_events_pass(_STEP_MS)

    # Typing -------------------------------------------------------------------------------------

    def types_pinyin(self, letters: str, *picks: str) -> None:
        """Press Pinyin letters on the keyboard and pick candidates: ``types_pinyin("wangfang", "王芳")``."""
        self.keyboard.pinyin(letters, *picks)

    def types_digits(self, digits: str) -> None:
        """Press digits: on the number pad where the screen has one, else on the keyboard."""
        if not self.shows("digit-0"):
            self.keyboard.digits(digits)
            return
        for digit in digits:
            self.tap(f"digit-{digit}")

    def types_latin(self, text: str) -> None:
        """Press Latin letters on the keyboard."""
        self.keyboard.latin(text)

    def writes(self, *characters: tuple[str, Sequence[Sequence[tuple[float, float]]]]) -> None:
        """Write characters with a finger, each with its strokes from 0 to 1, and tap what is meant."""
        for character, strokes in characters:
            self.keyboard.write(strokes)
            self.keyboard.pick_written(character)

    def bring_into_view(self, item: QQuickItem) -> None:
        """Drag the list that holds the item until it is in view, as a finger would."""
        area = scrolling_ancestor(item)
        if area is None:
            return
        for _ in range(_DRAGS):
            if not is_shown(item):
                return
            view = viewport_of(area)
            place = item.mapRectToScene(item.boundingRect())
            if place.top() >= view.top() and (
                place.bottom() <= view.bottom() or place.height() > view.height()
            ):
                return
            wanted = view.center().y() - place.center().y()
            reach = view.height() * 0.6
            self._drag(area, max(-reach, min(reach, wanted)))

    def _drag(self, area: QQuickItem, by_px: float) -> None:
        middle = viewport_of(area).center()
        half = QPointF(0, by_px / 2)
        self.drag((middle - half).toPoint(), (middle + half).toPoint())
        self.wait(lambda: not bool(area.property("moving")), "the list rests")

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Draw a finger from one point of the window to another, and let it rest before lifting it."""
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(self.window, button, none, start)
        for step in range(1, _DRAG_STEPS + 1):
            # The delay also sets the event's time, from which a list takes how fast it was thrown.
            QTest.mouseMove(self.window, start + (end - start) * step / _DRAG_STEPS, _STEP_MS)
        for nudge in (1, 0, 1, 0):
            QTest.mouseMove(self.window, end + QPoint(nudge, nudge), 5 * _STEP_MS)
        QTest.mouseRelease(self.window, button, none, end, 5 * _STEP_MS)
        let_events_pass(_STEP_MS)

    def draw(self, points: Sequence[QPoint]) -> None:
        """Draw a finger through points of the window, in a straight line from each to the next."""
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(self.window, button, none, points[0])
        for start, end in pairwise(points):
            for step in range(1, _DRAG_STEPS + 1):
                QTest.mouseMove(self.window, start + (end - start) * step / _DRAG_STEPS)
        QTest.mouseRelease(self.window, button, none, points[-1])
        let_events_pass(_STEP_MS)


def _middle(item: QQuickItem) -> QPointF:
    return item.mapRectToScene(item.boundingRect()).center()


def _is_still(item: QQuickItem) -> bool:
    before = _middle(item)
    let_events_pass(2 * _STEP_MS)
    return before == _middle(item)
