"""An answer as it is shown: in words, and masked unless the resident asked to see it."""

from datetime import date

from kiosk.domain.masking import mask_number, mask_phone
from kiosk.domain.text import Language
from kiosk.forms.model import Field, Value


def display(field: Field, value: Value, language: Language, *, masked: bool = True) -> str:
    """Return ``value`` for the preview and the review.

    Args:
        field: The question that it answers.
        value: The answer.
        language: Language of the screen.
        masked: Whether a field that is ``secret`` is masked.
    """
    match value:
        case tuple():
            return "、".join(display(field, part, language, masked=masked) for part in value)
        case bool() | int():
            return str(value)
        case str():
            return _text(field, value, language, masked=masked)


def _text(field: Field, value: str, language: Language, *, masked: bool) -> str:
    if masked and field.secret:
        return mask_phone(value) if field.kind == "phone" else mask_number(value)
    if field.kind == "choice":
        titles = {choice.value: choice.title for choice in field.choices}
        return titles[value].in_(language) if value in titles else value
    if field.kind == "date" and value:
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日" if language is Language.ZH else value
    return value
