"""The panel on every screen: language, size, contrast, reach, side, time and voice."""

from dataclasses import replace
from typing import Final, Literal

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.text import Language
from kiosk.session.access import FASTEST, LOUDEST, Access
from kiosk.session.events import AccessChanged, LanguageChosen, PanelToggled
from kiosk.session.states import Session
from ui.core import CoreView
from ui.viewmodels.base import ScreenViewModel

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_SIZES: Final[dict[int, Literal[100, 130, 160]]] = {100: 100, 130: 130, 160: 160}
_ELDER: Final = Access(size=130, slow=True)


@QmlElement
class AccessViewModel(ScreenViewModel):
    """What this resident needs, and how to change it."""

    changed = Signal()
    againAsked = Signal()

    def __init__(self, core: CoreView, parent: QObject | None = None) -> None:
        super().__init__(core, parent)
        self._access = Access()
        self._language = Language.ZH
        self._shown = False

    def show(self, session: Session) -> None:
        """Show what is set."""
        now = (session.access, session.language, session.panel)
        if now == (self._access, self._language, self._shown):
            return
        self._access = session.access
        self._language = session.language
        self._shown = session.panel
        self.changed.emit()

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether the panel lies over the screen."""
        return self._shown

    @Property(str, notify=changed)
    def language(self) -> str:
        """Language of the screens."""
        return self._language.value

    @Property(int, notify=changed)
    def size(self) -> int:
        """Size of text and targets in per cent."""
        return self._access.size

    @Property(bool, notify=changed)
    def elder(self) -> bool:
        """Whether the screens are larger, with fewer choices."""
        return self._access.elder

    @Property(bool, notify=changed)
    def contrast(self) -> bool:
        """Whether colours keep 7 : 1."""
        return self._access.contrast

    @Property(bool, notify=changed)
    def low(self) -> bool:
        """Whether everything lies within low reach."""
        return self._access.low

    @Property(bool, notify=changed)
    def left(self) -> bool:
        """Whether what is used most lies on the left."""
        return self._access.left

    @Property(bool, notify=changed)
    def slow(self) -> bool:
        """Whether every screen waits twice as long."""
        return self._access.slow

    @Property(bool, notify=changed)
    def voice(self) -> bool:
        """Whether the screens are read aloud."""
        return self._access.voice

    @Property(int, notify=changed)
    def rate(self) -> int:
        """Speed of speech, 1..5."""
        return self._access.rate

    @Property(int, notify=changed)
    def volume(self) -> int:
        """Loudness of speech, 1..5."""
        return self._access.volume

    @Property(int, constant=True)
    def fastest(self) -> int:
        """Highest speed."""
        return FASTEST

    @Property(int, constant=True)
    def loudest(self) -> int:
        """Highest loudness."""
        return LOUDEST

    @Slot(bool)
    def open(self, shown: bool) -> None:  # noqa: FBT001  # the signature QML calls
        """Open the panel, or close it."""
        self._core.post(PanelToggled(shown))

    @Slot(str)
    def speak(self, language: str) -> None:
        """Choose a language."""
        self._core.post(LanguageChosen(Language(language)))

    @Slot(int)
    def resize(self, size: int) -> None:
        """Choose the size of text and targets in per cent."""
        self._change(replace(self._access, size=_SIZES[size]))

    @Slot()
    def goElder(self) -> None:
        """Choose what most elderly residents want at once, or give it back."""
        change = Access() if self.elder else _ELDER
        self._change(replace(self._access, size=change.size, slow=change.slow))

    @Slot(str)
    def toggle(self, quality: str) -> None:
        """Turn one of ``contrast low left slow voice`` on or off."""
        self._change(replace(self._access, **{quality: not getattr(self._access, quality)}))

    @Slot(int)
    def hasten(self, steps: int) -> None:
        """Speak faster, or slower."""
        self._change(replace(self._access, rate=_within(self._access.rate + steps, FASTEST)))

    @Slot(int)
    def louden(self, steps: int) -> None:
        """Speak louder, or softer."""
        self._change(replace(self._access, volume=_within(self._access.volume + steps, LOUDEST)))

    @Slot()
    def readAgain(self) -> None:
        """Close the panel and have the screen below read once more."""
        self._core.post(PanelToggled(shown=False))
        self.againAsked.emit()

    @Slot()
    def reset(self) -> None:
        """Go back to how everybody finds the terminal."""
        self._change(Access())

    def _change(self, access: Access) -> None:
        self._core.post(AccessChanged(access))


def _within(step: int, most: int) -> int:
    return max(1, min(most, step))
