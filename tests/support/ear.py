"""Somebody who listens, behind the seam of the speech engines."""

from collections.abc import Callable

from kiosk.domain.text import Language
from kiosk.session.effects import Tone
from ui.speech.choice import Speech
from ui.speech.model import Done, Utterance
from ui.speech.speaker import Speaker


class Ear:
    """Takes in everything that is said, at once."""

    def __init__(self) -> None:
        self.utterances: list[Utterance] = []
        self.rung: list[Tone] = []
        self.stops = 0
        self.plugged = False
        self.well = True
        self.slow = False
        """Whether it goes on listening to the first thing said."""

    def say(self, utterance: Utterance, done: Done) -> None:
        self.utterances.append(utterance)
        if not self.slow:
            done(self.well)

    def ring(self, tone: Tone, then: Callable[[], None]) -> None:
        """The bell that the same person hears."""
        self.rung.append(tone)
        then()

    def stop(self) -> None:
        self.stops += 1

    def close(self) -> None:
        pass

    def are_in(self) -> bool:
        """The headphones of the same person."""
        return self.plugged

    def speech(self) -> Speech:
        return Speech(Speaker(self), self, self)

    def heard(self) -> str:
        """Return all that was said since the last time, one utterance a line."""
        said = "\n".join(utterance.text for utterance in self.utterances)
        self.utterances.clear()
        return said

    def tongues(self) -> set[Language]:
        """Return the languages in which something was said since the last time."""
        return {utterance.language for utterance in self.utterances}
