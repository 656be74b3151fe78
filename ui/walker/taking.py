"""Takes a snapshot of a window: what its items say of themselves, and how they look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import getCppPointer

from ui.narration import dialog, is_left_out, spots
from ui.scene import is_text
from ui.walker.snapshot import Colour, Demands, Kind, Part, Rect, Snapshot

_KEYBOARD = "keyboardPanel"
_FAR = 1e6
_BOLD = 600


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds an item: where it is clipped, where it has room, and what it belongs to."""

    clip: Rect
    room: Rect
    name: str = ""
    scroll: int = 0
    owner: int = 0
    input_place: Rect | None = None
    keyboard: bool = False


def take(window: QQuickWindow, image: QImage, mm: float, demands: Demands) -> Snapshot:
    """Return what stands on a window now.

    Args:
        window: The window.
        image: How it looks now; items have found their places when it was drawn.
        mm: Pixels for one millimetre.
        demands: What the picture is held to.
    """
    panel = Rect(0, 0, window.width(), window.height())
    # What covers everything else is all there is.
    root = dialog(window) or window.contentItem()
    taken = list(_walk(root, _Around(panel, panel), [0], mm))
    numbers = {_pointer(item): part.number for item, part in taken}
    return Snapshot(
        width=window.width(),
        height=window.height(),
        mm=mm,
        parts=tuple(part for _, part in taken),
        # Not asked of the window: the bindings take whatever ``nextItemInFocusChain`` returns for their own,
        # and destroy it once the item that was asked is gone.
        focus=frozenset(part.number for item, part in taken if item.activeFocusOnTab() and item.isEnabled()),
        narrated=_numbers([spot.item for spot in spots(window) if spot.entry.is_control], numbers),
        pixels=_pixels(image),
        demands=demands,
    )


def settle(window: QQuickWindow) -> None:
    """Let every button answer at once, as it does a moment after it appeared."""
    stack = [window.contentItem()]
    while stack:
        item = stack.pop()
        if item.property("settled") is False:
            item.setProperty("settled", True)  # noqa: FBT003  # Qt's own signature
        stack.extend(item.childItems())


def _walk(
    item: QQuickItem, around: _Around, counter: list[int], mm: float
) -> Iterator[tuple[QQuickItem, Part]]:
    if not item.isVisible() or item.opacity() <= 0:
        return
    counter[0] += 1
    number = counter[0]
    place = _rect(item.mapRectToScene(QRectF(0, 0, item.width(), item.height())))
    around = replace(around, name=item.objectName() or around.name)
    kind = _kind(item, around)
    if kind is not None and not (item.width() <= 0 or item.height() <= 0):
        yield item, _part(item, kind, number, place, around, mm)
    within = _within(item, kind, number, place, around)
    for child in sorted(item.childItems(), key=QQuickItem.z):
        yield from _walk(child, within, counter, mm)


def _kind(item: QQuickItem, around: _Around) -> Kind | None:
    if around.keyboard:
        return Kind.KEY if _is_key(item) else None
    if item.inherits("QQuickTextInput") or item.inherits("QQuickTextEdit"):
        return Kind.INPUT
    if item.objectName() == "glyph":
        return Kind.ICON
    if is_text(item):
        return Kind.TEXT
    touched = item.acceptedMouseButtons() != Qt.MouseButton.NoButton and not item.inherits("QQuickFlickable")
    if item.inherits("QQuickAbstractButton") or (touched and not around.owner and _is_area(item)):
        return Kind.CONTROL
    return None


def _is_key(item: QQuickItem) -> bool:
    """Return whether an item is a key of Qt's keyboard, and no filler between keys, or one of ours."""
    # Told by properties, never by ``metaObject``: the bindings keep the wrapper of a QML type's description,
    # and hand it out again for an item that comes to lie at the same address.
    qts = isinstance(item.property("keyType"), int)
    filler = qts and item.property("noKeyEvent") is True and item.property("functionKey") is not True
    return item.isEnabled() and not filler and (qts or item.inherits("QQuickAbstractButton"))


def _is_area(item: QQuickItem) -> bool:
    return item.inherits("QQuickMouseArea") and item.isEnabled() and not is_left_out(item)


def _part(item: QQuickItem, kind: Kind, number: int, place: Rect, around: _Around, mm: float) -> Part:
    words = _words(item, kind, mm)
    room = around.room
    if kind is Kind.TEXT:
        place = _rect(item.mapRectToScene(_painted(item)))
    elif kind is Kind.INPUT and around.input_place is not None:
        place = around.input_place
    available: object = item.property("available")
    return replace(
        words,
        number=number,
        name=around.name or "window",
        place=place,
        shown=place.meet(around.clip),
        room=room,
        scroll=around.scroll,
        owner=around.owner,
        primary=item.property("primary") is True or kind is Kind.INPUT,
        bare=item.property("bare") is True,
        usable=available if isinstance(available, bool) else item.isEnabled(),
    )


