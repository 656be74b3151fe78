"""How evenly the screen moves, measured in the running application."""

from dataclasses import dataclass
from statistics import quantiles
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

_TICK_MS = 16


@dataclass(frozen=True, slots=True)
class FrameFigures:
    """Gaps between frames, and how late the event loop was, in milliseconds."""

    frames: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    lateness_p95_ms: float
    lateness_max_ms: float


class FrameMeter(QObject):
    """While on, asks for a frame every 16 ms, so that each gap is a late frame and never an idle screen.

    Args:
        window: What is measured.
    """

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__(window)
        self._window = window
        self._frames_s: list[float] = []
        self._lateness_ms: list[float] = []
        self._ticked_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Forget earlier figures and measure from now on."""
        self._frames_s.clear()
        self._lateness_ms.clear()
        self._ticked_s = monotonic()
        self._window.frameSwapped.connect(self._swapped)
        self._timer.start()

    def stop(self) -> FrameFigures:
        """Stop and return what was measured; zeros before the third frame."""
        self._timer.stop()
        self._window.frameSwapped.disconnect(self._swapped)
        gaps_ms = [(b - a) * 1000 for a, b in zip(self._frames_s, self._frames_s[1:], strict=False)]
        return FrameFigures(
            frames=len(self._frames_s),
            p50_ms=_quantile(gaps_ms, 50),
            p95_ms=_quantile(gaps_ms, 95),
            max_ms=max(gaps_ms, default=0.0),
            lateness_p95_ms=_quantile(self._lateness_ms, 95),
            lateness_max_ms=max(self._lateness_ms, default=0.0),
        )

    def _tick(self) -> None:
        now_s = monotonic()
        self._lateness_ms.append(max(0.0, (now_s - self._ticked_s) * 1000 - _TICK_MS))
        self._ticked_s = now_s
        self._window.update()

    def _swapped(self) -> None:
        self._frames_s.append(monotonic())


def _quantile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0
