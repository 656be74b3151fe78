"""What the bell sounds like, how it is played, and what is said with it."""

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kiosk.domain.text import Language, Text
from kiosk.session.access import Access
from kiosk.session.effects import Ring, Tone
from kiosk.session.states import Home
from tests.support.listener import Listener
from tests.support.panel import KEYBOARD_NOISE
from ui.scene import let_events_pass
from ui.speech.bell import BELL_UNAVAILABLE, MuteBell, PlayedBell, open_bell, write_tone
from ui.speech.model import USUAL_VOLUME
from ui.words.narration import STILL_HERE, TAKE_CARD

pytestmark = [KEYBOARD_NOISE, pytest.mark.usefixtures("qapp")]


def waits(ready: Callable[[], bool]) -> None:
    for _ in range(500):
        if ready():
            return
        let_events_pass(10)
    pytest.fail("it is not over")


def _fail(code: str, detail: str) -> None:
    pytest.fail(f"{code}: {detail}")


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_short_and_no_louder_than_speech_is_at_first(tmp_path: Path, tone: Tone) -> None:
    write_tone(tone, tmp_path / "tone.wav")
    with wave.open(str(tmp_path / "tone.wav")) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(int)
    assert 0.2 < seconds < 3
    assert 0.9 * USUAL_VOLUME < 100 * np.abs(samples).max() / 32_767 <= USUAL_VOLUME
    assert abs(samples[0]) < 100  # no click
    assert abs(samples[-1]) < 400


def test_a_tone_is_made_once_and_played_by_a_program(tmp_path: Path) -> None:
    played, over = tmp_path / "played", list[bool]()
    bell = PlayedBell(("cp", "-t", str(played)), tmp_path, _fail)
    played.mkdir()
    bell.ring(Tone.CARD, lambda: over.append(True))
    waits(lambda: bool(over))
    assert (played / "bell-card.wav").read_bytes() == (tmp_path / "bell-card.wav").read_bytes()
    made = (tmp_path / "bell-card.wav").stat().st_mtime_ns
    bell.ring(Tone.CARD, lambda: over.append(True))
    waits(lambda: len(over) == 2)
    assert (tmp_path / "bell-card.wav").stat().st_mtime_ns == made
    bell.close()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("/no/such/player",), "/no/such/player"),
        (("sh", "-c", "echo much talk >&2; echo no sound card >&2; exit 1"), "sh: no sound card"),
    ],
)
def test_a_program_that_cannot_play_hinders_nothing_and_is_told_once(
    tmp_path: Path, command: tuple[str, ...], why: str
) -> None:
    over: list[bool] = []
    told: list[tuple[str, str]] = []
    bell = PlayedBell(command, tmp_path, lambda code, detail: told.append((code, detail)))
    for count in (1, 2):
        bell.ring(Tone.WARNING, lambda: over.append(True))
        waits(lambda count=count: len(over) == count)
    assert told == [(BELL_UNAVAILABLE, why)]


def test_a_terminal_that_can_play_nothing_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told: list[str] = []
    bell = open_bell(tmp_path, lambda code, _: told.append(code))
    assert isinstance(bell, MuteBell)
    assert told == [BELL_UNAVAILABLE]


@pytest.mark.parametrize(("tone", "said"), [(Tone.WARNING, STILL_HERE), (Tone.CARD, TAKE_CARD)])
@pytest.mark.parametrize("language", Language)
def test_what_is_rung_is_also_said_to_whoever_does_not_listen(
    listener: Listener, tone: Tone, said: Text, language: Language
) -> None:
    listener.at(Home(), language, Access())
    listener.core.ask(Ring(tone, words=True))
    assert listener.ear.rung == [tone]
    assert listener.ear.heard() == said.in_(language)
    assert all(utterance.volume <= USUAL_VOLUME for utterance in listener.ear.utterances)


def test_whoever_listens_hears_the_page_and_no_more(listener: Listener) -> None:
    listener.at(Home())
    listener.ear.heard()
    listener.core.ask(Ring(Tone.WARNING, words=True))
    assert (listener.ear.rung, listener.ear.heard()) == ([Tone.WARNING], "")


def test_a_tone_alone_says_nothing(listener: Listener) -> None:
    listener.at(Home(), access=Access())
    listener.core.ask(Ring(Tone.CARD))
    assert (listener.ear.rung, listener.ear.heard()) == ([Tone.CARD], "")
