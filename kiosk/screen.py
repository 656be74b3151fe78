"""The terminal with its screen; imported by the commands that show one.

Most of a start is loading modules. What the first frame does without is loaded behind it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.log import logger
from kiosk.secrecy import keep_memory_private
from provisioning.profile import ProfileError, TerminalProfile
from ui.environment import Display, ScreenSettings
from ui.errors import DisplayError
from ui.host import QtHost
from ui.opening import Opening

if TYPE_CHECKING:
    from kiosk.wiring import Terminal
    from ui.app import KioskApp

NO_DISPLAY = 69
"""``EX_UNAVAILABLE`` of sysexits.h."""
UNUSABLE = 78
"""``EX_CONFIG``: the profile cannot be used."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A terminal and the window that shows it."""

    terminal: "Terminal"
    app: "KioskApp"
    host: QtHost
    opening: Opening


def settings_of(profile: TerminalProfile, display: Display, *, fullscreen: bool) -> ScreenSettings:
    """Return how to draw on the profile's panel."""
    panel = profile.panel
    return ScreenSettings(
        width_px=panel.width_px,
        height_px=panel.height_px,
        panel_width_mm=panel.width_mm,
        reach_mm=panel.reach_mm,
        handwriting_model=panel.handwriting_model,
        display=display,
        fullscreen=fullscreen,
        gpu=display is Display.EGLFS,
    )


@contextmanager
def shown_terminal(profile: TerminalProfile, settings: ScreenSettings) -> Generator[Shown]:
    """Build a terminal and its window; leaving the block takes them apart.

    Raises:
        DisplayError: The window cannot be shown.
        ProfileError: The profile's files cannot be used.
    """
    log = logger("screen")

    def report(code: str, detail: str) -> None:
        log.error(code, path=detail)

    keep_memory_private()
    with QtHost(settings, report) as host, Opening(host) as opening:
        opening.wait_for_frame()
        from kiosk.wiring import build_terminal  # noqa: PLC0415  # behind the first frame

        opening.breathe()
        from ui.app import KioskApp  # noqa: PLC0415  # likewise
        from ui.speech.choice import open_speech  # noqa: PLC0415  # likewise
        from ui.speech.model import SpeechSettings  # noqa: PLC0415  # likewise

        opening.breathe()
        told = profile.speech
        speech = SpeechSettings(told.engine, told.chinese, told.clips, told.headphones)
        with (
            build_terminal(profile, host.mailbox) as terminal,
            KioskApp(host, terminal.core, open_speech(speech, report, host.folder), opening) as app,
        ):
            yield Shown(terminal, app, host, opening)


def run_terminal(profile: TerminalProfile, display: str) -> int:
    """Run the terminal until it is told to end; returns the exit status."""
    try:
        settings = settings_of(profile, Display(display), fullscreen=True)
        with shown_terminal(profile, settings) as shown:
            return shown.app.run()
    except DisplayError as error:
        logger("screen").error(error.code)
        return NO_DISPLAY
    except ProfileError as error:
        logger("screen").error(error.code, path=error.key)
        return UNUSABLE
