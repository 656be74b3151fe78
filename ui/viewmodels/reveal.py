"""Personal numbers shown whole for a moment, then hidden again."""

from PySide6.QtCore import QObject, QTimer, Signal

_REVEAL_MS = 5000


class Reveal(QObject):
    """Open for five seconds after ``start``; whoever leaves the screen closes it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_REVEAL_MS, singleShot=True)
        self._timer.timeout.connect(self.changed.emit)

    @property
    def open(self) -> bool:
        """Whether to show them whole now."""
        return self._timer.isActive()

    def start(self) -> None:
        """Show them whole for a moment."""
        self._timer.start()
        self.changed.emit()

    def close(self) -> None:
        """Hide them at once; whoever calls shows the screen anew."""
        self._timer.stop()
