import os
from collections.abc import Iterator

import pytest

# Before any test makes the application object: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QRectF
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickView

from ui.environment import QML_FOLDER
from ui.scene import let_events_pass, named_items

_PAGE = b"""
import QtQuick
import Kiosk

ScrollArea {
    Repeater {
        model: 6

        TextInputField {
            required property int index

            width: 600
            inputName: "field-" + index
        }
    }
}
"""
TALL_PX, LOW_PX = 900, 300


@pytest.fixture
def view(qapp: object) -> Iterator[QQuickView]:
    """A page with six fields in a window of its own."""
    del qapp
    view = QQuickView()
    view.engine().addImportPath(str(QML_FOLDER))
    component = QQmlComponent(view.engine())
    component.setData(_PAGE, QML_FOLDER.as_uri())
    page = component.create()
    view.setContent(QML_FOLDER.as_uri(), component, page)
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.resize(700, TALL_PX)
    view.show()
    let_events_pass(50)
    yield view
    view.close()
    view.deleteLater()


def in_view(view: QQuickView, name: str) -> bool:
    field = named_items(view, name)[-1]
    place = field.mapRectToScene(QRectF(0, 0, field.width(), field.height()))
    return place.top() >= 0 and place.bottom() <= view.height()


def focus(view: QQuickView, name: str) -> None:
    field = named_items(view, name)[-1]
    view.requestActivate()
    field.forceActiveFocus()
    let_events_pass(50)


@pytest.mark.parametrize("name", ["field-0", "field-3", "field-5"])
def test_the_field_that_is_typed_into_stays_in_view_when_the_keyboard_opens(
    view: QQuickView, name: str
) -> None:
    focus(view, name)
    view.resize(700, LOW_PX)
    let_events_pass(50)
    assert in_view(view, name)


def test_the_next_field_comes_into_view_when_it_is_chosen(view: QQuickView) -> None:
    view.resize(700, LOW_PX)
    focus(view, "field-5")
    assert in_view(view, "field-5")
    focus(view, "field-0")
    assert in_view(view, "field-0")
