"""espeak-ng, one process an utterance."""

from collections.abc import Sequence

from ui.speech.model import Chinese, Done, Utterance
from ui.speech.one_process import OneProcess
from ui.speech.voices import voice_of

PROGRAM = "espeak-ng"
_USUAL_WPM = 165
_WPM = (80, 450)
_FULL_AMPLITUDE = 200


class EspeakMouth:
    """Speaks by the program espeak-ng; what is said goes through a pipe, never into an argument.

    Args:
        chinese: How Chinese is spoken.
        extra: More arguments, e.g. ``("-w", "/tmp/said.wav")`` to write instead of speaking.
        program: The program, by name or path.
    """

    def __init__(
        self, chinese: Chinese = "mandarin", extra: Sequence[str] = (), program: str = PROGRAM
    ) -> None:
        self._chinese: Chinese = chinese
        self._extra = tuple(extra)
        self._program = program
        self._process = OneProcess()

    def arguments(self, utterance: Utterance) -> list[str]:
        """Return the arguments for one utterance; nothing of its text is among them."""
        speed = max(_WPM[0], min(_WPM[1], _USUAL_WPM * utterance.rate // 100))
        return [
            "-v", voice_of(utterance.language, self._chinese),
            "-s", str(speed),
            "-a", str(_FULL_AMPLITUDE * utterance.volume // 100),
            "-b", "1",
            "--stdin",
            *self._extra,
        ]  # fmt: skip

    def say(self, utterance: Utterance, done: Done) -> None:
        """Begin to say it."""

        def over(well: bool, errors: bytes) -> None:  # noqa: FBT001  # told by the process
            # Without a sound card it says so on its error output, and ends with status 0 all the same.
            done(well and b"error:" not in errors.lower())

        self._process.run(self._program, self.arguments(utterance), utterance.text.encode(), over)

    def stop(self) -> None:
        """Fall silent at once."""
        self._process.stop()

    def close(self) -> None:
        """Fall silent."""
        self._process.stop()
