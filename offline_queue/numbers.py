"""Receipt numbers: ``T0421-000137-96`` is terminal, gapless sequence, two check characters.

Both check characters follow ISO 7064 MOD 37,36. The first covers terminal and sequence. The second covers
everything before it. The hybrid recursion always ends in the same state after a valid check character, so a
second run over the same values would print the same character on every receipt; it also overlooks exactly
one kind of swap, that of two neighbours whose values differ by one. Therefore the second run takes the
alphabet in another order (value x 5 mod 36): no two characters are next to each other in both orders, so
every wrong character and every swap of neighbours is caught by one run or the other.
"""

import re
from dataclasses import dataclass
from typing import Final

from offline_queue.errors import NumberError

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASE: Final = len(_ALPHABET)
_SECOND_ALPHABET: Final = "".join(sorted(_ALPHABET, key=lambda c: _ALPHABET.index(c) * 5 % _BASE))
_TERMINAL: Final = re.compile(r"[A-Z0-9]{2,12}")
_NUMBER: Final = re.compile(r"([A-Z0-9]{2,12})-([0-9]{6,12})-([A-Z0-9]{2})")


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """The parts of a receipt number: which terminal, and its how-manieth application."""

    terminal: str
    seq: int


def is_terminal_name(text: str) -> bool:
    """Return whether ``text`` can stand in a receipt number: 2-12 capital letters and digits."""
    return _TERMINAL.fullmatch(text) is not None


def make_number(terminal: str, seq: int) -> str:
    """Return the receipt number of a terminal's application number ``seq`` (counted from 1).

    Raises:
        NumberError: ``number.invalid`` when the terminal's name or the sequence cannot be printed.
    """
    if not is_terminal_name(terminal) or seq < 1:
        raise NumberError("number.invalid", f"terminal {terminal!r}, sequence {seq}")
    body = f"{terminal}{seq:06d}"
    return f"{terminal}-{seq:06d}-{_checks(body)}"


def parse_number(text: str) -> ReceiptNumber:
    """Read a receipt number as a person types it: spaces around it and small letters are forgiven.

    Raises:
        NumberError: ``number.invalid`` for a wrong shape or wrong check characters.
    """
    match = _NUMBER.fullmatch(text.strip().upper())
    if match is None or _checks(match[1] + match[2]) != match[3]:
        raise NumberError("number.invalid")
    return ReceiptNumber(match[1], int(match[2]))


def check_number(text: str) -> bool:
    """Return whether ``text`` is a receipt number with the right check characters."""
    try:
        parse_number(text)
    except NumberError:
        return False
    return True


def _checks(body: str) -> str:
    first = _mod_37_36(body, _ALPHABET)
    return first + _mod_37_36(body + first, _SECOND_ALPHABET)


def _mod_37_36(body: str, alphabet: str) -> str:
    product = _BASE
    for character in body:
        total = (product + alphabet.index(character)) % _BASE or _BASE
        product = total * 2 % (_BASE + 1)
    return alphabet[(1 - product) % _BASE]
