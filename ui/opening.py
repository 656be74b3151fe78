"""The window, from the first moment on: what stands on it while the terminal is loaded and wired.

Qt, the colours and a few words are all it needs. The terminal itself is put into the same window later: on
eglfs there is only one.
"""

from time import monotonic
from typing import Self

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.environment import QML_FOLDER, Display
from ui.errors import DisplayError
from ui.host import QtHost


class Opening:
    """Shows the window with the words that the terminal is starting; to be drawn it needs the event loop.

    Args:
        host: Qt.

    Raises:
        DisplayError: ``ui.no-screen``: the window cannot be loaded.
    """

    def __init__(self, host: QtHost) -> None:
        settings = host.settings
        self.first_frame_s: float | None = None
        """Monotonic seconds at which the first frame stood on the screen."""
        self.touched = False
        """Whether somebody touched it before the terminal's screens stood in it."""
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(QML_FOLDER))
        self.engine.setInitialProperties(
            {
                "panelWidthMm": settings.panel_width_mm,
                "reachMm": settings.reach_mm,
                "width": settings.width_px,
                "height": settings.height_px,
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(QML_FOLDER / "Main.qml")))
        window = next(iter(self.engine.rootObjects()), None)
        if not isinstance(window, QQuickWindow):
            self.close()
            raise DisplayError("ui.no-screen", "Main.qml did not load")
        self.window: QQuickWindow = window
        window.frameSwapped.connect(self._note_first_frame)
        if settings.fullscreen or settings.display in (Display.EGLFS, Display.VNC):
            window.showFullScreen()
        else:
            window.show()

    def __enter__(self) -> Self:
        """Return the window, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the window."""
        self.close()

    def close(self) -> None:
        """Take the window apart; doing it again changes nothing."""
        if shiboken6.isValid(self.engine):
            shiboken6.delete(self.engine)

    def wait_for_frame(self) -> None:
        """Let Qt draw until the first frame stands."""
        if self.first_frame_s is None:
            self._draw()

    def breathe(self) -> None:
        """Take a touch that came while something was loaded, and show that it was seen."""
        QCoreApplication.processEvents()
        words = self.window.findChild(QQuickItem, "opening")
        if not self.touched and words is not None and words.property("heard") is True:
            self.touched = True
            self._draw()

    def _draw(self) -> None:
        loop = QEventLoop()
        self.window.frameSwapped.connect(loop.quit)
        self.window.update()
        loop.exec()
        self.window.frameSwapped.disconnect(loop.quit)

    def hold(self, shell: object) -> None:
        """Put the terminal's screens into the window.

        Args:
            shell: Their view-model.

        Raises:
            DisplayError: ``ui.no-screen``: they cannot be loaded.
        """
        self.window.setProperty("shell", shell)
        holder = self.window.findChild(QQuickItem, "terminal")
        if holder is None or holder.property("item") is None:
            self.close()
            raise DisplayError("ui.no-screen", "Terminal.qml did not load")

    def _note_first_frame(self) -> None:
        self.window.frameSwapped.disconnect(self._note_first_frame)
        self.first_frame_s = monotonic()
