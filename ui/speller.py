"""Typing with five keys: a wheel of letters, digits or characters, as a value without any screen.

Left and right turn the wheel, OK takes what it stands on, up deletes, and down goes on: from letters of
Pinyin to the characters for them, else to the end of typing.
"""

import string
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from ui import hanzi


class Wheel(StrEnum):
    """What is on the wheel."""

    PINYIN = "pinyin"
    LATIN = "latin"
    DIGITS = "digits"
    ID_NUMBER = "id-number"
    CHARACTERS = "characters"


class Key(StrEnum):
    """The five keys."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    OK = "ok"


class Deed(StrEnum):
    """What can stand on the wheel."""

    TYPE = "type"
    """Types its text."""
    LETTER = "letter"
    """Adds a letter to the syllable."""
    CHARACTER = "character"
    """Types a character for the syllable."""
    WHEEL = "wheel"
    """Changes to the wheel it names."""
    DELETE = "delete"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Option:
    """One place of the wheel."""

    deed: Deed
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text goes into the field."""

    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The field's last character goes."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The syllable is now this."""

    letters: str


@dataclass(frozen=True, slots=True)
class Turned:
    """The wheel stands elsewhere, or is another one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """There is nothing like it: no character for the letters."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Typing is over."""


Outcome = Typed | Deleted | Spelled | Turned | Refused | Finished

_SIGNS = {Wheel.PINYIN: string.ascii_lowercase, Wheel.LATIN: string.ascii_lowercase + " "}
_DIGITS = {Wheel.DIGITS: string.digits, Wheel.ID_NUMBER: string.digits + "X"}
_CHARACTERS_PAGE = 5


@dataclass(frozen=True, slots=True)
class Speller:
    """Where somebody is in typing; what was typed stands in the field, not here.

    Args:
        wheels: The wheels that the field allows, the first to begin with.
        wheel: The wheel in use.
        at: Where it stands.
        letters: The syllable of Pinyin so far.
    """

    wheels: tuple[Wheel, ...]
    wheel: Wheel
    at: int = 0
    letters: str = ""

    @property
    def options(self) -> tuple[Option, ...]:
        """All that is on the wheel."""
        match self.wheel:
            case Wheel.CHARACTERS:
                return tuple(Option(Deed.CHARACTER, each) for each in hanzi.candidates(self.letters))
            case Wheel.PINYIN:
                signs = [Option(Deed.LETTER, letter) for letter in _SIGNS[Wheel.PINYIN]]
            case Wheel.LATIN:
                signs = [Option(Deed.TYPE, letter) for letter in _SIGNS[Wheel.LATIN]]
            case Wheel.DIGITS | Wheel.ID_NUMBER as wheel:
                signs = [Option(Deed.TYPE, digit) for digit in _DIGITS[wheel]]
            case _:
                assert_never(self.wheel)
        others = [Option(Deed.WHEEL, wheel) for wheel in self.wheels if wheel is not self.wheel]
        return (*signs, *others, Option(Deed.DELETE), Option(Deed.DONE))

    @property
    def option(self) -> Option:
        """What the wheel stands on."""
        return self.options[self.at]

    def press(self, key: Key) -> "tuple[Speller, Outcome]":
        """Return what a key makes of it."""
        match key:
            case Key.LEFT:
                return self._turn(-1), Turned()
            case Key.RIGHT:
                return self._turn(1), Turned()
            case Key.UP:
                return self._back()
            case Key.DOWN:
                return self._on()
            case Key.OK:
                return self._take()
            case _:
                assert_never(key)

    def _turn(self, steps: int) -> "Speller":
        return replace(self, at=(self.at + steps) % len(self.options))

    def _back(self) -> "tuple[Speller, Outcome]":
        if self.wheel is Wheel.CHARACTERS:
            return replace(self, wheel=Wheel.PINYIN, at=0), Turned()
        if self.letters:
            shorter = self.letters[:-1]
            return replace(self, letters=shorter), Spelled(shorter)
        return self, Deleted()

    def _on(self) -> "tuple[Speller, Outcome]":
        if self.wheel is Wheel.CHARACTERS:
            return self._turn(_CHARACTERS_PAGE), Turned()
        if not self.letters:
            return self, Finished()
        if not hanzi.candidates(self.letters):
            return self, Refused()
        return replace(self, wheel=Wheel.CHARACTERS, at=0), Turned()

    def _spell(self, letters: str) -> "tuple[Speller, Outcome]":
        if not hanzi.is_beginning(letters):
            return self, Refused()
        return replace(self, letters=letters), Spelled(letters)

    def _take(self) -> "tuple[Speller, Outcome]":
        option = self.option
        match option.deed:
            case Deed.TYPE:
                return self, Typed(option.value)
            case Deed.LETTER:
                return self._spell(self.letters + option.value)
            case Deed.CHARACTER:
                return replace(self, wheel=Wheel.PINYIN, at=0, letters=""), Typed(option.value)
            case Deed.WHEEL:
                return replace(self, wheel=Wheel(option.value), at=0, letters=""), Turned()
            case Deed.DELETE:
                return self._back()
            case Deed.DONE:
                return replace(self, letters=""), Finished()
            case _:
                assert_never(option.deed)
