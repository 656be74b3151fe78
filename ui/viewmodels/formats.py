"""How dates look beside data."""

from datetime import date

from kiosk.domain.dates import date_words
from kiosk.domain.text import Language


def shown_date(day: date, language: Language) -> str:
    """Return a calendar day in words."""
    return date_words(day, language)
