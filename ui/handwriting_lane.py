"""A thread that recognises what was written, so that the finger never waits for it."""

from collections.abc import Callable, Sequence
from threading import Condition, Thread

from ui.handwriting import Recogniser, Stroke

Answer = Callable[[int, tuple[str, ...]], None]
"""Told the number of the question and the candidates, on the lane's thread."""
_Question = tuple[int, Sequence[Stroke], float]


class RecognitionLane:
    """Answers the newest question only; an older one is dropped, half answered or not.

    Args:
        recogniser: Used on this thread alone until ``close``, which closes it.
        answer: Told what was found.
    """

    def __init__(self, recogniser: Recogniser, answer: Answer) -> None:
        self._recogniser = recogniser
        self._answer = answer
        self._changed = Condition()
        self._question: _Question | None = None
        self._is_closed = False
        self._thread = Thread(target=self._run, name="handwriting", daemon=True)
        self._thread.start()

    def ask(self, number: int, strokes: Sequence[Stroke], pad: float) -> None:
        """Have these strokes recognised; returns at once."""
        with self._changed:
            self._question = (number, strokes, pad)
            self._changed.notify()

    def drop(self) -> None:
        """Forget the question that waits, if there is one."""
        with self._changed:
            self._question = None

    def close(self) -> None:
        """End the thread and give the model back."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join()
        self._recogniser.close()

    def _next(self) -> _Question | None:
        with self._changed:
            self._changed.wait_for(lambda: self._question is not None or self._is_closed)
            question, self._question = self._question, None
            return None if self._is_closed else question

    def _run(self) -> None:
        while (question := self._next()) is not None:
            number, strokes, pad = question
            found = self._recogniser.candidates(strokes, pad, self._is_overtaken)
            if not self._is_overtaken():
                self._answer(number, found)

    def _is_overtaken(self) -> bool:
        return self._question is not None or self._is_closed
