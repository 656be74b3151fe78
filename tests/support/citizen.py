"""Speaks for the resident at the terminal: sees, taps, types, walks away."""

from collections.abc import Callable

from ui.robot import Robot


class Citizen:
    """One resident in front of the real screens.

    Args:
        robot: Hands and eyes.
        pass_time: Called while the resident is away; a test with a clock of its own turns it here.
    """

    def __init__(self, robot: Robot, pass_time: Callable[[], None] = lambda: None) -> None:
        self.robot = robot
        self._pass_time = pass_time

    def sees(self, name: str, text: str | None = None) -> None:
        self.robot.sees(name, text)

    def reads(self, name: str) -> str:
        return self.robot.text(name)

    def taps(self, *names: str) -> None:
        for name in names:
            self.robot.tap(name)

    def types(self, text: str, pinyin: str | None = None) -> None:
        """Types digits and Latin letters as they are; Chinese by its pinyin, one pick per character."""
        if pinyin is not None:
            self.robot.types_pinyin(pinyin, *text)
        elif text.isdigit():
            self.robot.types_digits(text)
        else:
            self.robot.types_latin(text)

    def walks_away(self) -> None:
        """Leaves everything as it is, until the terminal is free for the next resident."""

        def free() -> bool:
            self._pass_time()
            return self.robot.shows("start")

        self.robot.wait(free, "the terminal is free again")
