"""Simplified Chinese → the traditional characters of Hong Kong and Macau (OpenCC ``s2hk``), and back."""

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


def simplified(text: str) -> str:
    """Return what somebody typed in simplified characters; never remembered."""
    return _revert()(text)


@cache
def _revert() -> Callable[[str], str]:
    return cast("Callable[[str], str]", OpenCC("hk2s").convert)  # pyright: ignore[reportUnknownMemberType]  # the library has no types


@cache
def _convert() -> Callable[[str], str]:
    return cast("Callable[[str], str]", OpenCC("s2hk").convert)  # pyright: ignore[reportUnknownMemberType]  # the library has no types
