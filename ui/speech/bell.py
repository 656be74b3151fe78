"""Sounds of the terminal's own, made here: who does not look at the screen hears that it wants something."""

import shutil
import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np

from kiosk.session.effects import Tone
from ui.speech.model import USUAL_VOLUME
from ui.speech.one_process import OneProcess

BELL_UNAVAILABLE = "speech.no-bell"
"""Nothing here can play a sound; what it would mean stands on the screen alone."""

PLAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"pw-play": ("pw-play",), "paplay": ("paplay",), "aplay": ("aplay", "-q")}
)
_RATE = 22_050
_FADE_S = 0.01
_FULL = 32_767
# Hertz and seconds; 0 Hz is a pause. Far below the 3 s after which a sound interferes (EN 301 549, 5.1.3.10).
_NOTES: Mapping[Tone, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        Tone.WARNING: ((880.0, 0.18), (659.3, 0.30)),
        Tone.CARD: ((988.0, 0.14), (0.0, 0.08), (988.0, 0.14), (0.0, 0.08), (1318.5, 0.24)),
    }
)


class Bell(Protocol):
    """Something that makes the terminal's sounds."""

    def ring(self, tone: Tone, then: Callable[[], None]) -> None:
        """Begin to sound; ``then`` is called when it is over, or at once where there is no sound."""
        ...

    def close(self) -> None:
        """Fall silent."""
        ...


class MuteBell:
    """A terminal without sound."""

    def ring(self, tone: Tone, then: Callable[[], None]) -> None:  # noqa: ARG002  # signature of the seam
        """Make no sound."""
        then()

    def close(self) -> None:
        """There is nothing to silence."""


class PlayedBell:
    """Plays a tone by a program, through the sound server or card that speech is heard by.

    Args:
        command: The program and its arguments; the file is added.
        folder: Where the tones are written, each at its first use.
        report: Told ``speech.no-bell`` the first time that the program cannot play.
    """

    def __init__(self, command: Sequence[str], folder: Path, report: Callable[[str, str], None]) -> None:
        self._command = tuple(command)
        self._folder = folder
        self._report = report
        self._is_told = False
        self._process = OneProcess()

    def ring(self, tone: Tone, then: Callable[[], None]) -> None:
        """Begin to sound; a tone that still sounds is cut."""
        path = self._folder / f"bell-{tone.value}.wav"
        if not path.exists():
            write_tone(tone, path)
        program, *arguments = self._command

        def over(well: bool, errors: bytes) -> None:  # noqa: FBT001 - signature of the seam
            if not well and not self._is_told:
                self._is_told = True
                # Before the last line, ALSA tells how it looked for a card.
                why = errors.decode("utf-8", "replace").strip().splitlines()[-1:]
                self._report(BELL_UNAVAILABLE, ": ".join([program, *why]))
            then()

        self._process.run(program, [*arguments, str(path)], b"", over)

    def close(self) -> None:
        """Fall silent."""
        self._process.stop()


def open_bell(folder: Path, report: Callable[[str, str], None]) -> Bell:
    """Return the bell of this terminal; ``report`` is told ``speech.no-bell`` where nothing can play one."""
    command = next((command for name, command in PLAYERS.items() if shutil.which(name)), None)
    if command is None:
        report(BELL_UNAVAILABLE, ", ".join(PLAYERS))
        return MuteBell()
    return PlayedBell(command, folder, report)


def write_tone(tone: Tone, path: Path) -> None:
    """Write a tone as a WAV file, no louder than speech is at the start of a visit."""
    peak = _FULL * USUAL_VOLUME / 100
    samples = np.concatenate([_note(hertz, seconds) for hertz, seconds in _NOTES[tone]])
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes((peak * samples).astype("<i2").tobytes())


def _note(hertz: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    at = np.arange(int(seconds * _RATE)) / _RATE
    # Without a soft beginning and end a loudspeaker clicks.
    soft = np.minimum(1.0, np.minimum(at, seconds - at) / _FADE_S)
    return np.sin(2 * np.pi * hertz * at) * soft
