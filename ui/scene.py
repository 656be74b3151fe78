"""What stands on a window at this moment, read from the items that draw it."""

from collections.abc import Iterator

from PySide6.QtCore import QEventLoop, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem, QQuickWindow

_TEXTS = ("QQuickText", "QQuickTextInput", "QQuickTextEdit")


def let_events_pass(time_ms: int) -> None:
    """Run the event loop for a while; other threads run meanwhile, which ``QTest.qWait`` does not allow."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    """Yield what an item lies in, the nearest first."""
    above = _parent(item)
    while above is not None:
        yield above
        above = _parent(above)


def _parent(item: QQuickItem) -> QQuickItem | None:
    return item.parentItem()


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    """Yield an item and everything in it that is visible, in the order of painting."""
    if not item.isVisible() or item.opacity() <= 0:
        return
    children = sorted(item.childItems(), key=QQuickItem.z)
    for child in children:
        if child.z() < 0:
            yield from walk(child)
    yield item
    for child in children:
        if child.z() >= 0:
            yield from walk(child)


def is_shown(item: QQuickItem) -> bool:
    """Return whether an item is visible, opaque at all, and has an area."""
    if item.width() <= 0 or item.height() <= 0 or not item.isVisible():
        return False
    return all(part.opacity() > 0 for part in (item, *ancestors(item)))


def named_items(window: QQuickWindow, name: str) -> list[QQuickItem]:
    """Return the shown items of that ``objectName``, the uppermost last."""
    return [
        item
        for item in walk(window.contentItem())
        if item.objectName() == name and item.width() > 0 and item.height() > 0
    ]


def shown_names(window: QQuickWindow) -> list[str]:
    """Return the names of everything shown that has one."""
    return list(dict.fromkeys(item.objectName() for item in walk(window.contentItem()) if item.objectName()))


def all_texts(item: QQuickItem) -> list[str]:
    """Return every text an item and its visible children draw."""
    texts: list[str] = []
    for part in walk(item):
        text: object = part.property("text")
        if isinstance(text, str) and text and is_text(part):
            texts.append(text)
    return texts


def is_text(item: QQuickItem) -> bool:
    """Return whether an item draws words; an icon is a glyph of a font, and no word."""
    return item.objectName() != "glyph" and any(item.inherits(kind) for kind in _TEXTS)


def scrolling_ancestor(item: QQuickItem) -> QQuickItem | None:
    """Return the innermost list or scrolling area that holds an item and can move up and down."""
    return next(
        (
            part
            for part in ancestors(item)
            if part.inherits("QQuickFlickable") and bool(part.property("interactive"))
        ),
        None,
    )


def viewport_of(area: QQuickItem) -> QRectF:
    """Return the part of the scene in which a scrolling area shows its content."""
    return area.mapRectToScene(QRectF(0, 0, area.width(), area.height()))


def cover_at(window: QQuickWindow, item: QQuickItem, point: QPointF) -> str | None:
    """Return the name of what lies over an item at a point of the scene, or None when it is free."""
    family = list(ancestors(item))
    reached = False
    cover: QQuickItem | None = None
    for other in walk(window.contentItem()):
        if other is item:
            reached = True
        elif (
            reached
            and other not in family
            and item not in ancestors(other)
            and _draws_or_catches(other)
            and _contains(other, point)
        ):
            cover = other
    if cover is None:
        return None
    return _name_of(cover)


def _draws_or_catches(item: QQuickItem) -> bool:
    if item.acceptedMouseButtons() != Qt.MouseButton.NoButton:
        return item.isEnabled()
    color: object = item.property("color")
    if isinstance(color, QColor) and color.alpha() == 0:
        return False
    return bool(item.flags() & QQuickItem.Flag.ItemHasContents)


def _contains(item: QQuickItem, point: QPointF) -> bool:
    if not item.contains(item.mapFromScene(point)):
        return False
    return all(not above.clip() or above.contains(above.mapFromScene(point)) for above in ancestors(item))


def _name_of(item: QQuickItem) -> str:
    named = (part.objectName() for part in (item, *ancestors(item)) if part.objectName())
    return next(named, "an item without a name")
