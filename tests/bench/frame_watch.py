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
    """Measures the next visit from its guide to its result.

    Args:
        app: The terminal's window.
        core: The terminal's core.
    """

    gaps: FrameFigures
    """Gaps between frames, once there was a visit."""
    drawing: Drawing
    """The frames by themselves, once there was a visit."""

    def __init__(self, app: KioskApp, core: Core) -> None:
        self._meter = app.frames
        self._drawing = _DrawingMeter(app.window)
        self._is_running = self._is_done = False
        core.subscribe(self._follow)

    def _follow(self, session: Session) -> None:
        match session.state:
            case Guiding() if not self._is_running and not self._is_done:
                self._is_running = True
                self._meter.start()
                self._drawing.start()
            case Resulting() if self._is_running:
                self._is_running, self._is_done = False, True
                self.gaps = self._meter.stop()
                self.drawing = self._drawing.stop()
            case _:
                pass


class _DrawingMeter:
    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._begun_s = 0.0
        self._took_ms: list[float] = []

    def start(self) -> None:
        self._window.afterAnimating.connect(self._begin)
        self._window.frameSwapped.connect(self._end)

    def stop(self) -> Drawing:
        self._window.afterAnimating.disconnect(self._begin)
        self._window.frameSwapped.disconnect(self._end)
        cuts = quantiles(self._took_ms, n=100, method="inclusive")
        return Drawing(p50_ms=cuts[49], p95_ms=cuts[94], max_ms=max(self._took_ms))

    def _begin(self) -> None:
        self._begun_s = monotonic()

    def _end(self) -> None:
        if self._begun_s:
            self._took_ms.append((monotonic() - self._begun_s) * 1000)
