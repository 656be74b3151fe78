"""The five keys beside the screen: everything a finger can do, in the order in which it is read."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QMetaObject, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import isValid

from ui.narration import Spot
from ui.narrator import Narrator
from ui.reading import Reading
from ui.scene import ancestors, scrolling_ancestor, viewport_of
from ui.speller import Key
from ui.typist import Typist
from ui.words import narration as words
from ui.words.narration import Role

_KEYS = {
    Qt.Key.Key_Up: Key.UP,
    Qt.Key.Key_Down: Key.DOWN,
    Qt.Key.Key_Left: Key.LEFT,
    Qt.Key.Key_Right: Key.RIGHT,
    Qt.Key.Key_Return: Key.OK,
    Qt.Key.Key_Enter: Key.OK,
    Qt.Key.Key_Select: Key.OK,
}
_MARK = "focusMark"
_ANSWER_MS = 600
_SETTLE_MS = 350


class Keypad(QObject):
    """Takes the five keys from the window and does what they ask for.

    Args:
        window: The screens.
        reading: The list and the focus.
        narrator: Says what the keys come to.
        begin: Starts a visit by voice; called with the first key on the attract screen.
        double_strike_s: Seconds in which the same key a second time is taken for a slip.
    """

    def __init__(
        self,
        window: QQuickWindow,
        reading: Reading,
        narrator: Narrator,
        begin: Callable[[], bool],
        double_strike_s: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._reading = reading
        self._narrator = narrator
        self._begin = begin
        self._double_strike_s = double_strike_s
        self._struck: tuple[Key, float] | None = None
        self._typist = Typist(window, narrator)
        self._alive = QTimer(self)
        self._alive.setSingleShot(True)
        self._alive.timeout.connect(self._answer)
        self._asked_s = 0.0
        self.active = False
        """Whether the keys are in use: then the entry in focus is framed."""
        self._mark = window.findChild(QQuickItem, _MARK)
        window.afterAnimating.connect(self._draw_mark)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802  # signature given by Qt
        """Take the five keys; a touch silences and puts the frame away."""
        match event.type():
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                # Not spontaneous: the on-screen keyboard's own return and arrow keys.
                key = _KEYS.get(Qt.Key(event.key())) if event.spontaneous() else None
                if key is None:
                    return False
                if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                    self.press(key)
                return True
            case QEvent.Type.MouseButtonPress | QEvent.Type.TouchBegin:
                self._narrator.stop()
                self.active = False
                return False
            case _:
                return False

    def press(self, key: Key) -> None:
        """Do what a key asks for."""
        now_s = monotonic()
        before, self._struck = self._struck, (key, now_s)
        if before is not None and before[0] is key and now_s - before[1] < self._double_strike_s():
            return
        self._narrator.stop()
        self._alive.stop()
        if self._begin():
            self.active = True
            return
        self.look()
        if not self.active:
            self.active = True
        if self._typist.typing:
            self._typist.press(key)
            if not self._typist.typing:
                self._go_on()
            return
        self._go(key)

    def look(self) -> None:
        """See whether the page is another one, and say so."""
        change = self._reading.refresh()
        if change.page:
            self._alive.stop()
            self._typist.leave()
        if change.page or not self._typist.typing:
            self._narrator.follow(change)
        if change.page and self.active:
            self._bring_into_view()

    def forget(self) -> None:
        """The visit is over."""
        self._alive.stop()
        self._typist.leave()
        self.active = False
        self._struck = None

    def _go(self, key: Key) -> None:
        match key:
            case Key.UP | Key.DOWN:
                around = self._reading.move(1 if key is Key.DOWN else -1)
                edge = words.FROM_THE_TOP if key is Key.DOWN else words.TO_THE_END
                self._arrive(edge if around else None)
            case Key.LEFT | Key.RIGHT:
                self._reading.leap(1 if key is Key.RIGHT else -1)
                self._arrive(None)
            case Key.OK:
                self._use()

    def _go_on(self) -> None:
        """Typing is over: the next thing to do is what follows the field."""
        self._narrator.follow(self._reading.refresh())
        self._reading.leap(1)
        self._bring_into_view()
        self._narrator.add_focus()

    def _arrive(self, edge: words.Text | None) -> None:
        self._bring_into_view()
        self._narrator.say_focus(before=edge)

    def _use(self) -> None:
        focus = self._reading.focus
        if focus is None:
            return
        entry = focus.entry
        if entry.role is Role.HEADING:
            self._narrator.read_page()
        elif not entry.is_control:
            self._narrator.say_focus(with_help=False)
        elif not entry.available:
            self._narrator.say(words.NOT_NOW)
        elif entry.role is Role.INPUT:
            self._typist.begin(focus.item, entry)
        else:
            self._click(focus)

    def _click(self, spot: Spot) -> None:
        self._asked_s = monotonic()
        if not spot.item.isEnabled():
            # A button rests for a moment after it came; whoever goes by ear means this one.
            QTimer.singleShot(_SETTLE_MS, self, lambda: self._click_later(spot))
        elif spot.item.inherits("QQuickAbstractButton"):
            QMetaObject.invokeMethod(spot.item, "click")
        self._alive.start(_ANSWER_MS)

    def _click_later(self, spot: Spot) -> None:
        focus = self._reading.focus
        if (
            focus is not None
            and focus.entry.id == spot.entry.id
            and isValid(spot.item)
            and spot.item.isEnabled()
        ):
            QMetaObject.invokeMethod(spot.item, "click")

    def _answer(self) -> None:
        """After a key that changed nothing one could hear: say the notices, or where one is."""
        self.look()
        if self._narrator.spoke_s < self._asked_s and not self._narrator.say_notices():
            self._narrator.say_focus(with_help=False)

    def _bring_into_view(self) -> None:
        focus = self._reading.focus
        area = None if focus is None else scrolling_ancestor(focus.item)
        if focus is None or area is None:
            return
        top = area.mapFromItem(focus.item, QPointF(0, 0)).y()
        bottom = top + focus.item.height()
        room = area.height()
        if top >= 0 and bottom <= room:
            return
        wanted = top if focus.item.height() > room else (top + bottom - room) / 2
        position = float(area.property("contentY")) + wanted
        longest = float(area.property("contentHeight")) - room + float(area.property("originY"))
        area.setProperty("contentY", max(float(area.property("originY")), min(position, longest)))

    def _draw_mark(self) -> None:
        mark = self._mark
        if mark is None:
            return
        focus = self._reading.focus
        place = QRectF()
        if self.active and focus is not None and isValid(focus.item) and focus.item.isVisible():
            place = _visible_part(_framed(focus.item))
        if mark.property("place") != place:
            mark.setProperty("place", place)


def _framed(item: QQuickItem) -> QQuickItem:
    """Return what looks like the thing in focus: around an input stands its field."""
    above = next(ancestors(item), None) if item.inherits("QQuickTextInput") else None
    return item if above is None else above


def _visible_part(item: QQuickItem) -> QRectF:
    place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    area = scrolling_ancestor(item)
    if area is None:
        return place
    return place.intersected(viewport_of(area))
