"""How even the screen is during a part of a visit, and what each of its frames cost."""

from dataclasses import dataclass
from statistics import quantiles
from time import monotonic

from PySide6.QtQuick import QQuickWindow

from kiosk.runtime import Core
from kiosk.session.states import Guiding, Resulting, Session
from ui.app import KioskApp
from ui.frames import FrameFigures


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one frame took from the end of its animations until it was on the screen, in milliseconds."""

    p50_ms: float
    p95_ms: float
    max_ms: float


class FrameWatch:
    """Measures one visit from its guide to its result.

    Args:
        app: The terminal's window.
        core: The terminal's core.
    """

    def __init__(self, app: KioskApp, core: Core) -> None:
        self._app = app
        self._drawing = _DrawingMeter(app.window)
        self.figures: FrameFigures | None = None
        self.drawing: Drawing | None = None
        self._is_armed = self._is_running = False
        core.subscribe(self._follow)

    def arm(self) -> None:
        """Measure the next visit."""
        self._is_armed = True

    def _follow(self, session: Session) -> None:
        match session.state:
            case Guiding() if self._is_armed:
                self._is_armed, self._is_running = False, True
                self._app.frames.start()
                self._drawing.start()
            case Resulting() if self._is_running:
                self._is_running = False
                self.figures = self._app.frames.stop()
                self.drawing = self._drawing.stop()
            case _:
                pass


class _DrawingMeter:
    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._begun_s = 0.0
        self._took_ms: list[float] = []

    def start(self) -> None:
        self._begun_s = 0.0
        self._took_ms.clear()
        self._window.afterAnimating.connect(self._begin)
        self._window.frameSwapped.connect(self._end)

    def stop(self) -> Drawing:
        self._window.afterAnimating.disconnect(self._begin)
        self._window.frameSwapped.disconnect(self._end)
        cuts = quantiles(self._took_ms, n=100, method="inclusive")
        return Drawing(cuts[49], cuts[94], max(self._took_ms))

    def _begin(self) -> None:
        self._begun_s = monotonic()

    def _end(self) -> None:
        if self._begun_s:
            self._took_ms.append((monotonic() - self._begun_s) * 1000)
