"""Dates, phone numbers and identity numbers as people write them → as they are stored."""

import re
import unicodedata
from datetime import date

from kiosk.domain import identity_number

_SEPARATORS = re.compile(r"[\s\-‐‑–—−_.,/()\u200b]+")
_DATE = re.compile(r"([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})\D*|([0-9]{4})([0-9]{2})([0-9]{2})")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[1-9][0-9]{6,7}")
_CHINA_PREFIX = re.compile(r"(\+|00)86(?=1)")


def tidy(text: str) -> str:
    """Return ``text`` without control characters and with single spaces, in composed form (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    return " ".join(kept.split())


def bare(text: str) -> str:
    """Return ``text`` in half-width characters without spaces, dashes, dots, slashes and brackets."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def read_date(text: str) -> date | None:
    """Read ``YYYY-MM-DD``, ``YYYYMMDD``, ``2026年3月8日`` and the like; None when it is no day."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_phone(text: str) -> str | None:
    """Return the digits of a mobile or of a landline with area code; None when it is neither."""
    digits = _CHINA_PREFIX.sub("", bare(text), count=1)
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None


def read_id_number(text: str) -> str | None:
    """Return the identity number with a capital X; None when its form or its check is wrong."""
    number = bare(text).upper()
    return number if identity_number.is_valid(number) or identity_number.is_foreign_2017(number) else None
