import time

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from kiosk.demo.scenes.visits import NAME, page, visit
from kiosk.demo.still_core import StillCore
from kiosk.domain.text import Language
from kiosk.session.events import Event, Started, Touched
from kiosk.session.states import Home, Reviewing
from ui.app import KioskApp
from ui.robot import Robot


class ToldCore(StillCore):
    """Also remembers the touches."""

    def __init__(self) -> None:
        super().__init__()
        self.touches = 0

    def post(self, event: Event) -> None:
        self.touches += isinstance(event, Touched)
        super().post(event)


@pytest.fixture
def core() -> ToldCore:
    return ToldCore()


def test_the_first_screen_stands_and_when_is_known(app: KioskApp, robot: Robot) -> None:
    before_s = time.monotonic()
    robot.wait(lambda: app.first_frame_s is not None, "a frame")
    assert app.first_frame_s is not None
    assert before_s - 5 < app.first_frame_s <= time.monotonic()
    assert robot.shows("start")


def test_a_touch_reaches_the_core(core: ToldCore, robot: Robot) -> None:
    robot.tap("start")
    assert core.posted == [Started()]
    assert core.touches == 1


def test_many_touches_are_told_once_a_second(core: ToldCore, robot: Robot) -> None:
    robot.sees("start")
    start = robot.window.contentItem()
    begun_s = time.monotonic()
    for _ in range(10):
        robot.tap_item(start)
    assert core.touches <= 1 + (time.monotonic() - begun_s)


def test_another_language_is_on_the_screen_at_once(core: ToldCore, robot: Robot) -> None:
    core.show(Home())
    robot.sees("title", "您想办什么")
    core.show(language=Language.EN)
    assert robot.text("title").isascii()


def test_the_end_of_a_visit_leaves_no_picture_no_focus_and_no_clipboard(
    app: KioskApp, core: ToldCore, robot: Robot, qtbot: QtBot
) -> None:
    core.show(Reviewing(visit(filled=True, pages=(page(),))))
    address = app.pages.url(b"page")
    QGuiApplication.clipboard().setText(NAME)
    robot.sees("title")

    core.show(Home(), serial=core.session.serial + 1)

    assert QGuiApplication.clipboard().text() == ""
    assert app.pages.url(b"page") != address
    assert not app.window.findChild(QQuickItem, "answer")
    qtbot.waitUntil(lambda: not robot.says(NAME))


def test_a_stalled_event_loop_shows_in_the_frame_figures(app: KioskApp, robot: Robot) -> None:
    robot.wait(lambda: app.first_frame_s is not None, "a frame")
    app.frames.start()
    begun_s = time.monotonic()
    robot.wait(lambda: time.monotonic() - begun_s > 0.2, "some frames")
    time.sleep(0.25)  # the stall that is measured
    robot.wait(lambda: time.monotonic() - begun_s > 0.6, "more frames")
    figures = app.frames.stop()
    assert figures.frames > 5
    assert figures.p50_ms <= figures.p95_ms <= figures.max_ms
    assert figures.max_ms >= 240
    assert figures.lateness_max_ms >= 220
