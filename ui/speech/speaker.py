"""Says one thing after the other until it is cut."""

from collections import deque
from collections.abc import Callable, Sequence

from ui.speech.clips import ClipMouth
from ui.speech.model import UNAVAILABLE, Mouth, Utterance


class Speaker:
    """What the narrator speaks through.

    Args:
        mouth: The engine, or None where there is none.
        clips: Recorded clips, used where there is one; None without.
        report: Told ``speech.unavailable`` each time the engine turns out not to work.
    """

    def __init__(
        self,
        mouth: Mouth | None,
        clips: ClipMouth | None = None,
        report: Callable[[str, str], None] = lambda _code, _detail: None,
    ) -> None:
        self._mouth = mouth
        self._clips = clips
        self._report = report
        self._waiting: deque[Utterance] = deque()
        self._speaking: Mouth | None = None
        self.fault: str | None = UNAVAILABLE if mouth is None else None
        """Why nothing is heard, as a code, or None as far as is known."""

    @property
    def busy(self) -> bool:
        """Whether something is being said."""
        return self._speaking is not None

    def say(self, utterances: Sequence[Utterance]) -> None:
        """Say these and nothing that was being said before."""
        self.stop()
        self._waiting.extend(utterances)
        self._next()

    def add(self, utterances: Sequence[Utterance]) -> None:
        """Say these after what is being said."""
        self._waiting.extend(utterances)
        if not self.busy:
            self._next()

    def stop(self) -> None:
        """Fall silent at once and forget what was to come."""
        self._waiting.clear()
        mouth, self._speaking = self._speaking, None
        if mouth is not None:
            mouth.stop()

    def close(self) -> None:
        """Fall silent for good."""
        self.stop()
        for mouth in (self._mouth, self._clips):
            if mouth is not None:
                mouth.close()

    def _next(self) -> None:
        if not self._waiting:
            return
        utterance = self._waiting.popleft()
        mouth: Mouth | None = self._mouth
        if self._clips is not None and self._clips.has(utterance):
            mouth = self._clips
        if mouth is None:
            self._waiting.clear()
            return
        self._speaking = mouth
        mouth.say(utterance, lambda well: self._over(mouth, well=well))

    def _over(self, mouth: Mouth, *, well: bool) -> None:
        if self._speaking is not mouth:
            return
        self._speaking = None
        if not well and self.fault is None:
            self._report(UNAVAILABLE, type(mouth).__name__)
        self.fault = None if well else UNAVAILABLE
        self._next()
