"""Personal numbers shown whole for a moment, then hidden again."""

from PySide6.QtCore import QObject, QTimer, Signal

SHOWN_MS = 5000


class Reveal(QObject):
    """Open for a moment after ``start``; whoever leaves the screen closes it.

    Args:
        shown_ms: How long numbers stay open.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, shown_ms: int = SHOWN_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=shown_ms, singleShot=True)
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
