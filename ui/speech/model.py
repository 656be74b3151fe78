"""What is said, and what says it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from kiosk.domain.text import Language

UNAVAILABLE = "speech.unavailable"
"""Nothing on this terminal can speak now."""

USUAL_RATE = 100
USUAL_VOLUME = 18

Done = Callable[[bool], None]
"""Told once that an utterance is over: True when it was said to its end, False when it could not be said."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One piece of speech.

    Args:
        text: What is said; may be personal, so it never goes into an argument list, a file or a log.
        language: Language it is said in.
        rate: Speed in per cent of the usual one, 50 to 300.
        volume: Loudness in per cent, 0 to 100.
    """

    text: str
    language: Language
    rate: int = USUAL_RATE
    volume: int = USUAL_VOLUME


class Mouth(Protocol):
    """Something that can say one utterance at a time."""

    def say(self, utterance: Utterance, done: Done) -> None:
        """Begin to say it; ``done`` is called when it is over, unless it is stopped before."""
        ...

    def stop(self) -> None:
        """Fall silent at once."""
        ...

    def close(self) -> None:
        """Fall silent and give back what it holds."""
        ...


EngineName = Literal["auto", "speech-dispatcher", "espeak-ng", "none"]
Chinese = Literal["mandarin", "cantonese"]
HeadphonesName = Literal["absent", "present", "sensor"]


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How a terminal speaks.

    Args:
        engine: Which engine; ``auto`` takes the first that is there, espeak-ng before the daemon.
        chinese: How Chinese is spoken.
        clips: Folder of recorded clips, or None.
        headphones: ``present`` where the terminal has no loudspeaker at all, only a handset or a socket;
            ``sensor`` asks the sound card's socket.
    """

    engine: EngineName = "auto"
    chinese: Chinese = "mandarin"
    clips: Path | None = None
    headphones: HeadphonesName = "absent"
