"""The traditional forms of what a resident writes: put beside the simplified ones, kept nowhere."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import cast

from opencc import OpenCC

_CONTEXT = 4
"""Characters before the cursor that may be part of the word: 头发 and 出发 differ."""


def with_traditional(candidates: Iterable[str], before: str) -> tuple[str, ...]:
    """Return each character, its traditional form in front of it where there is another one.

    Args:
        candidates: Simplified characters, best first.
        before: What already stands before the cursor.
    """
    offered: dict[str, None] = {}
    for candidate in candidates:
        offered[traditional_of(candidate, before)] = None
        offered[candidate] = None
    return tuple(offered)


def traditional_of(candidate: str, before: str) -> str:
    """Return a character's traditional form in the word that it ends."""
    word = before[-_CONTEXT:] + candidate
    converted = _convert()(word)
    return converted[-1] if len(converted) == len(word) else _convert()(candidate)


@cache
def _convert() -> Callable[[str], str]:
    # As the screens are, and not through their own function: that one remembers what it converted.
    return cast("Callable[[str], str]", OpenCC("s2hk").convert)  # pyright: ignore[reportUnknownMemberType]  # the library has no types
