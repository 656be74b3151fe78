"""What follows from the answers: recomputed whenever one of them changes, and sealed as it was shown."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from kiosk.forms.computed import Age, Computed, Copy, Count, Sum
from kiosk.forms.model import Answers, Form, Value
from kiosk.forms.questions import settled


def with_computed(form: Form, answers: Answers, today: date) -> Answers:
    """Return the answers with everything that can be computed from them, and nothing computed from before.

    Args:
        form: The questions.
        answers: All answers; those of questions that do not apply count for nothing.
        today: Ages are those of this day.
    """
    rules = {field.name: field.computed for field in form.fields if field.computed is not None}
    result = answers.without(*rules)
    for name, rule in rules.items():
        value = _computed(rule, settled(form, result), today)
        if value is not None:
            result = result.with_(name, value)
    return result


def age_on(day: date, born: date) -> int:
    """Return the completed years; one born on 29 February completes them on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _computed(rule: Computed, answers: Mapping[str, Value], today: date) -> Value | None:
    match rule:
        case Age(of):
            return _age(answers.get(of), today)
        case Sum(terms):
            found = [number for term in terms for number in _numbers(answers, term)]
            return sum(found) if found else None
        case Count(of):
            counted = answers.get(of)
            return len(counted) if isinstance(counted, tuple) else None
        case Copy(of):
            return answers.get(of)
        case _:
            assert_never(rule)


def _age(born: Value | None, today: date) -> int | None:
    if not isinstance(born, str):
        return None
    day = date.fromisoformat(born)
    return None if day > today else age_on(today, day)


def _numbers(answers: Mapping[str, Value], term: str) -> list[int]:
    name, _, column = term.partition(".")
    value = answers.get(name)
    if not isinstance(value, tuple):
        return [value] if isinstance(value, int) else []
    entries = [part for part in value if not isinstance(part, str)]
    # Nobody in the list: the sum of nothing is nothing, and that is known.
    return [0, *(number for entry in entries if isinstance(number := entry.get(column), int))]
