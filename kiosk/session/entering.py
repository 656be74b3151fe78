"""A repeated group: its list, and one entry asked column by column."""

from dataclasses import replace

from kiosk.forms.address import start
from kiosk.forms.entries import (
    Entry,
    column_after,
    column_before,
    entries_of,
    is_full,
    with_entry,
    without_entry,
)
from kiosk.forms.model import Answers, Field, Value
from kiosk.forms.parsing import draft_of
from kiosk.forms.questions import SKIPPED
from kiosk.session.states import Asking


def listed(state: Asking) -> tuple[Answers, ...]:
    """Return the entries of the group that is asked."""
    return entries_of(state.visit.answers, state.name)


def add_entry(state: Asking) -> Asking:
    """Ask the first column of a new entry; a full list stays as it is."""
    group, entries = _group(state), listed(state)
    if state.entry is not None or not group.columns or is_full(group, entries):
        return state
    return _at(state, Entry(len(entries), group.columns[0].name, Answers()))


def change_entry(state: Asking, index: int) -> Asking:
    """Ask an entry again from its first column, with what it holds."""
    group, entries = _group(state), listed(state)
    if state.entry is not None or not 0 <= index < len(entries):
        return state
    return _at(state, Entry(index, group.columns[0].name, entries[index]))


def remove_entry(state: Asking, index: int) -> tuple[Answers, ...]:
    """Return the list without an entry; whole when there is no such entry."""
    entries = listed(state)
    known = state.entry is None and 0 <= index < len(entries)
    return without_entry(entries, index) if known else entries


def next_column(state: Asking, entry: Entry, answer: Value) -> Asking | tuple[Answers, ...]:
    """Take the answer to one column.

    Returns:
        The next column, or the whole list with this entry in it.
    """
    answered = replace(entry, answers=entry.answers.with_(entry.column, answer))
    following = column_after(_group(state), entry.column)
    if following is None:
        return with_entry(listed(state), answered)
    return _at(state, replace(answered, column=following.name))


def previous_column(state: Asking, entry: Entry) -> Asking:
    """Go back to the column before, or to the list; a new entry that was left is forgotten."""
    before = column_before(_group(state), entry.column)
    if before is None:
        return replace(state, entry=None, picking=None, draft="", problem=None)
    return _at(state, replace(entry, column=before.name))


def _group(state: Asking) -> Field:
    return state.visit.form.field(state.name)


def _at(state: Asking, entry: Entry) -> Asking:
    draft = draft_of(entry.answers.get(entry.column, SKIPPED))
    picking = start(draft) if _group(state).column(entry.column).kind == "address" else None
    return replace(state, entry=entry, draft=draft, picking=picking, problem=None)
