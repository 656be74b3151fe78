"""Recorded clips: a good voice for the words that never change."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kiosk.domain.text import Language
from ui.speech.model import USUAL_RATE, Done, Utterance
from ui.speech.one_process import OneProcess

Player = Callable[[Path, int], list[str]]
"""Makes the command that plays a file at a loudness in per cent."""

_PAPLAY_FULL = 65536

_PLAYERS: Mapping[str, Player] = MappingProxyType(
    {
        "pw-play": lambda path, volume: ["pw-play", f"--volume={volume / 100:.2f}", str(path)],
        "paplay": lambda path, volume: ["paplay", f"--volume={_PAPLAY_FULL * volume // 100}", str(path)],
    }
)


def clip_name(text: str, language: Language) -> str:
    """Return the file name of the clip of a text: its language and the beginning of its SHA-256."""
    return f"{language.value}-{hashlib.sha256(text.encode()).hexdigest()[:32]}.wav"


def find_player() -> Player | None:
    """Return the first player here that obeys a volume, or None."""
    return next((player for name, player in _PLAYERS.items() if shutil.which(name)), None)


class ClipMouth:
    """Plays the clip of an utterance.

    Args:
        folder: Where the clips are.
        player: What plays them.
    """

    def __init__(self, folder: Path, player: Player) -> None:
        self._folder = folder
        self._player = player
        self._process = OneProcess()

    def has(self, utterance: Utterance) -> bool:
        """Return whether there is a clip; one is played at its own speed only."""
        return utterance.rate == USUAL_RATE and self._path(utterance).is_file()

    def say(self, utterance: Utterance, done: Done) -> None:
        """Begin to play it."""
        program, *arguments = self._player(self._path(utterance), utterance.volume)
        self._process.run(program, arguments, b"", lambda well, _: done(well))

    def stop(self) -> None:
        """Fall silent at once."""
        self._process.stop()

    def close(self) -> None:
        """Fall silent."""
        self._process.stop()

    def _path(self, utterance: Utterance) -> Path:
        return self._folder / clip_name(utterance.text, utterance.language)
