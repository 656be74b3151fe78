"""Calendar days in words."""

from datetime import date

from kiosk.domain.text import Language

# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on


def date_words(day: date, language: Language) -> str:
    """Return a day as it is written in a language: ``2026年3月8日``, ``8 March 2026``."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"
