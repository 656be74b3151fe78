from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.images import CameraFeed, CameraView, PageImages

BLUE, RED = (255, 0, 0), (0, 0, 255)


@dataclass(frozen=True, slots=True)
class Still:
    pixels: NDArray[np.uint8]
    taken_s: float


def plain(colour: tuple[int, int, int], width: int = 80, height: int = 60) -> NDArray[np.uint8]:
    return np.full((height, width, 3), colour, np.uint8)


def jpeg(colour: tuple[int, int, int], width: int = 80, height: int = 60) -> bytes:
    return cv2.imencode(".jpg", plain(colour, width, height))[1].tobytes()


def middle(window: QQuickWindow) -> tuple[int, int, int]:
    colour = window.grabWindow().pixelColor(40, 30)
    return colour.red(), colour.green(), colour.blue()


def fetch(pages: PageImages, url: str, asked: QSize | None = None) -> QImage:
    return pages.requestImage(url.rpartition("/")[2], QSize(), QSize() if asked is None else asked)


def test_a_page_is_served_under_its_address() -> None:
    pages = PageImages()
    shown = fetch(pages, pages.url(jpeg(RED)))
    assert (shown.width(), shown.height()) == (80, 60)
    assert shown.pixelColor(40, 30).red() > 240


def test_a_smaller_picture_keeps_the_pages_proportions() -> None:
    pages = PageImages()
    shown = fetch(pages, pages.url(jpeg(RED)), QSize(40, 40))
    assert (shown.width(), shown.height()) == (40, 30)


def test_the_same_page_keeps_its_address_and_another_has_its_own() -> None:
    pages = PageImages()
    assert pages.url(jpeg(RED)) == pages.url(jpeg(RED))
    assert pages.url(jpeg(RED)) != pages.url(jpeg(BLUE))


def test_a_wiped_page_is_gone_and_its_address_never_comes_back() -> None:
    pages = PageImages()
    before = pages.url(jpeg(RED))
    pages.clear()
    assert fetch(pages, before).size() == QSize(1, 1)
    assert pages.url(jpeg(RED)) != before


def test_the_camera_shows_the_newest_picture_while_active_and_nothing_after(qtbot: QtBot) -> None:
    newest: list[Still | None] = [Still(plain(BLUE), 1.0)]
    window = QQuickWindow()
    window.resize(80, 60)
    feed = CameraFeed(lambda: newest[0])
    view = CameraView(window.contentItem())
    view.setSize(window.size())
    view.setProperty("feed", feed)
    window.show()
    assert not view.property("live")

    view.setProperty("active", "true")
    qtbot.waitUntil(lambda: middle(window) == (0, 0, 255))
    assert view.property("live")
    newest[0] = Still(plain(RED), 2.0)
    qtbot.waitUntil(lambda: middle(window) == (255, 0, 0))
    view.setProperty("active", "")
    assert not view.property("live")
    qtbot.waitUntil(lambda: middle(window) == (255, 255, 255))
    window.close()
    window.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_the_camera_is_not_asked_while_nobody_looks() -> None:
    asked: list[bool] = []

    def newest() -> Still | None:
        asked.append(True)
        return None

    window = QQuickWindow()
    feed = CameraFeed(newest)
    view = CameraView(window.contentItem())
    view.setProperty("feed", feed)
    QTest.qWait(200)
    assert asked == []
    window.deleteLater()
