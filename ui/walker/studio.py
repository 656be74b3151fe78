"""Takes pictures of the screens, one after the other, in one window that is used again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtQml import qmlContext
from PySide6.QtQuick import QQuickItem

from ui.app import KioskApp
from ui.scene import let_events_pass
from ui.walker.snapshot import Demands, Finding, Snapshot
from ui.walker.taking import settle, take
from ui.walker.walk import findings_of

_ROUNDS = 3
"""Rounds of the event loop after which a screen, its focus and the keyboard have come to rest."""
_FRAMES = 5
"""Frames after which a screen that still moves is taken as it is."""
_LOADING_ROUNDS, _LOADING_ROUND_MS = 100, 50
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Panel:
    """One way a panel hangs.

    Args:
        name: What it is called, e.g. ``"portrait"``.
        width_px: Pixels across.
        height_px: Pixels down.
        width_mm: Its physical width.
    """

    name: str
    width_px: int
    height_px: int
    width_mm: float

    @property
    def mm(self) -> float:
        """Pixels for one millimetre."""
        return self.width_px / self.width_mm


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture with what the walker found on it."""

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    image: QImage

    def save(self, path: Path) -> None:
        """Write the picture; its suffix says in which format.

        Raises:
            OSError: It cannot be written.
        """
        if not self.image.save(str(path), None, _QUALITY):
            raise OSError(f"{path} cannot be written")


class Studio:
    """One window in which scene after scene is shown.

    Args:
        app: The kiosk's window over the core whose scenes are shown.
    """

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self._window = app.window
        self._panel: Panel | None = None
        context = qmlContext(app.window)
        if context is not None:
            theme = context.engine().singletonInstance("Kiosk", "Theme")
            if isinstance(theme, QObject):
                theme.setProperty("motion", False)  # noqa: FBT003  # Qt's own signature

    def await_keyboard(self) -> None:
        """Wait until the on-screen keyboard is loaded; a few seconds at most."""
        for _ in range(_LOADING_ROUNDS):
            if self._window.findChild(QQuickItem, "keyboardPlace") is not None:
                return
            let_events_pass(_LOADING_ROUND_MS)

    def hang(self, panel: Panel) -> None:
        """Turn the window to another panel."""
        if panel == self._panel:
            return
        self._panel = panel
        self._window.setProperty("panelWidthMm", panel.width_mm)
        self._window.resize(panel.width_px, panel.height_px)
        self._rest()

    def take(self, show: Callable[[], None], panel: Panel, demands: Demands) -> Shot:
        """Show a scene on a panel and look at it.

        Args:
            show: Brings the scene before the screens.
            panel: The panel.
            demands: What it is held to; the ways out are the shell's, unless it names some.
        """
        self.hang(panel)
        loader = self._window.findChild(QQuickItem, "screen")
        if loader is not None:
            # A screen of its own for each scene: nothing of the last one, no scrolling, no focus.
            loader.setProperty("active", False)  # noqa: FBT003  # Qt's own signature
            show()
            loader.setProperty("active", True)  # noqa: FBT003  # Qt's own signature
        self._rest()
        image = self._still()
        held_to = replace(demands, ways=demands.ways or self._ways())
        snapshot = take(self._window, image, panel.mm, held_to)
        return Shot(snapshot, findings_of(snapshot), image)

    def _still(self) -> QImage:
        """Return the picture once two are alike: a frame makes what lists show, and the keyboard moves."""
        before = self._window.grabWindow()
        for _ in range(_FRAMES):
            settle(self._window)
            self._rest()
            image = self._window.grabWindow()
            if image == before:
                break
            before = image
        return before

    def _ways(self) -> frozenset[str]:
        shell = self._app.shell
        if shell.property("screen") == "attract":
            return frozenset({"start"})
        if shell.property("warning"):
            return frozenset({"moreTime", "endNow"})
        ways = {"back": "canGoBack", "end": "canEnd"}
        return frozenset(way for way, allowed in ways.items() if shell.property(allowed))

    def _rest(self) -> None:
        for _ in range(_ROUNDS):
            QCoreApplication.processEvents()