def _words(item: QQuickItem, kind: Kind, mm: float) -> Part:
    """Return what an item says and how its type looks; its place is filled in by the caller."""
    nowhere = Rect(0, 0, 0, 0)
    spoken = "" if kind in {Kind.TEXT, Kind.ICON, Kind.KEY} else _spoken(item)
    if kind in {Kind.CONTROL, Kind.KEY}:
        return Part(0, "", kind, nowhere, nowhere, nowhere, spoken=spoken)
    font: object = item.property("font")
    color: object = item.property("color")
    em_px = font.pixelSize() if isinstance(font, QFont) else 0
    bold = isinstance(font, QFont) and int(font.weight()) >= _BOLD
    across = _number(item, "contentWidth") - item.width()
    down = _number(item, "contentHeight") - item.height()
    return Part(
        0,
        "",
        kind,
        nowhere,
        nowhere,
        nowhere,
        text=str(item.property("text") or ""),
        spoken=spoken,
        colour=_colour(color) if isinstance(color, QColor) else (0, 0, 0),
        em_mm=em_px / mm,
        bold=bold,
        elided=kind is Kind.TEXT and bool(item.property("truncated")),
        overflow=max(across, down) if kind is Kind.TEXT else 0.0,
    )


def _within(item: QQuickItem, kind: Kind | None, number: int, place: Rect, around: _Around) -> _Around:
    """Return what surrounds the children of an item."""
    if item.objectName() == _KEYBOARD:
        around = replace(around, keyboard=True)
    if kind is Kind.CONTROL:
        around = replace(around, owner=number, room=around.room.meet(place))
    elif isinstance(item.property("inputName"), str):
        around = replace(around, input_place=place)
    elif kind is Kind.INPUT:
        around = replace(around, owner=number, room=place)
    if item.clip():
        around = replace(around, clip=around.clip.meet(place))
        if not _scrolls(item):
            around = replace(around, room=around.room.meet(place))
    if _scrolls(item):
        around = replace(around, scroll=number, room=Rect(place.left, -_FAR, place.right, _FAR))
    return around


def _scrolls(item: QQuickItem) -> bool:
    return item.inherits("QQuickFlickable") and bool(item.property("interactive"))


def _painted(item: QQuickItem) -> QRectF:
    """Return where in a text item its words are."""
    width, height = _number(item, "contentWidth"), _number(item, "contentHeight")
    across, down = item.width() - width, item.height() - height
    left = {Qt.AlignmentFlag.AlignRight: across, Qt.AlignmentFlag.AlignHCenter: across / 2}
    top = {Qt.AlignmentFlag.AlignBottom: down, Qt.AlignmentFlag.AlignVCenter: down / 2}
    return QRectF(
        left.get(_alignment(item, "effectiveHorizontalAlignment"), 0.0) if across > 0 else 0.0,
        top.get(_alignment(item, "verticalAlignment"), 0.0) if down > 0 else 0.0,
        width,
        height,
    )


def _alignment(item: QQuickItem, name: str) -> Qt.AlignmentFlag:
    # Python cannot read the enumerations of a text; QML can.
    context = qmlContext(item)
    value: object = None if context is None else QQmlExpression(context, item, name).evaluate()[0]
    return Qt.AlignmentFlag(value if isinstance(value, int) else 0)


def _numbers(items: list[QQuickItem], numbers: dict[int, int]) -> frozenset[int]:
    return frozenset(numbers[_pointer(item)] for item in items if _pointer(item) in numbers)


def _pointer(item: QQuickItem) -> int:
    return getCppPointer(item)[0]


def _spoken(item: QQuickItem) -> str:
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(QAccessible.Text.Name) if interface else ""


def _pixels(image: QImage) -> NDArray[np.uint8]:
    if image.format() != QImage.Format.Format_RGB32:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]
    return rows.copy()[:, :, 2::-1]  # kept as blue, green, red and one byte more


def _rect(rect: QRectF) -> Rect:
    return Rect(rect.left(), rect.top(), rect.right(), rect.bottom())


def _colour(color: QColor) -> Colour:
    return color.red(), color.green(), color.blue()


def _number(item: QQuickItem, name: str) -> float:
    value: object = item.property(name)
    return float(value) if isinstance(value, int | float) else 0.0
