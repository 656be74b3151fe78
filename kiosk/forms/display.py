"""An answer as it is shown: in words, and masked unless the resident asked to see it."""

from datetime import date

from kiosk.domain.dates import date_words
from kiosk.domain.masking import mask_address, mask_name, mask_number, mask_phone
from kiosk.domain.text import Language, Text
from kiosk.forms.model import Answers, Field, Value
from kiosk.forms.questions import SKIPPED

_NONE = Text("无", "None")
_LONG = 10_000
"""From here on a number is grouped by thousands; a year is not."""
_ADDRESS_KEY = ".address"
_NAME_KEY = ".name"
"""End of the prefill keys that hold a person's name."""


def display(field: Field, value: Value, language: Language, *, masked: bool = True) -> str:
    """Return ``value`` for the preview and the review; each entry of a group on a line of its own.

    Args:
        field: The question that it answers.
        value: The answer.
        language: Language of the screen.
        masked: Whether a field that is ``secret`` is masked.
    """
    match value:
        case tuple():
            return _list(field, value, language, masked=masked)
        case bool() | int():
            return f"{value:,}" if value >= _LONG else str(value)
        case str():
            return _text(field, value, language, masked=masked)


def display_entry(group: Field, entry: Answers, language: Language, *, masked: bool = True) -> str:
    """Return one entry of a repeated group in one line, column by column; what was left empty is left out."""
    parts = [
        _column(column, entry[column.name], language, masked=masked)
        for column in group.columns
        if column.name in entry and entry[column.name] != SKIPPED
    ]
    return (", " if language is Language.EN else "，").join(parts)


def _column(column: Field, value: Value, language: Language, *, masked: bool) -> str:
    words = display(column, value, language, masked=masked)
    # A bare number says nothing; a name, a date or a choice speaks for itself.
    return f"{column.label.in_(language)} {words}" if column.kind == "number" else words


def _list(
    field: Field, value: tuple[str, ...] | tuple[Answers, ...], language: Language, *, masked: bool
) -> str:
    between = ", " if language is Language.EN else "、"
    if not value:
        return _NONE.in_(language)
    lines = [
        display_entry(field, part, language, masked=masked) for part in value if not isinstance(part, str)
    ]
    if lines:
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return between.join(_title(field, part, language) for part in value if isinstance(part, str))


def _text(field: Field, value: str, language: Language, *, masked: bool) -> str:
    if masked and field.secret:
        return _masked(field, value)
    if field.kind == "choice":
        return _title(field, value, language)
    if field.kind == "date" and value:
        return date_words(date.fromisoformat(value), language)
    return value


def _title(field: Field, value: str, language: Language) -> str:
    return next((choice.title.in_(language) for choice in field.choices if choice.value == value), value)


def _masked(field: Field, value: str) -> str:
    if field.kind == "phone":
        return mask_phone(value)
    key = field.prefill or ""
    if field.kind == "address" or key.endswith(_ADDRESS_KEY):
        return mask_address(value)
    if key.endswith(_NAME_KEY):
        return mask_name(value)
    return mask_number(value)
