"""Which questions are asked, and in which order."""

from collections.abc import Iterable, Mapping

from kiosk.forms.model import Answers, Datum, Field, Form, Value

SKIPPED = ""
"""Answer to an optional question that was shown and left empty."""


def visible(form: Form, answers: Mapping[str, Value]) -> tuple[Field, ...]:
    """Return the fields that apply under these answers, in order; a computed one once it has a value."""
    shown: list[Field] = []
    names: set[str] = set()
    for field in form.fields:
        if field.computed is not None and field.name not in answers:
            continue
        if field.when is None or (field.when[0] in names and _is_one_of(answers, *field.when)):
            shown.append(field)
            names.add(field.name)
    return tuple(shown)


def _is_one_of(answers: Mapping[str, Value], name: str, values: tuple[str, ...]) -> bool:
    answer = answers.get(name)
    return any(part in values for part in answer) if isinstance(answer, tuple) else answer in values


def dependent(form: Form, name: str) -> frozenset[str]:
    """Return the fields whose being asked hangs on the answer to ``name``, directly or through others."""
    found: set[str] = {name}
    for field in form.fields:
        if field.when is not None and field.when[0] in found:
            found.add(field.name)
    return frozenset(found - {name})


def asked(form: Form, answers: Mapping[str, Value], data: Iterable[Datum] = ()) -> tuple[Field, ...]:
    """Return the questions that have a page of their own: visible, and answered by no datum, no rule."""
    known = {datum.field for datum in data if datum.used}
    return tuple(
        field for field in visible(form, answers) if field.computed is None and field.name not in known
    )


def remaining(form: Form, answers: Mapping[str, Value], data: Iterable[Datum] = ()) -> tuple[Field, ...]:
    """Return the questions that still have no answer, in order."""
    return tuple(field for field in asked(form, answers, data) if field.name not in answers)


def next_question(
    form: Form, answers: Mapping[str, Value], current: str | None, data: Iterable[Datum] = ()
) -> Field | None:
    """Return the question after ``current`` (None: the first), answered or not; None after the last."""
    fields = asked(form, answers, data)
    if current is None:
        return fields[0] if fields else None
    return next((field for field in fields if _place(form, field.name) > _place(form, current)), None)


def previous_question(
    form: Form, answers: Mapping[str, Value], current: str, data: Iterable[Datum] = ()
) -> Field | None:
    """Return the question before ``current``, None when it is the first."""
    before = [
        field for field in asked(form, answers, data) if _place(form, field.name) < _place(form, current)
    ]
    return before[-1] if before else None


def settled(form: Form, answers: Mapping[str, Value]) -> Answers:
    """Return the answers that count: those of visible fields that were not left empty.

    An answer to a question that no longer applies (the employer of somebody who now says "study") is
    nobody's business any more. What was left empty in an entry of a group is left out as well.
    """
    return Answers(
        {
            field.name: _without_gaps(answers[field.name])
            for field in visible(form, answers)
            if field.name in answers and answers[field.name] != SKIPPED
        }
    )


def _without_gaps(value: Value) -> Value:
    if not isinstance(value, tuple):
        return value
    entries = tuple(
        part.without(*(name for name in part if part[name] == SKIPPED))
        for part in value
        if isinstance(part, Answers)
    )
    return entries or value


def _place(form: Form, name: str) -> int:
    return form.fields.index(form.field(name))
