"""Texts that are spelled nearly like a query, for when none answers it.

Comparing letter by letter is slow, so it is done only with those that share most pairs of letters.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

NEAR_ENOUGH = 0.6
_COMPARED_MOST = 40
_PAIR = 2
"""Of a shorter query nothing is near."""


class Nearness:
    """Texts, by the pairs of letters in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for pair in _pairs(text):
                self._by_pair[pair].append(number)

    def near(self, query: str) -> dict[int, float]:
        """Return the numbers of the texts that are near, with how near: 1 is the same, 0.6 the least."""
        pairs = _pairs(query)
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(self._by_pair.get(pair, ()))
        likeness = {
            number: 2 * count / (len(pairs) + max(1, len(self._texts[number]) - 1))
            for number, count in shared.items()
        }
        best = sorted(likeness, key=lambda number: (-likeness[number], number))[:_COMPARED_MOST]
        matcher = SequenceMatcher(None, "", query, autojunk=False)
        found: dict[int, float] = {}
        for number in best:
            matcher.set_seq1(self._texts[number])
            if matcher.quick_ratio() >= NEAR_ENOUGH and (ratio := matcher.ratio()) >= NEAR_ENOUGH:
                found[number] = ratio
        return found


def _pairs(text: str) -> set[str]:
    return {text[place : place + _PAIR] for place in range(len(text) - 1)}
