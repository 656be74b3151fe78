"""A screen of choices: one of several is touched."""

from dataclasses import dataclass

from kiosk.domain.text import Language, Text


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One choice: its code, what it is called, what it means, its picture, whether it is the one chosen."""

    code: str
    title: str
    hint: str = ""
    symbol: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choosing:
    """One screen of choices.

    Args:
        title: The question.
        lead: One sentence below it.
        lines: The choices.
        fault: What is in the way, or ``""``.
        busy: Whether the answer is still awaited.
        primary: Words of the button that goes on, or ``""`` when a touch on a choice does.
        columns: How many choices stand beside each other.
        private: Whether the choices say something personal.
    """

    title: str = ""
    lead: str = ""
    lines: tuple[ChoiceLine, ...] = ()
    fault: str = ""
    busy: bool = False
    primary: str = ""
    columns: int = 1
    private: bool = False


def choice(code: str, title: Text, hint: Text, symbol: str, language: Language) -> ChoiceLine:
    """Return one choice in a language."""
    return ChoiceLine(code, title.in_(language), hint.in_(language), symbol)
