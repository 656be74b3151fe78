"""The robot's fingers on the real on-screen keyboard: each letter a key, each word a candidate."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.scene import named_items, walk

_STEP_MS = 10
_DRAGS = 60
_PLACE = "keyboardPlace"
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

    def draw(self, points: Sequence[QPoint]) -> None:
        """Draw a finger through points of the window."""
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
        for letter in text:
            if letter.isdigit():
                self.digits(letter)
                continue
            self.use_locale("en_US")
            self._robot.wait(lambda letter=letter: self._key(letter) is not None, f"a key for {letter!r}")
            key = self._key(letter)
            if key is not None and letter.isalpha() and bool(key.property("uppercased")) != letter.isupper():
                self._tap_function_key(Qt.Key.Key_Shift)
            self._tap_key(letter)

    def digits(self, digits: str) -> None:
        """Type digits, and the signs beside them."""
        self.choose("digits")
        for digit in digits:
            self._tap_key(digit)

    def pinyin(self, letters: str, *picks: str) -> None:
        """Type Pinyin letters and pick these candidates one after the other."""
        self.use_locale("zh_CN")
        for letter in letters:
            self._tap_key(letter)
        for pick in picks:
            self._pick(pick)

    def write(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw one character with a finger; points from 0 to 1 across the pad."""
        self.choose("writing")
        self._robot.wait(lambda: self._pad() is not None, "there is a pad to write on")
        for stroke in strokes:
            pad = self._pad()
            if pad is None:
                return
            place = pad.mapRectToScene(pad.boundingRect())
            points = [
                QPointF(place.x() + x * place.width(), place.y() + y * place.height()).toPoint()
                for x, y in stroke
            ]
            self._robot.draw(points)

    def written(self) -> list[str]:
        """Return the characters offered for what is written, best first."""
        place = self._place()
        keys = (
            []
            if place is None
            else [item for item in walk(place) if item.objectName().startswith("written-")]
        )
        return [str(key.property("label")) for key in keys]

    def pick_written(self, character: str) -> None:
        """Wait until this character is offered, and tap it."""
        self._robot.wait(lambda: character in self.written(), f"{character!r} is offered")
        self._robot.tap(f"written-{self.written().index(character)}")

    def _pad(self) -> QQuickItem | None:
        return next(iter(named_items(self._robot.window, "writingPad")), None)

    def candidates(self) -> list[str]:
        """Return the words offered that are in view now, in their order."""
        return [str(item.property("word")) for item in self._candidate_items()]

    def use_locale(self, locale: str) -> None:
        """Choose Pinyin (``zh_CN``) or English (``en_US``), and their letters."""
        self.choose("english" if locale == "en_US" else "pinyin")
        self._robot.wait(lambda: self.locale() == locale, f"the keyboard's language is {locale}")

    def choose(self, mode: str) -> None:
        """Press ``pinyin``, ``writing``, ``english`` or ``digits`` unless that is chosen already."""
        self._robot.wait(self.is_open, "the keyboard is open")
        # Keys get their places with the first frame that shows them.
        self._robot.window.grabWindow()
        if self.mode() != mode:
            self._robot.tap(f"mode-{mode}")
            self._robot.wait(lambda: self.mode() == mode, f"the keyboard's way is {mode}")

    def mode(self) -> str:
        """Return which way of typing is chosen; empty while the keyboard is not open."""
        place = self._place()
        return "" if place is None else str(place.property("mode"))

    def is_open(self) -> bool:
        """Return whether the keyboard is on the screen."""
        return self._place() is not None

    def _place(self) -> QQuickItem | None:
        inside = [item for item in named_items(self._robot.window, _PLACE) if self._is_in_window(item)]
        return next(iter(inside), None)

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
            # The words of the letters that are left may come after those of all of them were looked through.
            self._drag_candidates(back=self._candidates_end())
        self._robot.wait(lambda: word in self.candidates(), f"{word!r} is among the candidates", 0)

    def _candidates_end(self) -> bool:
        return bool(named_items(self._robot.window, _CANDIDATES)[-1].property("atXEnd"))

    def _drag_candidates(self, *, back: bool) -> None:
        """Draw the row of candidates on by its own width, or back to its beginning."""
        view = named_items(self._robot.window, _CANDIDATES)[-1]
        place = view.mapRectToScene(view.boundingRect())
        ends = place.right() - place.width() * 0.15, place.left() + place.width() * 0.25
        start, end = (QPointF(x, place.center().y()).toPoint() for x in (reversed(ends) if back else ends))
        for _ in range(_DRAGS):
            self._robot.drag(start, end)
            self._robot.wait(lambda: not bool(view.property("moving")), "the candidates rest")
            if not back or bool(view.property("atXBeginning")):
                return


def _middle(item: QQuickItem) -> QPointF:
    return item.mapRectToScene(item.boundingRect()).center()


def _is_key(item: QQuickItem) -> bool:
    """Tell a key from all else, also from the gaps at the ends of a row."""
    if item.property("keyType") is None:
        return False
    return not item.property("noKeyEvent") or bool(item.property("functionKey"))
