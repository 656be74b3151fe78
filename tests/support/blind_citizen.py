"""A resident who does not see the screens: goes by ear, with five keys."""

from collections.abc import Callable

from pypinyin import lazy_pinyin
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.domain.text import Language
from tests.support.citizen import Citizen
from tests.support.ear import Ear
from tests.support.listener import DOWN, LEFT, OK, RIGHT
from ui.blind_use import BlindUse
from ui.robot import Robot
from ui.scene import let_events_pass
from ui.spoken import spell
from ui.words.narration import SWITCH_TO, WHEELS

_STEPS = 120
_HEAR_MS = 40
_PANEL = "spellerPanel"


class BlindCitizen(Citizen):
    """One resident with headphones in.

    Args:
        robot: Waits for what comes; its eyes and its finger are not used.
        blind: The keys' list, to compare with what is heard.
        ear: What is heard.
        language: Language of the screens.
        pass_time: As for any resident.
    """

    def __init__(
        self,
        robot: Robot,
        blind: BlindUse,
        ear: Ear,
        language: Callable[[], Language],
        pass_time: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(robot, pass_time)
        self._blind = blind
        self._ear = ear
        self._language = language
        self._panel = robot.window.findChild(QQuickItem, _PANEL)
        self.story: list[str] = []
        """All that was heard, in its order."""

    def presses(self, key: Qt.Key) -> str:
        """Press one key and listen."""
        self.listens()
        QTest.keyClick(self.robot.window, key)
        let_events_pass(_HEAR_MS)
        return self.listens()

    def listens(self) -> str:
        """Return what was said since the last time."""
        said = self._ear.heard()
        self.story.append(said)
        return said

    def hears(self, text: str) -> None:
        """Wait until that is said, spelled as numbers are."""
        wanted, heard = spell(text, self._language()), [*self.story[-3:]]

        def ready() -> bool:
            heard.append(self.listens())
            return wanted in "\n".join(heard)

        self.robot.wait(ready, f"{text!r} is said")

    def taps(self, *names: str) -> None:
        for name in names:
            if name == "start":
                self.presses(DOWN)
                continue
            self._goes_to(name)
            self.presses(OK)

    def types(self, text: str, pinyin: str | None = None) -> None:
        if not self._typing:
            self.presses(OK)
        for letter in text:
            if pinyin is None:
                self._picks(letter)
            else:
                self._picks_character(letter)
        assert text in self.presses(DOWN).replace(" ", "").replace("，", "").replace(",", "")
        assert not self._typing

    def _goes_to(self, name: str) -> None:
        """Go by the keys to what is called so, once it can be used."""
        self.robot.wait(lambda: self._is_usable(name), f"{name!r} is in the list and can be used")
        for _ in range(_STEPS):
            focus = self._blind.reading.focus
            if focus is not None and focus.entry.id == name:
                return
            heard = self.presses(RIGHT)
            focus = self._blind.reading.focus
            assert focus is not None
            assert spell(focus.entry.name, focus.entry.language) in heard
        raise AssertionError(f"{name} is not reached by the keys")

    def _is_usable(self, name: str) -> bool:
        spots = self._blind.reading.spots
        return any(spot.entry.id == name and spot.item.isEnabled() for spot in spots)

    @property
    def _typing(self) -> bool:
        return self._panel is not None and bool(self._panel.property("open"))

    def _turns_to(self, label: str) -> None:
        assert self._panel is not None
        options = list(self._panel.property("options"))
        way = options.index(label) - int(self._panel.property("at"))
        if abs(way) > len(options) / 2:
            way -= len(options) if way > 0 else -len(options)
        for _ in range(abs(way)):
            self.presses(RIGHT if way > 0 else LEFT)

    def _picks(self, label: str) -> None:
        self._turns_to(label)
        self.presses(OK)

    def _picks_character(self, character: str) -> None:
        switch = SWITCH_TO.in_(self._language()).format(wheel=WHEELS["pinyin"].in_(self._language()))
        assert self._panel is not None
        if switch in list(self._panel.property("options")):
            self._picks(switch)
        for letter in lazy_pinyin(character)[0]:
            self._picks(letter)
        self.presses(DOWN)
        self._picks(character)
