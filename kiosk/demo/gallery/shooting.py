"""Takes the planned pictures, one after the other."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from kiosk.demo.gallery.modes import PANELS
from kiosk.demo.gallery.plan import Frame
from kiosk.demo.scenes.own_words import own_words
from kiosk.demo.scenes.visits import StillPicture, sheet
from kiosk.demo.still_core import StillCore
from ui.app import KioskApp
from ui.environment import ScreenSettings
from ui.host import QtHost
from ui.walker.snapshot import Demands
from ui.walker.studio import Shot, Studio


class Shooting:
    """The screens over a core held still, in front of the camera.

    Args:
        core: What the screens show.
        studio: The window with its camera.
    """

    def __init__(self, core: StillCore, studio: Studio) -> None:
        self._core = core
        self._studio = studio

    def take(self, frame: Frame) -> Shot:
        """Take one picture."""
        session = replace(frame.scene.session, access=frame.mode.access, language=frame.language)
        demands = Demands(
            language=frame.language,
            contrast=frame.mode.access.contrast,
            low_mm=frame.mode.low_mm,
            ways=frozenset({"accessDone"}) if session.panel else frozenset(),
            data=own_words(session.state),
        )
        return self._studio.take(lambda: self._core.stand(session), frame.panel, demands)

    def run(self, frames: Iterable[Frame]) -> Iterator[tuple[Frame, Shot]]:
        """Take one picture after the other."""
        for frame in frames:
            yield frame, self.take(frame)


@contextmanager
def shooting() -> Generator[Shooting]:
    """Open the window, and close it afterwards."""
    core = StillCore()
    core.picture = StillPicture(sheet())
    panel = PANELS[0]
    settings = ScreenSettings(panel.width_px, panel.height_px, panel.width_mm)
    with QtHost(settings, _report) as host, KioskApp(host, core) as app:
        studio = Studio(app)
        if host.has_keyboard:
            studio.await_keyboard()
        yield Shooting(core, studio)


def _report(code: str, detail: str) -> None:
    raise RuntimeError(f"{code}: {detail}")
