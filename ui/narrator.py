"""Speaks the screens: each page when it comes, what happens on it, and what the keys come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from kiosk.domain.text import Language, Text
from ui.narration import Entry
from ui.reading import Change, Reading
from ui.speech.headphones import Headphones
from ui.speech.model import USUAL_RATE, USUAL_VOLUME, Utterance
from ui.speech.speaker import Speaker
from ui.spoken import spell
from ui.words import narration as words
from ui.words.narration import Role


@dataclass(frozen=True, slots=True)
class Manner:
    """How the resident wants to be spoken to.

    Args:
        voice: Whether at all.
        language: Language of the screens.
        rate: Speed in per cent.
        volume: Loudness in per cent.
    """

    voice: bool = False
    language: Language = Language.ZH
    rate: int = USUAL_RATE
    volume: int = USUAL_VOLUME


class Narrator:
    """Decides what is said; nothing of it is written down.

    Args:
        reading: The page on show.
        speaker: What it is said through.
        headphones: Whether only the resident hears it.
        manner: Tells how the resident wants to be spoken to.
    """

    def __init__(
        self, reading: Reading, speaker: Speaker, headphones: Headphones, manner: Callable[[], Manner]
    ) -> None:
        self._reading = reading
        self._speaker = speaker
        self._headphones = headphones
        self._manner = manner
        self._plugged = headphones.are_in()
        self._helped = False
        self._last: tuple[Utterance, ...] = ()
        self.spoke_s = 0.0
        """Monotonic seconds at which something was said last."""

    @property
    def fault(self) -> str | None:
        """Why nothing is heard, as a code, or None."""
        return self._speaker.fault

    @property
    def busy(self) -> bool:
        """Whether something is being said."""
        return self._speaker.busy

    def stop(self) -> None:
        """Fall silent at once."""
        self._speaker.stop()

    def repeat(self) -> None:
        """Say the last thing again."""
        if self._manner().voice:
            self._speaker.say(self._last)

    def forget(self) -> None:
        """The visit is over: nothing that was said is kept."""
        self._speaker.stop()
        self._last = ()
        self._helped = False

    def follow(self, change: Change) -> None:
        """Say what became different."""
        if change.page and change.back:
            self._say([*self._heading(), *self._of_focus()])
        elif change.page:
            self.read_page()
        elif change.fresh:
            self._say([self._spoken(entry) for entry in change.fresh])
        elif change.focused:
            self.say_focus(with_help=False)

    def look_at_headphones(self) -> None:
        """Cut what is personal when the headphones are pulled out, and say so."""
        plugged = self._headphones.are_in()
        if plugged == self._plugged:
            return
        self._plugged = plugged
        self.say(words.HEADPHONES_IN if plugged else words.HEADPHONES_OUT)

    def read_page(self) -> None:
        """Say the page from its heading to its end, then what can be done on it."""
        entries = [spot.entry for spot in self._reading.spots if not spot.entry.frame]
        told = [entry for entry in entries if not entry.is_control]
        aloud = not self._plugged
        said = [self._spoken(entry) for entry in told if not (aloud and entry.private)]
        if aloud and any(entry.private for entry in entries):
            said.append(words.SOME_PRIVATE.in_(self._language))
        controls = sum(entry.is_control and not entry.spare for entry in entries)
        if controls:
            said.append(words.CONTROLS.in_(self._language).format(n=controls))
        if not self._helped:
            self._helped = self._manner().voice
            said.append(words.FIRST_HELP.in_(self._language))
        self._say(said)

    def say_focus(self, *, with_help: bool = True, before: Text | None = None) -> None:
        """Say the entry in focus, and what the keys do on it."""
        start = [] if before is None else [before.in_(self._language)]
        self._say([*start, *self._of_focus(with_help=with_help)])

    def add_focus(self) -> None:
        """Say the entry in focus after what is being said."""
        manner = self._manner()
        if manner.voice:
            self._speaker.add(self._made(self._of_focus(), manner))

    def say_notices(self) -> bool:
        """Say the notices on the page again; returns whether there are any."""
        notices = [spot.entry for spot in self._reading.spots if spot.entry.role is Role.ALERT]
        self._say([self._spoken(entry) for entry in notices])
        return bool(notices)

    def say(self, text: Text) -> None:
        """Say words of the terminal's own."""
        self._say([text.in_(self._language)])

    def say_in(self, parts: Sequence[tuple[str, Language]]) -> None:
        """Say texts, each in a language of its own."""
        manner = self._manner()
        if manner.voice:
            self._utter([Utterance(text, tongue, manner.rate, manner.volume) for text, tongue in parts])

    def call(self, text: Text) -> None:
        """Say words of the terminal's own to whoever does not listen; who does hears them with the page."""
        if not self._manner().voice and not self._speaker.busy:
            self._speaker.say([Utterance(text.in_(self._language), self._language)])

    def invite(self) -> None:
        """Tell somebody with headphones on how to begin, in Chinese and in English; nobody is here yet."""
        if self._headphones.are_in():
            self._speaker.say([Utterance(words.ATTRACT.in_(one), one) for one in (Language.ZH, Language.EN)])

    @property
    def private_aloud(self) -> bool:
        """Whether what is personal may be said."""
        return self._plugged

    @property
    def _language(self) -> Language:
        return self._manner().language

    def _heading(self) -> list[str]:
        entries = [spot.entry for spot in self._reading.spots]
        return [entry.name for entry in entries if entry.role is Role.HEADING][:1]

    def _of_focus(self, *, with_help: bool = True) -> list[str]:
        focus = self._reading.focus
        if focus is None:
            return []
        return [self._spoken(focus.entry), *([focus.entry.help] if with_help else [])]

    def _spoken(self, entry: Entry) -> str:
        return entry.spoken(aloud=not self._plugged)

    def _say(self, texts: Sequence[str]) -> None:
        manner = self._manner()
        if manner.voice:
            self._utter(self._made(texts, manner))

    def _made(self, texts: Sequence[str], manner: Manner) -> list[Utterance]:
        tongue = manner.language
        return [Utterance(spell(text, tongue), tongue, manner.rate, manner.volume) for text in texts if text]

    def _utter(self, utterances: Sequence[Utterance]) -> None:
        self.spoke_s = monotonic()
        self._last = tuple(utterances)
        self._speaker.say(utterances)
