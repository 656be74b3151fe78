"""Search as residents type: Chinese, full pinyin, pinyin initials, other names, English words, department.

Where the words do not hit, the same sound (高领 for 高龄) and then near spellings are offered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from pypinyin import Style, lazy_pinyin

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.text import Language

_SEPARATORS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME, _ALIAS, _DEPARTMENT = range(3)
_NEAR_ENOUGH = 0.6
_NEAR_MOST = 3
_NEAR_LEAST_CHARACTERS = 2


class _Hit(IntEnum):
    """How well a key answers a query; the smaller the better."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2
    SOUND = 3
    NONE = 9


@dataclass(frozen=True, slots=True)
class _Key:
    """One searchable name of an item.

    Args:
        weight: Name, other name or department, in this order.
        words: The parts at whose beginning a hit may begin: words, or syllables in pinyin.
        initials: Pinyin initials, ``""`` for an English key.
        sound: Full pinyin, ``""`` for an English key.
    """

    weight: int
    language: Language
    plain: str
    words: tuple[str, ...]
    initials: str
    sound: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives.

    Args:
        items: Best first.
        near: Whether nothing was found and these are only near to it.
    """

    items: tuple[ServiceItem, ...]
    near: bool


class SearchIndex:
    """Names of all items, ready to be searched; built once per catalogue."""

    def __init__(self, items: Iterable[ServiceItem]) -> None:
        self._items = tuple(items)
        self._keys = {item.code: tuple(_keys(item)) for item in self._items}

    def find(self, query: str, language: Language) -> Found:
        """Search.

        Args:
            query: As typed; an empty one finds everything.
            language: Language of the screen; decides between equally good hits.
        """
        plain = _plain(query)
        if not plain:
            return Found(self._items, near=False)
        sound = "".join(lazy_pinyin(plain)) if _HAN.search(plain) else ""
        ranked: list[tuple[tuple[int, int, int], int]] = []
        for place, item in enumerate(self._items):
            grades = (
                (_hit(key, plain, sound), key.weight, int(key.language.chinese is not language.chinese))
                for key in self._keys[item.code]
            )
            best = min(grades)
            if best[0] is not _Hit.NONE:
                ranked.append((best, place))
        if ranked:
            return Found(tuple(self._items[place] for _, place in sorted(ranked)), near=False)
        return Found(self._near(plain, sound), near=True)

    def _near(self, plain: str, sound: str) -> tuple[ServiceItem, ...]:
        if len(plain) < _NEAR_LEAST_CHARACTERS:
            return ()
        scored: list[tuple[float, int]] = []
        for place, item in enumerate(self._items):
            score = max(
                _nearness(key, plain, sound) for key in self._keys[item.code] if key.weight < _DEPARTMENT
            )
            if score >= _NEAR_ENOUGH:
                scored.append((-score, place))
        return tuple(self._items[place] for _, place in sorted(scored)[:_NEAR_MOST])


def _keys(item: ServiceItem) -> Iterator[_Key]:
    yield _key(_NAME, item.name.zh)
    yield _key(_NAME, item.name.en)
    for alias in item.aliases:
        yield _key(_ALIAS, alias)
    yield _key(_DEPARTMENT, item.department.zh)
    yield _key(_DEPARTMENT, item.department.en)


def _key(weight: int, text: str) -> _Key:
    plain = _plain(text)
    if not _HAN.search(plain):
        words = tuple(_SEPARATORS.sub(" ", _folded(text)).split())
        return _Key(weight, Language.EN, plain, words, "", "")
    syllables = tuple(lazy_pinyin(plain))
    initials = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    return _Key(weight, Language.ZH, plain, syllables, initials, "".join(syllables))


def _hit(key: _Key, plain: str, sound: str) -> _Hit:
    if key.language is Language.EN:
        return _word_hit(key.words, plain)
    if sound:
        by_text = _text_hit(key.plain, plain)
        by_sound = _word_hit(key.words, sound)
        return min(by_text, _Hit.NONE if by_sound is _Hit.NONE else _Hit.SOUND)
    return min(
        _text_hit(key.plain, plain),
        _text_hit(key.initials, plain),
        _word_hit(key.words, plain),
    )


def _text_hit(text: str, query: str) -> _Hit:
    if text == query:
        return _Hit.EXACT
    if text.startswith(query):
        return _Hit.PREFIX
    return _Hit.INSIDE if query in text else _Hit.NONE


def _word_hit(words: tuple[str, ...], query: str) -> _Hit:
    """Compare with the words run together, beginning at the beginning of a word only."""
    for place in range(len(words)):
        rest = "".join(words[place:])
        if rest.startswith(query):
            if place:
                return _Hit.INSIDE
            return _Hit.EXACT if rest == query else _Hit.PREFIX
    return _Hit.NONE


def _nearness(key: _Key, plain: str, sound: str) -> float:
    pairs = [(key.plain, plain), *((word, plain) for word in key.words if key.language is Language.EN)]
    if key.language is Language.ZH:
        pairs += [(key.sound, sound or plain)]
        pairs += [] if sound else [(key.initials, plain)]
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", _folded(text))
