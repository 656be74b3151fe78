"""Search as residents type: Chinese in either characters, full pinyin, initials, other names, English words.

Departments, themes and life events find what belongs to them, after what is called so itself. Where the words
do not hit, the same sound (高领 for 高龄) and then near spellings are offered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from kiosk.catalogue import sound as spoken
from kiosk.catalogue.events import LIFE_EVENTS
from kiosk.catalogue.haystack import Haystack, Hit
from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.nearness import Nearness
from kiosk.catalogue.themes import THEMES
from kiosk.domain.text import Language, Text
from kiosk.domain.traditional import simplified

_SEPARATORS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME, _ALIAS, _BELONGING = range(3)
_NEAR_MOST = 3
_NEAR_LEAST_CHARACTERS = 2
_QUERY_MOST = 60
_THEMES = {theme.key: theme.title for theme in THEMES}
_EVENTS = {event.key: event.title for event in LIFE_EVENTS}

_Rank = tuple[bool, Hit, int, bool, int]


@dataclass(frozen=True, slots=True)
class _Key:
    """One searchable name of an item.

    Args:
        place: Of the item.
        weight: Name, other name, or what it belongs to, in this order.
        chinese: Whether it is Chinese.
        plain: Without spaces and signs, small letters.
        words: The parts at whose beginning a hit may begin: words, or syllables in pinyin.
        initials: Pinyin initials, ``""`` for an English key.
    """

    place: int
    weight: int
    chinese: bool
    plain: str
    words: tuple[str, ...]
    initials: str


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
        self._keys = tuple(chain.from_iterable(_keys(place, item) for place, item in enumerate(self._items)))
        self._plain = Haystack([(key.plain if key.chinese else "",) for key in self._keys], anywhere=True)
        self._initials = Haystack([(key.initials,) for key in self._keys], anywhere=True)
        self._words = Haystack([key.words for key in self._keys], anywhere=False)
        own = [(number, key) for number, key in enumerate(self._keys) if key.weight != _BELONGING]
        spellings = {(spelling, number) for number, key in own for spelling in _spellings(key)}
        ordered = sorted(spellings, key=lambda one: (one[1], one[0]))
        self._near_keys = tuple(number for _, number in ordered)
        self._nearness = Nearness([spelling for spelling, _ in ordered])

    def find(self, query: str, language: Language) -> Found:
        """Search.

        Args:
            query: As typed; an empty one finds everything.
            language: Language of the screen; decides between equally good hits.
        """
        plain = _plain(simplified(query[:_QUERY_MOST]))
        if not plain:
            return Found(self._items, near=False)
        sound = "".join(spoken.syllables(plain)) if _HAN.search(plain) else ""
        ranks: dict[int, _Rank] = {}
        for number, hit in self._hits(plain, sound):
            key = self._keys[number]
            other = key.chinese is not language.chinese
            longer = len(key.plain) if key.weight == _NAME else 0
            rank = (key.weight == _BELONGING, hit, key.weight, other, longer)
            if key.place not in ranks or rank < ranks[key.place]:
                ranks[key.place] = rank
        if ranks:
            best = sorted(ranks, key=lambda place: (ranks[place], place))
            return Found(tuple(self._items[place] for place in best), near=False)
        return Found(self._near(plain, sound), near=True)

    def _hits(self, plain: str, sound: str) -> Iterator[tuple[int, Hit]]:
        yield from self._plain.find(plain)
        if sound:
            yield from ((number, Hit.SOUND) for number, _ in self._words.find(sound))
        else:
            yield from self._initials.find(plain)
            yield from self._words.find(plain)

    def _near(self, plain: str, sound: str) -> tuple[ServiceItem, ...]:
        if len(plain) < _NEAR_LEAST_CHARACTERS:
            return ()
        best: dict[int, float] = {}
        for spelling in {plain, sound or plain}:
            for number, nearness in self._nearness.near(spelling).items():
                place = self._keys[self._near_keys[number]].place
                best[place] = max(nearness, best.get(place, 0.0))
        ordered = sorted(best, key=lambda place: (-best[place], place))
        return tuple(self._items[place] for place in ordered[:_NEAR_MOST])


def _keys(place: int, item: ServiceItem) -> Iterator[_Key]:
    for text in _both(item.name):
        yield _key(place, _NAME, text)
    for alias in item.aliases:
        yield _key(place, _ALIAS, alias)
    events = (_EVENTS[event] for event in item.events)
    for text in chain.from_iterable(map(_both, (item.department, _THEMES[item.theme], *events))):
        yield _key(place, _BELONGING, text)


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _key(place: int, weight: int, text: str) -> _Key:
    plain = _plain(text)
    if not _HAN.search(plain):
        words = tuple(_SEPARATORS.sub(" ", _folded(text)).split())
        return _Key(place, weight, chinese=False, plain=plain, words=words, initials="")
    syllables = spoken.syllables(plain)
    initials = spoken.initials(plain)
    return _Key(place, weight, chinese=True, plain=plain, words=syllables, initials=initials)


def _spellings(key: _Key) -> Iterator[str]:
    yield key.plain
    if key.chinese:
        yield "".join(key.words)
        yield key.initials
    else:
        yield from key.words


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", _folded(text))
