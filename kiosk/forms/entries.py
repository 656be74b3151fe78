"""The entries of a repeated group: each is asked column by column, then joins the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.forms.model import Answers, Field, Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry while it is asked.

    Args:
        index: Its place in the list; one past the last for a new one.
        column: The column asked now.
        answers: What has been answered of it.
    """

    index: int
    column: str
    answers: Answers


def entries_of(answers: Mapping[str, Value], group: str) -> tuple[Answers, ...]:
    """Return the entries of a group, none while it has not been answered."""
    value = answers.get(group)
    return tuple(part for part in value if not isinstance(part, str)) if isinstance(value, tuple) else ()


def is_full(field: Field, entries: tuple[Answers, ...]) -> bool:
    """Tell whether no entry more fits."""
    return field.limits.most is not None and len(entries) >= field.limits.most


def with_entry(entries: tuple[Answers, ...], entry: Entry) -> tuple[Answers, ...]:
    """Return the list with one entry put in its place."""
    return (*entries[: entry.index], entry.answers, *entries[entry.index + 1 :])


def without_entry(entries: tuple[Answers, ...], index: int) -> tuple[Answers, ...]:
    """Return the list without one entry."""
    return (*entries[:index], *entries[index + 1 :])


def column_after(group: Field, column: str) -> Field | None:
    """Return the column asked after ``column``, None after the last."""
    at = group.columns.index(group.column(column)) + 1
    return group.columns[at] if at < len(group.columns) else None


def column_before(group: Field, column: str) -> Field | None:
    """Return the column asked before ``column``, None before the first."""
    at = group.columns.index(group.column(column)) - 1
    return group.columns[at] if at >= 0 else None
