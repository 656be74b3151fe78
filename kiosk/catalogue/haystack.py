"""Many short texts run together, so that one search of the language's own answers for all of them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import IntEnum

_END = "\n"


class Hit(IntEnum):
    """How well a text answers a query; the smaller the better."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2
    SOUND = 3


class Haystack:
    """Texts in which a query may stand anywhere, or begin only where one of their parts begins.

    Args:
        texts: Each as its parts: one for a text that may be entered anywhere, words or syllables otherwise.
        anywhere: Whether a query may begin inside a part.
    """

    def __init__(self, texts: Sequence[Sequence[str]], *, anywhere: bool) -> None:
        self._begins: list[int] = []
        self._doors: set[int] | None = None if anywhere else set()
        pieces: list[str] = []
        place = 0
        for parts in texts:
            self._begins.append(place)
            for part in parts:
                if self._doors is not None:
                    self._doors.add(place)
                pieces.append(part)
                place += len(part)
            pieces.append(_END)
            place += 1
        self._text = "".join(pieces)

    def find(self, query: str) -> Iterator[tuple[int, Hit]]:
        """Yield the number of each text that answers, with how well; a text may come more than once."""
        text, begins, doors = self._text, self._begins, self._doors
        place = text.find(query)
        while place >= 0:
            if doors is None or place in doors:
                number = bisect_right(begins, place) - 1
                if begins[number] != place:
                    yield number, Hit.INSIDE
                elif text.startswith(_END, place + len(query)):
                    yield number, Hit.EXACT
                else:
                    yield number, Hit.PREFIX
            place = text.find(query, place + 1)
