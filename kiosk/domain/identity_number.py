"""Citizen identity numbers (公民身份号码) per GB 11643-1999: check, date of birth, sex.

Resident cards, residence permits for Hong Kong, Macau and Taiwan (81…, 82…, 83…) and the 2023 permanent
residence card of foreigners (9…) share the 18 characters and the check; the 2017 card of foreigners has a
number of its own form.
"""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""2^(17-i) mod 11, ISO 7064 MOD 11-2."""
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")

LENGTH = 18


def check_character(body: str) -> str:
    """Return the 18th character for the first 17 digits.

    Args:
        body: 17 ASCII digits.
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECK[total % 11]


def is_valid(number: str) -> bool:
    """Tell whether ``number`` has the form, a real date and the right check character (upper-case X)."""
    return (
        _SHAPE.fullmatch(number) is not None
        and birth_of(number) is not None
        and check_character(number[:17]) == number[17]
    )


def is_foreign_2017(number: str) -> bool:
    """Tell whether ``number`` has the form of the 2017 permanent residence card: 3 letters, 12 digits."""
    return _FOREIGN_2017.fullmatch(number) is not None


def birth_of(number: str) -> date | None:
    """Return the date of birth at places 7 to 14, or None when it is no date."""
    digits = number[6:14]
    if len(digits) != len("YYYYMMDD") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """Return the GB/T 2261.1 code that the 17th digit carries: odd ``"1"`` male, even ``"2"`` female."""
    return "1" if int(number[16]) % 2 else "2"
