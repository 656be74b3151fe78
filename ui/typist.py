"""Typing into a field of the screen with five keys: the speller's wheel, heard and shown."""

from PySide6.QtCore import Q_ARG, QMetaObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import isValid

from kiosk.domain.text import Language
from ui import hanzi
from ui.narration import Entry
from ui.narrator import Narrator
from ui.scene import named_items
from ui.speller import (
    Deed,
    Deleted,
    Finished,
    Key,
    Option,
    Outcome,
    Refused,
    Spelled,
    Speller,
    Turned,
    Typed,
    Wheel,
)
from ui.spoken import spell
from ui.words import narration as words

_PANEL, _PAD_X = "spellerPanel", "digit-X"
Part = tuple[str, Language]


class Typist:
    """The speller on one field at a time.

    Args:
        window: The screens, with the panel that shows the wheel.
        narrator: Says what the wheel stands on.
    """

    def __init__(self, window: QQuickWindow, narrator: Narrator) -> None:
        self._window = window
        self._narrator = narrator
        self._speller: Speller | None = None
        self._field: QQuickItem | None = None
        self._private = False
        self._language = Language.ZH

    @property
    def typing(self) -> bool:
        """Whether the keys belong to the wheel now."""
        if self._field is not None and not (isValid(self._field) and self._field.isVisible()):
            self.leave()
        return self._speller is not None

    def begin(self, field: QQuickItem, entry: Entry) -> None:
        """Put the keys on a field."""
        self._field, self._private, self._language = field, entry.private, entry.language
        with_x = bool(named_items(self._window, _PAD_X))
        wheels = wheels_of(field, entry.language, with_x=with_x)
        self._speller = Speller(wheels, wheels[0])
        QGuiApplication.inputMethod().hide()
        start = [self._word(words.TYPING), entry.spoken(aloud=self._hidden)]
        if self._private and not self._narrator.private_aloud:
            start.append(self._word(words.NOBODY_LISTENS))
        parts = [(text, self._language) for text in start]
        self._show()
        self._narrator.say_in([*parts, *self._wheel_parts(self._speller)])

    def leave(self) -> None:
        """Take the keys off the field; what was typed stays in it."""
        self._speller = self._field = None
        self._show()

    def press(self, key: Key) -> None:
        """Do what a key asks for."""
        speller, field = self._speller, self._field
        if speller is None or field is None:
            return
        before = speller.wheel
        self._speller, outcome = speller.press(key)
        said = self._carry_out(field, outcome)
        if isinstance(outcome, Finished):
            self.leave()
        else:
            said += self._wheel_parts(self._speller) if self._speller.wheel is not before else self._now()
            self._show()
        self._narrator.say_in(said)

    def _carry_out(self, field: QQuickItem, outcome: Outcome) -> list[Part]:
        """Put it into the field; returns what is said of it."""
        match outcome:
            case Typed(text):
                _commit(field, text)
                said = [self._typed(text)]
            case Deleted():
                _delete(field)
                said = [self._said(words.DELETED)]
            case Spelled(letters):
                said = [self._syllable(letters)]
            case Refused():
                said = [self._said(words.NO_SUCH_SYLLABLE)]
            case Finished():
                said = [self._ending(field)]
            case Turned():
                said = []
        return said

    def _syllable(self, letters: str) -> Part:
        if self._hidden:
            return self._word(words.LETTERS_SO_FAR).format(n=len(letters)), self._language
        return " ".join(letters), Language.EN

    def _now(self) -> list[Part]:
        """Say where the wheel stands, after what was done with it."""
        return [] if self._speller is None else [self._option(self._speller.option)]

    def _wheel_parts(self, speller: Speller) -> list[Part]:
        return [
            self._said(words.WHEELS[speller.wheel]),
            self._option(speller.option),
            self._said(words.WHEEL_HELP[speller.wheel]),
        ]

    def _option(self, option: Option) -> Part:
        match option.deed:
            case Deed.LETTER:
                return option.value.upper(), Language.EN
            case Deed.TYPE if option.value.isalpha():
                return option.value.upper(), Language.EN
            case Deed.CHARACTER:
                return hanzi.explain(option.value), Language.ZH
            case _:
                return self.label(option), self._language

    def label(self, option: Option) -> str:
        """Return how an option stands on the wheel."""
        match option.deed:
            case Deed.WHEEL:
                name = self._word(words.WHEELS[option.value])
                return self._word(words.SWITCH_TO).format(wheel=name)
            case Deed.DELETE:
                return self._word(words.DELETE)
            case Deed.DONE:
                return self._word(words.DONE)
            case _:
                return self._word(words.SPACE) if option.value == " " else option.value

    def _typed(self, text: str) -> Part:
        if self._hidden:
            return self._said(words.STAR)
        return self._option(Option(Deed.TYPE if text.isascii() else Deed.CHARACTER, text))

    def _ending(self, field: QQuickItem) -> Part:
        text = str(field.property("text"))
        if self._hidden:
            return self._word(words.TYPED_HIDDEN).format(n=len(text)), self._language
        return self._word(words.TYPED_ALL) + spell(text, self._language), self._language

    @property
    def _hidden(self) -> bool:
        """Whether what is typed must not be said."""
        return self._private and not self._narrator.private_aloud

    def _said(self, text: words.Text) -> Part:
        return self._word(text), self._language

    def _word(self, text: words.Text) -> str:
        return text.in_(self._language)

    def _show(self) -> None:
        panel = self._window.findChild(QQuickItem, _PANEL)
        if panel is None:
            return
        panel.setProperty("open", self._speller is not None)
        if self._speller is None:
            panel.setProperty("options", [])
            panel.setProperty("letters", "")
            return
        panel.setProperty("options", [self.label(option) for option in self._speller.options])
        panel.setProperty("at", self._speller.at)
        panel.setProperty("letters", self._speller.letters)
        panel.setProperty("wheelName", self._word(words.WHEELS[self._speller.wheel]))
        panel.setProperty("help", self._word(words.WHEEL_HELP[self._speller.wheel]))


