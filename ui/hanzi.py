"""Characters for a syllable of Pinyin, and the words that tell them apart; nothing is learned from anyone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from ui.words.characters import COMMON, EXPLAINED

_MOST = 40
# The rows of GB 2312 hold the characters in daily use first, then the rarer ones.
_DAILY = range(0xB0, 0xD8)
_OUTSIDE = 2


@dataclass(frozen=True, slots=True)
class _Book:
    characters: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]


def candidates(syllable: str) -> tuple[str, ...]:
    """Return the characters for a syllable without its tone (``lv`` for lü), the likeliest first."""
    return _book().characters.get(syllable.lower(), ())


def is_beginning(letters: str) -> bool:
    """Return whether some syllable begins so."""
    return any(syllable.startswith(letters.lower()) for syllable in _book().characters)


def explain(character: str) -> str:
    """Return the character with a word that holds it (``国王的王``), or alone where none is known."""
    known = EXPLAINED.get(character)
    if known is not None:
        return known
    word = _book().words.get(character)
    return character if word is None else f"{word}的{character}"


@cache
def _book() -> _Book:
    # Loading the dictionary takes a fifth of a second, which the first frame need not wait for.
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415  # see above
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415  # see above
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  # see above

    known = cast("Mapping[int, str]", pinyin_dict)
    phrases = cast("Mapping[str, list[list[str]]]", phrases_dict)
    uses = Counter(character for phrase in phrases for character in set(phrase))
    ranks = {character: at for at, character in enumerate(COMMON)}
    found: defaultdict[str, list[tuple[int, int, int, int, str]]] = defaultdict(list)
    for code, readings in known.items():
        character = chr(code)
        level = _level(character)
        if level == _OUTSIDE:
            continue
        for at, reading in enumerate(dict.fromkeys(map(to_normal, readings.split(",")))):
            rank = ranks.get(character, len(ranks)) if at == 0 else len(ranks)
            found[reading].append((rank, min(at, 1), level, -uses[character], character))
    characters = {
        syllable: tuple(character for *_, character in sorted(each)[:_MOST])
        for syllable, each in found.items()
    }
    return _Book(characters, _words(phrases, uses))


def _words(phrases: Iterable[str], uses: Mapping[str, int]) -> dict[str, str]:
    """Pick for each character the word of two whose parts are used most."""
    best: dict[str, tuple[int, int, str]] = {}
    for phrase in phrases:
        if len(phrase) != 2 or phrase[0] == phrase[1]:  # noqa: PLR2004  # a word of two characters
            continue
        worth = (-max(map(_level, phrase)), min(uses[character] for character in phrase), phrase)
        for character in phrase:
            if character not in best or worth > best[character]:
                best[character] = worth
    return {character: phrase for character, (*_, phrase) in best.items()}


def _level(character: str) -> int:
    try:
        row = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return _OUTSIDE
    return 0 if row in _DAILY else 1
