"""The book of codes, ``docs/errors.md``, as data: what each code means and what to do about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

BOOK: Final = Path(__file__).parents[1].joinpath("docs", "errors").with_suffix(".md")
_ROW: Final = re.compile(r"^\| `([a-z0-9.-]+)` \| ([^|]+) \| ([a-z, ]+) \| ([^|]+) \|$", re.MULTILINE)
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code.

    Args:
        meaning: What it means.
        who: Who acts.
        remedy: What to do, or ``""``.
    """

    meaning: str
    who: str
    remedy: str


@cache
def errors_book(path: Path = BOOK) -> Mapping[str, Entry]:
    """Return the book, empty where the documents were not installed with the program."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return MappingProxyType({})
    rows = {
        code: Entry(meaning.strip(), who.strip(), remedy.strip().replace(_NOTHING, ""))
        for code, meaning, who, remedy in _ROW.findall(text)
    }
    return MappingProxyType(rows)
