from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickWindow

from kiosk.demo.still_core import StillCore
from kiosk.session.events import Started
from ui.app import KioskApp
from ui.host import QtHost
from ui.opening import Opening
from ui.robot import Robot


def leave_a_touch(window: QQuickWindow) -> None:
    """Leave a touch in Qt's queue, as a panel does while nobody looks."""
    place = QPointF(window.width() / 2, window.height() / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        event = QMouseEvent(kind, place, place, left, held, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.postEvent(window, event)


def test_a_touch_while_the_terminal_starts_is_answered_and_begins_the_visit(
    host: QtHost, core: StillCore
) -> None:
    with Opening(host) as opening:
        opening.wait_for_frame()
        robot = Robot(opening.window, timeout_s=10)
        assert "正在启动" in robot.text("starting")
        leave_a_touch(opening.window)
        opening.breathe()
        assert "已收到" in robot.text("starting")
        with KioskApp(host, core, opening=opening):
            assert core.posted == [Started()]


def test_a_touch_left_at_the_last_moment_counts(host: QtHost, core: StillCore) -> None:
    with Opening(host) as opening:
        opening.wait_for_frame()
        leave_a_touch(opening.window)
        with KioskApp(host, core, opening=opening):
            assert core.posted == [Started()]


def test_without_a_touch_nothing_begins(host: QtHost, core: StillCore) -> None:
    with Opening(host) as opening:
        opening.wait_for_frame()
        with KioskApp(host, core, opening=opening):
            assert core.posted == []
