"""Somebody who listens, behind the seam of the speech engines."""

from kiosk.domain.text import Language
from ui.speech.choice import Speech
from ui.speech.model import Done, Utterance
from ui.speech.speaker import Speaker


class Ear:
    """Takes in everything that is said, at once."""

    def __init__(self) -> None:
        self.utterances: list[Utterance] = []
        self.stops = 0
        self.plugged = False
        self.well = True
        self.slow = False
        """Whether it goes on listening to the first thing said."""

    def say(self, utterance: Utterance, done: Done) -> None:
        self.utterances.append(utterance)
        if not self.slow:
            done(self.well)

    def stop(self) -> None:
        self.stops += 1

    def close(self) -> None:
        pass

    def are_in(self) -> bool:
        """The headphones of the same person."""
        return self.plugged

    def speech(self) -> Speech:
        return Speech(Speaker(self), self)

    def heard(self) -> str:
        """Return all that was said since the last time, one utterance a line."""
        said = "\n".join(utterance.text for utterance in self.utterances)
        self.utterances.clear()
        return said

    def tongues(self) -> set[Language]:
        """Return the languages in which something was said since the last time."""
        return {utterance.language for utterance in self.utterances}
