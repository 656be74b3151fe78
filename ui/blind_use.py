"""Using the terminal without sight: the list of the page, the voice, the five keys, and the session."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickWindow
from shiboken6 import isValid

from kiosk.session.access import Access
from kiosk.session.events import AccessChanged, Started, Touched
from kiosk.session.states import Attract, Session
from ui.core import CoreView
from ui.keypad import Keypad
from ui.narrator import Manner, Narrator
from ui.reading import Reading
from ui.speech.choice import Speech
from ui.viewmodels.surroundings import SCREENS

INVITE_MS = 20_000
"""How often somebody with headphones on is told how to begin, while nobody has begun."""
_LOOK_MS = 250
_LIFE_MS = 3000
# A contact bounces for 5 to 20 ms; nobody strikes twice on purpose within 30.
_DOUBLE_STRIKE_S, _SLOW_DOUBLE_STRIKE_S = 0.03, 0.5

# A step of volume is about 5 dB, so that five of them are the 20 dB of EN 301 549, 5.1.3.11.
_VOLUMES = (10, 18, 32, 56, 100)
_RATES = (60, 80, 100, 140, 190)


class BlindUse(QObject):
    """Follows the session for those who listen and those who use keys.

    Args:
        window: The screens.
        core: The session, and where events go.
        speech: How the terminal is heard.
        tell: Told why nothing is heard, as a code, or None, whenever that changes.
    """

    def __init__(
        self, window: QQuickWindow, core: CoreView, speech: Speech, tell: Callable[[str | None], None]
    ) -> None:
        super().__init__(window)
        self._core = core
        self._speech = speech
        self._tell = tell
        self._fault: str | None = None
        self._access = core.session.access
        self.reading = Reading(window, self._screen, lambda: core.session.language)
        self.narrator = Narrator(
            self.reading, speech.speaker, speech.headphones, lambda: manner_of(core.session)
        )
        self.keypad = Keypad(window, self.reading, self.narrator, self._begin, self._double_strike_s)
        self._looking = self._timer(_LOOK_MS, self._look)
        self._living = self._timer(_LIFE_MS, self.show_life)
        self._inviting = self._timer(INVITE_MS, self._invite)
        core.subscribe(self._follow)
        for timer in (self._looking, self._living, self._inviting):
            timer.start()

    def forget(self) -> None:
        """The visit is over: nothing of it is kept, and nothing more of it is said."""
        self.narrator.forget()
        self.keypad.forget()
        self.reading.forget()

    def read_again(self) -> None:
        """Read the page once more, as if it were new; if the panel lies over it, once that is gone."""
        self.reading.forget()

    def _timer(self, interval_ms: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(action)
        return timer

    def _screen(self) -> str:
        return SCREENS[type(self._core.session.state)]

    def _follow(self, session: Session) -> None:
        if not isValid(self):
            return
        before, self._access = self._access, session.access
        if session.access.voice != before.voice:
            self._voice_changed(session.access)
        if not isinstance(session.state, Attract):
            # The screen itself follows the session in the same breath; it is whole when that is over.
            QTimer.singleShot(0, self, self._look)

    def _voice_changed(self, access: Access) -> None:
        if access.voice:
            self.reading.forget()
        else:
            self.narrator.stop()

    @property
    def _in_use(self) -> bool:
        nobody = isinstance(self._core.session.state, Attract)
        return not nobody and (self._core.session.access.voice or self.keypad.active)

    def _look(self) -> None:
        if self._in_use:
            self.narrator.look_at_headphones()
            self.keypad.look()
        if self.narrator.fault != self._fault:
            self._fault = self.narrator.fault
            self._tell(self._fault)

    def show_life(self) -> None:
        """Whoever listens is there; the warning itself must be answered all the same."""
        session = self._core.session
        if self._in_use and self.narrator.busy and session.warning_until_s is None:
            self._core.post(Touched())

    def _invite(self) -> None:
        if isinstance(self._core.session.state, Attract) and not self.narrator.busy:
            self.narrator.invite()

    def _begin(self) -> bool:
        """Start a visit by voice if nobody is here; returns whether it did."""
        session = self._core.session
        if not isinstance(session.state, Attract):
            return False
        self._core.post(Started())
        self._core.post(AccessChanged(Access(voice=True)))
        return True

    def _double_strike_s(self) -> float:
        return _SLOW_DOUBLE_STRIKE_S if self._core.session.access.slow else _DOUBLE_STRIKE_S


def manner_of(session: Session) -> Manner:
    """Return how the resident wants to be spoken to."""
    access = session.access
    return Manner(access.voice, session.language, _RATES[access.rate - 1], _VOLUMES[access.volume - 1])
