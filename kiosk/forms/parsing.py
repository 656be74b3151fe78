"""One answer as typed → a value, or what is wrong with it.

Spaces, dashes and full-width characters are the machine's problem, not the resident's.
"""

from datetime import date
from types import MappingProxyType
from typing import assert_never

from kiosk.forms.model import Answers, Field, Problem, Value
from kiosk.forms.questions import SKIPPED
from kiosk.forms.spelling import bare, read_date, read_id_number, read_phone, tidy

EARLIEST = date(1900, 1, 1)
"""Nobody at a terminal has a date before this one to tell."""
_DIGITS_MOST = 40
CHOICE_END = "\n"
"""Stands between the choices in the draft of ``choices``."""


def parse(field: Field, text: str, today: date | None = None) -> Value | Problem:
    """Read one answer.

    Args:
        field: The question.
        text: As typed, or the value of the choice.
        today: Bounds a date that cannot lie in the future; without it the bound is not looked at.

    Returns:
        The value: text for ``text``, ``address``, ``choice``, ``phone`` and ``id-number``, ISO text for
        ``date``, an int or digits for ``number``, a tuple for ``choices``; ``""`` for an optional question
        left empty. Or a problem: ``form.required``, ``form.too-short``, ``form.too-long``,
        ``form.not-a-date``, ``form.in-the-future``, ``form.not-a-phone``, ``form.not-an-id-number``,
        ``form.not-a-number``, ``form.not-a-choice``, ``form.too-few``, ``form.too-many``,
        ``form.out-of-range``; ``form.malformed`` for a ``group``, which no text answers.
    """
    tidied = tidy(text)
    if not tidied and field.kind != "group":
        return Problem(field.name, "form.required") if field.required else SKIPPED
    return _by_kind(field, text if field.kind == "choices" else tidied, today)


def draft_of(value: Value) -> str:
    """Return the text that ``parse`` reads as ``value``; of a group there is none."""
    if not isinstance(value, tuple):
        return str(value)
    return CHOICE_END.join(part for part in value if isinstance(part, str))


def ticked(draft: str, choice: str) -> str:
    """Return the draft of ``choices`` with one choice ticked, or no longer ticked."""
    chosen = [part for part in draft.split(CHOICE_END) if part]
    kept = [part for part in chosen if part != choice]
    return CHOICE_END.join(kept if len(kept) < len(chosen) else [*chosen, choice])


def check_entries(field: Field, entries: tuple[Answers, ...]) -> Problem | None:
    """Return what is wrong with the number of a group's entries, None when nothing is."""
    return _count_problem(field, len(entries))


def _by_kind(field: Field, text: str, today: date | None) -> Value | Problem:
    answer: Value | Problem
    match field.kind:
        case "text" | "address":
            answer = _length_problem(field, text) or text
        case "choice":
            known = any(choice.value == text for choice in field.choices)
            answer = text if known else Problem(field.name, "form.not-a-choice")
        case "choices":
            answer = _choices(field, text)
        case "number":
            answer = _number(field, bare(text))
        case "date":
            answer = _date(field, text, today)
        case "phone":
            answer = read_phone(text) or Problem(field.name, "form.not-a-phone")
        case "id-number":
            answer = read_id_number(text) or Problem(field.name, "form.not-an-id-number")
        case "group":
            answer = Problem(field.name, "form.malformed")
        case _:
            assert_never(field.kind)
    return answer


def _choices(field: Field, text: str) -> Value | Problem:
    chosen = {tidy(part) for part in text.split(CHOICE_END)} - {""}
    known = tuple(choice.value for choice in field.choices if choice.value in chosen)
    if len(known) < len(chosen):
        return Problem(field.name, "form.not-a-choice")
    return _count_problem(field, len(known)) or known


def _count_problem(field: Field, count: int) -> Problem | None:
    least, most = field.limits.least, field.limits.most
    if least is not None and count < least:
        return Problem(field.name, "form.too-few", MappingProxyType({"least": least}))
    if most is not None and count > most:
        return Problem(field.name, "form.too-many", MappingProxyType({"most": most}))
    return None


def _number(field: Field, digits: str) -> Value | Problem:
    if not (digits.isascii() and digits.isdigit()):
        return Problem(field.name, "form.not-a-number")
    if not field.limits.whole:
        return _length_problem(field, digits) or digits
    if len(digits) > _DIGITS_MOST:
        return _out_of_range(field)
    number = int(digits)
    if (field.limits.least is not None and number < field.limits.least) or (
        field.limits.most is not None and number > field.limits.most
    ):
        return _out_of_range(field)
    return number


def _date(field: Field, text: str, today: date | None) -> Value | Problem:
    day = read_date(text)
    if day is None:
        return Problem(field.name, "form.not-a-date")
    if day < EARLIEST:
        return Problem(field.name, "form.out-of-range", MappingProxyType({"least": EARLIEST.isoformat()}))
    if field.limits.past and today is not None and day > today:
        return Problem(field.name, "form.in-the-future")
    return day.isoformat()


def _length_problem(field: Field, text: str) -> Problem | None:
    least, most = field.limits.length_min, field.limits.length_max
    if len(text) < least:
        return Problem(field.name, "form.too-short", MappingProxyType({"least": least}))
    if most is not None and len(text) > most:
        return Problem(field.name, "form.too-long", MappingProxyType({"most": most}))
    return None


def _out_of_range(field: Field) -> Problem:
    bounds = {"least": field.limits.least, "most": field.limits.most}
    return Problem(
        field.name,
        "form.out-of-range",
        MappingProxyType({name: bound for name, bound in bounds.items() if bound is not None}),
    )
