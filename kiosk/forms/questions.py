"""Which questions are asked, and in which order."""

from collections.abc import Iterable, Mapping

from kiosk.forms.model import Answers, Datum, Field, Form, Value

SKIPPED = ""
"""Answer to an optional question that was shown and left empty."""


def visible(form: Form, answers: Mapping[str, Value]) -> tuple[Field, ...]:
    """Return the fields that apply under these answers, in order."""
    shown: list[Field] = []
    names: set[str] = set()
    for field in form.fields:
        if field.when is None or (field.when[0] in names and answers.get(field.when[0]) in field.when[1]):
            shown.append(field)
            names.add(field.name)
    return tuple(shown)


def asked(form: Form, answers: Mapping[str, Value], data: Iterable[Datum] = ()) -> tuple[Field, ...]:
    """Return the questions that have a page of their own: visible, and not answered by a datum in use."""
    known = {datum.field for datum in data if datum.used}
    return tuple(field for field in visible(form, answers) if field.name not in known)


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
    nobody's business any more.
    """
    return Answers(
        {
            field.name: answers[field.name]
            for field in visible(form, answers)
            if field.name in answers and answers[field.name] != SKIPPED
        }
    )


def _place(form: Form, name: str) -> int:
    return form.fields.index(form.field(name))
