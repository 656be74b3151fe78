"""A thread that asks, so that a question which is never answered can be left behind."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import TypeVar

_T = TypeVar("_T")


class UnansweredError(Exception):
    """No answer came in time, or the question before still has none."""


class Desk:
    """Asks one question at a time.

    libcups has no deadline of its own: a scheduler or printer that accepts a connection and says nothing
    holds the caller for ever. What is left behind here goes on waiting, alone, until it is answered; no
    second thread is started meanwhile.

    Args:
        name: Of the thread.
        expected: What a question may raise; anything else is a bug, and ends this thread.
    """

    def __init__(self, name: str, expected: tuple[type[Exception], ...]) -> None:
        self._expected = expected
        self._questions: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._open: Future[object] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, question: Callable[[], _T], timeout_s: float) -> _T:
        """Return the answer; what the question raises comes out here.

        Raises:
            UnansweredError: There is none in ``timeout_s``.
        """
        if self._open is not None and not self._open.done():
            raise UnansweredError("the question before is still unanswered")
        answer: Future[_T] = Future()
        self._questions.put(lambda: self._answer(question, answer))
        self._open = answer  # pyright: ignore[reportAttributeAccessIssue]  # only asked whether it is done
        try:
            return answer.result(timeout_s)
        except TimeoutError:
            raise UnansweredError(f"no answer in {timeout_s:g} s") from None

    def wait(self, timeout_s: float) -> bool:
        """Return whether the last question is answered within ``timeout_s``."""
        return self._open is None or bool(wait([self._open], timeout_s).done)

    def close(self) -> None:
        """Let the thread end, now or when it is answered."""
        self._questions.put(None)

    def _run(self) -> None:
        while (question := self._questions.get()) is not None:
            question()

    def _answer(self, question: Callable[[], _T], answer: Future[_T]) -> None:
        try:
            answer.set_result(question())
        except self._expected as error:
            answer.set_exception(error)
        finally:
            answer.cancel()  # without effect unless this thread is ending: whoever asked must not wait
