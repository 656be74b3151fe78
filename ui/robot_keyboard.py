"""The robot's fingers on the real on-screen keyboard: each letter a key, each word a candidate."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.scene import named_items, walk

_STEP_MS = 10
_DRAG_STEPS = 10
_DRAGS = 60
_KEYBOARD = "keyboard"
_CANDIDATES = "wordCandidateView"


class Fingers(Protocol):
    """What typing needs of the robot."""

    window: QQuickWindow

    def wait(self, ready: Callable[[], bool], what: str, timeout_s: float | None = None) -> None:
        """Run the event loop until ``ready()``."""
        ...

    def tap(self, name: str) -> None:
        """Touch an item once it can be touched."""
        ...

    def tap_item(self, item: QQuickItem) -> None:
        """Press and release in the middle of an item."""
        ...

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Draw a finger from one point of the window to another."""
        ...


class KeyboardHands:
    """Types on the keyboard that is open, whatever layout it shows.

    Args:
        robot: Whose fingers.
    """

    def __init__(self, robot: Fingers) -> None:
        self._robot = robot

    def latin(self, text: str) -> None:
        """Type Latin letters, digits and spaces on the English layout."""
        self.use_locale("en_US")
        for letter in text:
            if letter.isdigit():
                self.digits(letter)
                continue
            self._ensure(lambda letter=letter: self._key(letter) is not None, Qt.Key.Key_Context1)
            key = self._key(letter)
            if key is not None and letter.isalpha() and bool(key.property("uppercased")) != letter.isupper():
                self._tap_function_key(Qt.Key.Key_Shift)
            self._tap_key(letter)

    def digits(self, digits: str) -> None:
        """Type digits on whatever layout has them, switching to the symbols where there is a need."""
        for digit in digits:
            self._ensure(lambda digit=digit: self._key(digit) is not None, Qt.Key.Key_Context1)
            self._tap_key(digit)

    def pinyin(self, letters: str, *picks: str) -> None:
        """Type Pinyin letters and pick these candidates one after the other."""
        self.use_locale("zh_CN")
        for letter in letters:
            self._ensure(lambda letter=letter: self._key(letter) is not None, Qt.Key.Key_Context1)
            self._tap_key(letter)
        for pick in picks:
            self._pick(pick)

    def candidates(self) -> list[str]:
        """Return the words offered that are in view now, in their order."""
        return [str(item.property("word")) for item in self._candidate_items()]

    def use_locale(self, locale: str) -> None:
        """Press the language key until the layout is ``zh_CN`` or ``en_US``."""
        self._robot.wait(lambda: self.is_open() and bool(self.shown_keys()), "the keyboard is open")
        if self.locale() != locale:
            # Not by ``tap``: one area over all keys takes their touches, so each key looks covered.
            self._robot.wait(lambda: self._language_key() is not None, "the keyboard has a language key")
            key = self._language_key()
            if key is not None:
                self._robot.tap_item(key)
            self._robot.wait(lambda: self.locale() == locale, f"the keyboard's language is {locale}")

    def _language_key(self) -> QQuickItem | None:
        return next(iter(named_items(self._robot.window, "changeLanguageKey")), None)

    def is_open(self) -> bool:
        """Return whether the keyboard is on the screen."""
        return self._keyboard() is not None

    def _keyboard(self) -> QQuickItem | None:
        inside = [item for item in named_items(self._robot.window, _KEYBOARD) if self._is_in_window(item)]
        return next(iter(inside), None)

    def _is_in_window(self, item: QQuickItem) -> bool:
        return _middle(item).y() < self._robot.window.height()

    def locale(self) -> str:
        """Return the layout's locale, ``zh_CN`` or ``en_US``; empty while there is none."""
        keyboard = self._keyboard()
        return "" if keyboard is None else str(keyboard.property("locale"))

    def shown_keys(self) -> list[QQuickItem]:
        """Return the keys of the layout shown."""
        keyboard = self._keyboard()
        if keyboard is None:
            return []
        return [item for item in walk(keyboard) if _is_key(item)]

    def _key(self, letter: str) -> QQuickItem | None:
        for key in self.shown_keys():
            if str(key.property("text")).lower() == letter.lower() and key.isEnabled():
                return key
        return None

    def _tap_key(self, letter: str) -> None:
        self._robot.wait(lambda: self._key(letter) is not None, f"the keyboard has {letter!r}")
        key = self._key(letter)
        if key is not None:
            self._robot.tap_item(key)

    def _tap_function_key(self, code: Qt.Key) -> None:
        key = next((key for key in self.shown_keys() if key.property("key") == code.value), None)
        if key is not None:
            self._robot.tap_item(key)

    def _ensure(self, there: Callable[[], bool], switch: Qt.Key) -> None:
        """Press a layout's switch once unless what is needed is on the layout already."""
        self._robot.wait(self.is_open, "the keyboard is open")
        if not there():
            self._tap_function_key(switch)
            self._robot.wait(there, "the other layout has the key")

    def _candidate_items(self) -> list[QQuickItem]:
        views = named_items(self._robot.window, _CANDIDATES)
        if not views:
            return []
        view = views[-1].mapRectToScene(views[-1].boundingRect())
        items = [item for item in walk(views[-1]) if item.objectName() == "candidate"]
        inside = [item for item in items if view.contains(_middle(item))]
        return sorted(inside, key=lambda item: item.mapRectToScene(item.boundingRect()).x())

    def _pick(self, word: str) -> None:
        self._robot.wait(lambda: bool(self.candidates()), f"candidates are offered for {word!r}")
        for _ in range(_DRAGS):
            found = [item for item in self._candidate_items() if item.property("word") == word]
            if found:
                self._robot.tap_item(found[0])
                return
            self._drag_candidates()
        self._robot.wait(lambda: word in self.candidates(), f"{word!r} is among the candidates", 0)

    def _drag_candidates(self) -> None:
        view = named_items(self._robot.window, _CANDIDATES)[-1]
        place = view.mapRectToScene(view.boundingRect())
        start, end = place.right() - place.width() * 0.15, place.left() + place.width() * 0.25
        y = place.center().y()
        self._robot.drag(QPointF(start, y).toPoint(), QPointF(end, y).toPoint())
        self._robot.wait(lambda: not bool(view.property("moving")), "the candidates rest")


def _middle(item: QQuickItem) -> QPointF:
    return item.mapRectToScene(item.boundingRect()).center()


def _is_key(item: QQuickItem) -> bool:
    """Tell a key from all else, also from the gaps at the ends of a row."""
    if item.property("keyType") is None:
        return False
    return not item.property("noKeyEvent") or bool(item.property("functionKey"))
