"""Characters written with a finger, recognised by zinnia; nothing is learned and nothing is kept.

zinnia is a C library; its model knows the 6 763 simplified characters of GB 2312 and no others.
"""

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

NO_HANDWRITING = "ui.no-handwriting"
LIBRARY = "libzinnia.so.0"
TOP = 10
"""How many characters are offered."""

Point = tuple[float, float]
Stroke = Sequence[Point]

_SIDE = 1000
_MARGIN = 120
_SMALLEST = 0.35
"""Of the pad: what is smaller is a dot and stays small, or every dot would look like a character."""
_DOUBT = 0.2
"""Taken from the score of an order in which the strokes were not written."""
_POINTER, _SIZE, _INT, _TEXT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_char_p
_SIGNATURES = {
    "zinnia_recognizer_new": (_POINTER, ()),
    "zinnia_recognizer_destroy": (None, (_POINTER,)),
    "zinnia_recognizer_open": (_INT, (_POINTER, _TEXT)),
    "zinnia_recognizer_classify": (_POINTER, (_POINTER, _POINTER, _SIZE)),
    "zinnia_character_new": (_POINTER, ()),
    "zinnia_character_destroy": (None, (_POINTER,)),
    "zinnia_character_set_width": (None, (_POINTER, _SIZE)),
    "zinnia_character_set_height": (None, (_POINTER, _SIZE)),
    "zinnia_character_add": (_INT, (_POINTER, _SIZE, _INT, _INT)),
    "zinnia_result_destroy": (None, (_POINTER,)),
    "zinnia_result_size": (_SIZE, (_POINTER,)),
    "zinnia_result_value": (_TEXT, (_POINTER, _SIZE)),
    "zinnia_result_score": (ctypes.c_float, (_POINTER, _SIZE)),
}


class HandwritingError(Exception):
    """Handwriting cannot be offered here; ``code`` is listed in ``docs/errors.md``.

    Args:
        detail: What is missing or refused.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(f"{NO_HANDWRITING}: {detail}")
        self.code = NO_HANDWRITING
        self.detail = detail


class Recogniser:
    """One open model.

    Args:
        model: zinnia's file, mapped into memory and only read.
        library: zinnia itself, as the dynamic linker knows it.

    Raises:
        HandwritingError: The library or the model is not there, or zinnia refuses the model.
    """

    def __init__(self, model: Path, library: str = LIBRARY) -> None:
        self._zinnia = _loaded(library)
        _read_ahead(model)
        self._handle: int | None = self._zinnia.zinnia_recognizer_new()
        if not self._zinnia.zinnia_recognizer_open(self._handle, os.fsencode(model)):
            self.close()
            raise HandwritingError(f"{model} is not a model")

    def close(self) -> None:
        """Give the model back; doing it again changes nothing."""
        if self._handle is not None:
            self._zinnia.zinnia_recognizer_destroy(self._handle)
            self._handle = None

    def candidates(
        self, strokes: Sequence[Stroke], pad: float, overtaken: Callable[[], bool] = lambda: False
    ) -> tuple[str, ...]:
        """Return the characters that the strokes look like most, best first; nothing without a stroke.

        The model expects the strokes in one order, which is not always the one that is taught, and many
        people write in another. So each two neighbours are also tried the other way round.

        Args:
            strokes: In the order of writing, anywhere on the pad.
            pad: Side of the pad, in the same unit.
            overtaken: Asked between tries; whether nobody waits for the answer any more.
        """
        if self._handle is None or not any(strokes):
            return ()
        best: dict[str, float] = {}
        for at, order in enumerate(orders(fitted(strokes, pad))):
            for character, score in self._classify(self._handle, order):
                judged = score if at == 0 else score - _DOUBT
                best[character] = max(judged, best.get(character, judged))
            if overtaken():
                break
        return tuple(sorted(best, key=best.__getitem__, reverse=True)[:TOP])

    def _classify(self, handle: int, strokes: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[str, float]]:
        zinnia = self._zinnia
        character: int = zinnia.zinnia_character_new()
        zinnia.zinnia_character_set_width(character, _SIDE)
        zinnia.zinnia_character_set_height(character, _SIDE)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                zinnia.zinnia_character_add(character, number, x, y)
        result: int | None = zinnia.zinnia_recognizer_classify(handle, character, TOP)
        zinnia.zinnia_character_destroy(character)
        if result is None:
            return []
        found: list[tuple[str, float]] = []
        for at in range(zinnia.zinnia_result_size(result)):
            value: bytes = zinnia.zinnia_result_value(result, at)
            found.append((value.decode(), zinnia.zinnia_result_score(result, at)))
        zinnia.zinnia_result_destroy(result)
        return found


def orders(strokes: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Sequence[Sequence[tuple[int, int]]]]:
    """Yield the strokes as they were written, then with each two neighbours the other way round."""
    yield strokes
    for at in range(len(strokes) - 1):
        yield [*strokes[:at], strokes[at + 1], strokes[at], *strokes[at + 2 :]]


def fitted(strokes: Sequence[Stroke], pad: float) -> list[list[tuple[int, int]]]:
    """Move and scale strokes so that they fill the square the model was trained on; their shape is kept."""
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    size = max(max(xs) - min(xs), max(ys) - min(ys), _SMALLEST * pad)
    scale = (_SIDE - 2 * _MARGIN) / size
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    half = _SIDE / 2
    return [
        [(round(half + (x - middle_x) * scale), round(half + (y - middle_y) * scale)) for x, y in stroke]
        for stroke in strokes
    ]


def _loaded(name: str) -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(name)
        for entry, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, entry)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise HandwritingError(str(error)) from error
    return library


def _read_ahead(model: Path) -> None:
    """Have the kernel read the model meanwhile, so that the first character need not wait for the disk."""
    try:
        descriptor = os.open(model, os.O_RDONLY)
    except OSError as error:
        raise HandwritingError(f"{model}: {error.strerror}") from error
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
    finally:
        os.close(descriptor)
