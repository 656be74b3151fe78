"""Which engine speaks on this machine."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ui.speech.bell import Bell, MuteBell, open_bell
from ui.speech.clips import ClipMouth, find_player
from ui.speech.dispatcher import DispatcherMouth, socket_path
from ui.speech.espeak import PROGRAM, EspeakMouth
from ui.speech.headphones import FixedHeadphones, Headphones, headphones_of
from ui.speech.model import UNAVAILABLE, Mouth, SpeechSettings
from ui.speech.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Speech:
    """How a terminal is heard; without arguments it is mute.

    Args:
        speaker: What it speaks through.
        headphones: Whether only the resident hears it.
        bell: What makes its sounds.
    """

    speaker: Speaker = field(default_factory=lambda: Speaker(None))
    headphones: Headphones = field(default_factory=lambda: FixedHeadphones(present=False))
    bell: Bell = field(default_factory=MuteBell)


def open_speech(settings: SpeechSettings, report: Callable[[str, str], None], folder: Path) -> Speech:
    """Return how this terminal is heard.

    Args:
        settings: What the profile says; ``none`` is a terminal without sound, so without a bell as well.
        report: As in ``open_speaker`` and ``open_bell``.
        folder: In memory, for the bell's tones.
    """
    bell = MuteBell() if settings.engine == "none" else open_bell(folder, report)
    return Speech(open_speaker(settings, report), headphones_of(settings.headphones), bell)


def open_speaker(settings: SpeechSettings, report: Callable[[str, str], None]) -> Speaker:
    """Return what this terminal speaks through.

    Args:
        settings: What the profile says.
        report: Told ``speech.unavailable`` when there is no engine, now or later.
    """
    mouth = _mouth(settings)
    player = None if settings.clips is None else find_player()
    clips = None if settings.clips is None or player is None else ClipMouth(settings.clips, player)
    if mouth is None and settings.engine != "none":
        report(UNAVAILABLE, settings.engine)
    return Speaker(mouth, clips, report)


def _mouth(settings: SpeechSettings) -> Mouth | None:
    if settings.engine == "speech-dispatcher":
        # It may still be starting: it is asked again at each utterance.
        return DispatcherMouth(settings.chinese, socket_path())
    if settings.engine in {"auto", "espeak-ng"} and shutil.which(PROGRAM) is not None:
        return EspeakMouth(settings.chinese)
    if settings.engine == "auto":
        daemon = DispatcherMouth(settings.chinese, socket_path())
        if daemon.connect():
            return daemon
        daemon.close()
    return None
