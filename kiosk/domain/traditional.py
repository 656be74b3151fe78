"""Simplified Chinese → the traditional characters that Hong Kong and Macau read (OpenCC, ``s2hk``)."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import cast

from opencc import OpenCC

_FIXED_TEXTS = 8192
"""More than the fixed texts of a terminal; names and answers of residents are never converted."""


@lru_cache(maxsize=_FIXED_TEXTS)
def traditional(text: str) -> str:
    """Return a fixed text in traditional characters."""
    return _convert()(text)


@cache
def _convert() -> Callable[[str], str]:
    return cast("Callable[[str], str]", OpenCC("s2hk").convert)  # pyright: ignore[reportUnknownMemberType]  # the library has no types
