"""How a text of the screen is said: numbers that are names digit by digit, signs by their names."""

import re

from kiosk.domain.text import Language
from ui.words.narration import DASH, HIDDEN, HIDDEN_ONE, PAUSE

# A number that is a name (of a case, a card, a telephone): five digits or more on end, or digits and capitals
# mixed. A date, an amount or an hour is none of these and is said as what it is.
_CODE = re.compile(r"(?<![A-Za-z0-9*])(?=[A-Z0-9*\-]*[0-9*])[A-Z0-9*]+(?:-[A-Z0-9*]+)*(?![A-Za-z0-9*])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://(\S+)")
_LEAST_DIGITS = 5
# Longer than a receipt number, a number is said in groups of four, to be written down.
_LEAST_GROUPED, _GROUP = 15, 4
_STARS = re.compile(r"\*+")


def spell(text: str, language: Language) -> str:
    """Return a text as it is to be said.

    >>> spell("回执编号 T0421-000137-K7", Language.ZH)
    '回执编号 T 0 4 2 1 杠 0 0 0 1 3 7 杠 K 7'
    """
    text = _ADDRESS.sub(r"\1", text)
    return _CODE.sub(lambda match: _one_by_one(match[0], language), text)


def _one_by_one(code: str, language: Language) -> str:
    digits = sum(letter.isdigit() for letter in code)
    letters = any(letter.isalpha() for letter in code)
    if _DATE.fullmatch(code) or not ("*" in code or digits >= _LEAST_DIGITS or (letters and digits)):
        return code
    said = [_sign(part, language) for part in re.findall(r"\*+|.", code)]
    groups = [" ".join(said[at : at + _GROUP]) for at in range(0, len(said), _GROUP)]
    return PAUSE.in_(language).join(groups) if len(said) > _LEAST_GROUPED else " ".join(said)


def _sign(part: str, language: Language) -> str:
    if _STARS.fullmatch(part):
        return (HIDDEN_ONE if len(part) == 1 else HIDDEN).in_(language).format(n=len(part))
    return DASH.in_(language) if part == "-" else part
