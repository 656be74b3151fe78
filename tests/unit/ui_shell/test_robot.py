from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.robot import Robot, ScreenError
from ui.scene import named_items

SCENE = b"""
import QtQuick

Window {
    id: root
    property string tapped: ""
    property bool covered: false
    property alias lid: lid.visible
    width: 300; height: 400; visible: true

    component Plate: Rectangle {
        property string says: ""
        width: 200; height: 60; color: "lightgrey"
        Text { text: parent.says }
        MouseArea { anchors.fill: parent; onClicked: root.tapped = parent.objectName }
    }

    Text { objectName: "title"; text: "A scene" }
    Plate { objectName: "top"; y: 30; says: "the top plate" }
    Plate { objectName: "off"; y: 100; enabled: false }
    Plate { objectName: "ghost"; y: 170; visible: false }

    Flickable {
        y: 240; width: 300; height: 140; contentHeight: column.height; clip: true
        Column {
            id: column
            spacing: 10
            Repeater { model: 12; Plate { required property int index; objectName: "row-" + index } }
        }
    }

    Rectangle {
        id: lid
        objectName: "lid"
        visible: false
        anchors.fill: parent
        color: "white"
    }
}
"""


@pytest.fixture
def window(qapp: object) -> Iterator[QQuickWindow]:
    del qapp
    engine = QQmlApplicationEngine()
    engine.loadData(SCENE)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    yield window
    shiboken6.delete(engine)


@pytest.fixture
def robot(window: QQuickWindow) -> Robot:
    return Robot(window, timeout_s=5)


def test_a_tap_lands_on_the_item(robot: Robot) -> None:
    robot.tap("top")
    assert robot.window.property("tapped") == "top"


def test_a_row_far_down_is_dragged_into_view_and_tapped(robot: Robot) -> None:
    robot.tap("row-11")
    assert robot.window.property("tapped") == "row-11"
    robot.tap("row-0")
    assert robot.window.property("tapped") == "row-0"


def test_dragging_a_list_taps_nothing_on_its_way(robot: Robot) -> None:
    robot.tap("top")
    robot.bring_into_view(named_items(robot.window, "row-11")[-1])
    assert robot.window.property("tapped") == "top"


def test_what_lies_under_something_else_cannot_be_tapped(robot: Robot) -> None:
    robot.window.setProperty("lid", "yes")
    with pytest.raises(ScreenError, match="lid lies over it"):
        robot.tap("top", timeout_s=0.2)
    assert robot.window.property("tapped") == ""


@pytest.mark.parametrize("name", ["off", "ghost", "nowhere"])
def test_what_is_disabled_hidden_or_absent_cannot_be_tapped(robot: Robot, name: str) -> None:
    with pytest.raises(ScreenError, match="not shown, or not enabled"):
        robot.tap(name, timeout_s=0.2)


def test_a_disappointment_names_what_was_on_the_screen(robot: Robot) -> None:
    with pytest.raises(ScreenError, match=r"'caseNo' is seen.*on the screen: 'A scene' with title, top"):
        robot.sees("caseNo", timeout_s=0.1)


def test_an_item_is_read_by_the_texts_inside_it(robot: Robot) -> None:
    robot.sees("top", "top plate")
    assert robot.text("top") == "the top plate"
    assert robot.says("the top plate")
    assert not robot.says("the bottom plate")


def test_a_bug_ends_every_wait_at_once(window: QQuickWindow) -> None:
    robot = Robot(window, timeout_s=30, bug=lambda: "ValueError at find.py:31")
    with pytest.raises(ScreenError, match=r"a bug ended the program: ValueError at find\.py:31"):
        robot.wait(lambda: False, "anything")