def wheels_of(field: QQuickItem, language: Language, *, with_x: bool) -> tuple[Wheel, ...]:
    """Return the wheels for a field by its input hints, the likeliest first.

    Args:
        field: A text input, or the field of a number pad.
        language: Language of the screen.
        with_x: Whether the number pad has an X.
    """
    if not _takes_text(field):
        return (Wheel.ID_NUMBER if with_x else Wheel.DIGITS,)
    hints = Qt.InputMethodHint(field.property("inputMethodHints"))
    if hints & Qt.InputMethodHint.ImhDigitsOnly:
        return (Wheel.DIGITS,)
    if hints & Qt.InputMethodHint.ImhPreferNumbers:
        return (Wheel.ID_NUMBER,)
    if language is Language.EN:
        return Wheel.LATIN, Wheel.DIGITS, Wheel.PINYIN
    return Wheel.PINYIN, Wheel.DIGITS, Wheel.LATIN


def _takes_text(field: QQuickItem) -> bool:
    return field.inherits("QQuickTextInput") or field.inherits("QQuickTextEdit")


def _press(field: QQuickItem, key: str) -> None:
    """Press a key of the number pad that belongs to a field."""
    QMetaObject.invokeMethod(field, "pressed", Q_ARG(str, key))


def _commit(field: QQuickItem, text: str) -> None:
    """Type as the on-screen keyboard does, so that the field's own rules hold."""
    if not _takes_text(field):
        _press(field, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    _at_the_end(field)
    QGuiApplication.sendEvent(field, event)


def _delete(field: QQuickItem) -> None:
    if not _takes_text(field):
        _press(field, "erase")
        return
    if not field.property("text"):
        return
    event = QInputMethodEvent()
    event.setCommitString("", -1, 1)
    _at_the_end(field)
    QGuiApplication.sendEvent(field, event)


def _at_the_end(field: QQuickItem) -> None:
    field.setProperty("cursorPosition", len(str(field.property("text"))))
