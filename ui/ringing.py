"""Makes heard what the session rings: a tone, and words for whoever does not listen to the screens."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.text import Text
from kiosk.session.effects import Effect, Ring, Tone
from ui.core import CoreView
from ui.narrator import Narrator
from ui.speech.bell import Bell
from ui.words import narration as words

_WORDS: Mapping[Tone, Text] = MappingProxyType({Tone.WARNING: words.STILL_HERE, Tone.CARD: words.TAKE_CARD})


class Ringing:
    """Follows what the session asks of the world.

    Args:
        core: The session.
        bell: What sounds.
        narrator: What speaks.
    """

    def __init__(self, core: CoreView, bell: Bell, narrator: Narrator) -> None:
        self._bell = bell
        self._narrator = narrator
        core.watch_effects(self._hear)

    def _hear(self, effect: Effect) -> None:
        if not isinstance(effect, Ring):
            return
        said = _WORDS[effect.tone] if effect.words else None
        self._bell.ring(effect.tone, lambda: self._narrator.call(said) if said is not None else None)
