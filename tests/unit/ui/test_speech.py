import os
import socket
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic

import pytest

from kiosk.domain.text import Language
from tests.support.listening import is_heard
from ui.scene import let_events_pass
from ui.speech import ssip
from ui.speech.choice import open_speaker
from ui.speech.clips import ClipMouth, clip_name
from ui.speech.dispatcher import DispatcherMouth
from ui.speech.espeak import EspeakMouth
from ui.speech.headphones import FixedHeadphones, JackSensor, headphones_of, jacks
from ui.speech.model import UNAVAILABLE, Done, SpeechSettings, Utterance
from ui.speech.speaker import Speaker

pytestmark = pytest.mark.usefixtures("qapp")

GREETING = Utterance("您好，欢迎使用", Language.ZH, volume=100)


def waits(ready: Callable[[], bool], timeout_s: float = 15.0) -> None:
    deadline_s = monotonic() + timeout_s
    while not ready():
        assert monotonic() < deadline_s
        let_events_pass(10)


def loudest(samples: bytes) -> int:
    return max(abs(value) for value in memoryview(samples[: len(samples) // 2 * 2]).cast("h"))


class SlowMouth:
    """Says one thing until it is told that it is over."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stops = 0
        self.done: Done = lambda _: None

    def say(self, utterance: Utterance, done: Done) -> None:
        self.said.append(utterance.text)
        self.done = done

    def ends(self, *, well: bool = True) -> None:
        self.done(well)

    def stop(self) -> None:
        self.stops += 1

    def close(self) -> None:
        pass


def parts(*texts: str) -> list[Utterance]:
    return [Utterance(text, Language.EN) for text in texts]


def test_what_is_to_be_said_is_said_one_after_the_other() -> None:
    mouth = SlowMouth()
    speaker = Speaker(mouth)
    speaker.say(parts("one", "two"))
    assert mouth.said == ["one"]
    mouth.ends()
    assert mouth.said == ["one", "two"]
    mouth.ends()
    assert not speaker.busy


def test_a_new_page_cuts_what_is_being_said() -> None:
    mouth = SlowMouth()
    speaker = Speaker(mouth)
    speaker.say(parts("one", "two"))
    over = [mouth.done]
    speaker.say(parts("three"))
    assert mouth.stops == 1
    for late in over:
        late(mouth.stops == 1)
    assert mouth.said == ["one", "three"]


def test_an_engine_that_fails_is_told_once_and_is_well_when_it_speaks_again() -> None:
    mouth, told = SlowMouth(), list[str]()
    speaker = Speaker(mouth, report=lambda code, _: told.append(code))
    speaker.say(parts("one", "two", "three"))
    mouth.ends(well=False)
    mouth.ends(well=False)
    assert told == [speaker.fault] == [UNAVAILABLE]
    mouth.ends()
    assert speaker.fault is None


def test_a_terminal_without_an_engine_says_so() -> None:
    told: list[str] = []
    speaker = open_speaker(SpeechSettings(engine="speech-dispatcher"), lambda code, _: told.append(code))
    speaker.close()
    silent = open_speaker(SpeechSettings(engine="none"), lambda code, _: told.append(code))
    assert silent.fault == UNAVAILABLE
    silent.say(parts("one"))
    assert not silent.busy


@pytest.mark.parametrize("language", Language)
def test_espeak_makes_sound_of_every_language(tmp_path: Path, language: Language) -> None:
    said, over = tmp_path / "said.wav", list[bool]()
    text = "Hello and welcome" if language is Language.EN else "您好，欢迎使用"
    mouth = EspeakMouth(extra=("-w", str(said)))
    mouth.say(Utterance(text, language, volume=100), over.append)
    waits(lambda: bool(over))
    assert over == [True]
    with wave.open(str(said)) as sound:
        samples = sound.readframes(sound.getnframes())
        assert sound.getnframes() / sound.getframerate() > 0.8
    assert loudest(samples) > 3000


def test_chinese_is_said_by_a_voice_that_reads_characters(tmp_path: Path) -> None:
    # Each character one syllable with a tone; the voice "cmn" would spell it out in English.
    said, over = tmp_path / "phonemes", list[bool]()
    mouth = EspeakMouth(extra=("-q", "-x", f"--phonout={said}"))
    mouth.say(Utterance("高龄", Language.ZH), over.append)
    waits(lambda: bool(over))
    assert said.read_text("utf-8").split() == ["k'Au55_|", "l'i35N_|"]


def test_espeak_is_cut_at_once(tmp_path: Path) -> None:
    over: list[bool] = []
    fifo = tmp_path / "never-read"
    os.mkfifo(fifo)
    mouth = EspeakMouth(extra=("-w", str(fifo)))
    mouth.say(GREETING, over.append)
    started_s = monotonic()
    mouth.stop()
    assert monotonic() - started_s < 0.5
    let_events_pass(50)
    assert over == []


def test_what_is_said_is_in_no_argument_list() -> None:
    assert not any("您好" in argument for argument in EspeakMouth().arguments(GREETING))


def test_an_engine_that_is_not_installed_is_not_waited_for() -> None:
    over: list[bool] = []
    EspeakMouth(program="/no/such/espeak").say(GREETING, over.append)
    waits(lambda: bool(over))
    assert over == [False]


def test_a_clip_is_played_instead_where_there_is_one(tmp_path: Path) -> None:
    played = tmp_path / "played"
    (tmp_path / clip_name("one", Language.EN)).write_bytes(b"sound")
    clips = ClipMouth(tmp_path, lambda path, _: ["cp", str(path), str(played)])
    mouth = SlowMouth()
    speaker = Speaker(mouth, clips)
    speaker.say(parts("one", "two"))
    waits(lambda: bool(mouth.said))
    assert played.read_bytes() == b"sound"
    assert mouth.said == ["two"]
    assert not clips.has(Utterance("one", Language.EN, rate=140))


# speech-dispatcher -------------------------------------------------------------------------------


def test_a_dot_at_the_start_of_a_line_does_not_end_the_text() -> None:
    assert ssip.spoken("one\n.two") == b"one\r\n..two\r\n.\r\n"


def test_replies_are_cut_where_they_end() -> None:
    replies = ssip.Replies()
    assert replies.feed(b"225-7\r\n225 OK MESSAGE") == []
    assert replies.feed(b" QUEUED\r\n702-7\r\n702-7\r\n702 END\r\n") == [
        (225, ["7", "OK MESSAGE QUEUED"]),
        (702, ["7", "7", "END"]),
    ]


def test_volume_and_speed_are_in_the_daemons_own_measure() -> None:
    commands = ssip.settings(Utterance("x", Language.EN, rate=140, volume=100), "mandarin")
    assert commands == ("SET self LANGUAGE en-us", "SET self RATE 40", "SET self VOLUME 100")


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A real speech-dispatcher with espeak-ng, whose sound card is a file."""
    config = tmp_path / "conf"
    (config / "modules").mkdir(parents=True)
    (config / "modules" / "espeak-ng.conf").write_text("")
    (config / "speechd.conf").write_text(
        'LogLevel 1\nAudioOutputMethod "alsa"\nAudioALSADevice "said"\n'
        'AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\nDefaultModule espeak-ng\n'
    )
    said, path = tmp_path / "said.raw", tmp_path / "sd.sock"
    alsa = tmp_path / "asound.conf"
    pcm = f'type file slave.pcm {{ type null }} file "{said}" format "raw"'
    alsa.write_text(f"pcm.said {{ {pcm} }}\nctl.said {{ type hw card 0 }}\n")
    arguments = ["-s", "-S", str(path), "-C", str(config), "-P", str(tmp_path / "pid"), "-L", str(tmp_path)]
    environment = {**os.environ, "ALSA_CONFIG_PATH": str(alsa), "LANG": "C.UTF-8"}
    with Popen(
        ["speech-dispatcher", *arguments, "-t", "0"], env=environment, stdout=DEVNULL, stderr=DEVNULL
    ) as process:
        try:
            waits(lambda: is_heard(path))
            yield path, said
        finally:
            process.terminate()


def test_the_daemon_makes_sound_and_says_when_it_is_over(daemon: tuple[Path, Path]) -> None:
    path, said = daemon
    over: list[bool] = []
    mouth = DispatcherMouth("mandarin", path)
    assert mouth.connect()
    mouth.say(GREETING, over.append)
    waits(lambda: bool(over), 30)
    assert over == [True]
    assert loudest(said.read_bytes()) > 1000
    mouth.close()


def test_the_daemon_is_cut_and_takes_the_next_text(daemon: tuple[Path, Path]) -> None:
    over: list[bool] = []
    mouth = DispatcherMouth("mandarin", daemon[0])
    mouth.say(Utterance("一句很长很长的话，" * 40, Language.ZH), over.append)
    let_events_pass(200)
    mouth.stop()
    mouth.say(Utterance("ok", Language.EN), over.append)
    waits(lambda: bool(over), 30)
    assert over == [True]
    mouth.close()


def test_a_daemon_that_goes_away_is_told(tmp_path: Path) -> None:
    over: list[bool] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "sd.sock"))
        listener.listen()
        mouth = DispatcherMouth("mandarin", tmp_path / "sd.sock")
        mouth.say(GREETING, over.append)
        connection, _ = listener.accept()
        connection.close()
        waits(lambda: bool(over))
    assert over == [False]
    mouth.say(GREETING, over.append)
    assert over == [False, False]
    mouth.close()


# headphones --------------------------------------------------------------------------------------

LISTING = """I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="HDA Intel PCH Headphone"
H: Handlers=event7
B: EV=21
B: SW=4

I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="Lid Switch"
H: Handlers=event0
B: EV=21
B: SW=1
"""


def test_only_a_headphone_socket_is_asked(tmp_path: Path) -> None:
    assert list(jacks(LISTING)) == ["event7"]
    listing = tmp_path / "devices"
    listing.write_text(LISTING)
    for plugged in (True, False):
        state = (4 if plugged else 0).to_bytes(8, "little")
        assert JackSensor(listing, tmp_path, lambda _, state=state: state).are_in() is plugged


def test_without_a_sensor_headphones_count_as_absent(tmp_path: Path) -> None:
    assert not headphones_of("absent").are_in()
    assert not JackSensor(tmp_path / "nothing", tmp_path).are_in()
    listing = tmp_path / "devices"
    listing.write_text(LISTING)
    assert not JackSensor(listing, tmp_path).are_in()
    assert FixedHeadphones(present=True).are_in()
