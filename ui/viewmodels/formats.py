"""How dates look beside data."""

from datetime import date

from kiosk.domain.text import Language


def shown_date(day: date, language: Language) -> str:
    """Return a calendar day in words."""
    match language:
        case Language.ZH:
            return f"{day.year}年{day.month}月{day.day}日"
        case Language.EN:
            return f"{day.day} {day:%b} {day.year}"
