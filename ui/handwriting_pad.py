"""What is written on the screen with a finger: the strokes, what they may be, and the ink."""

from PySide6.QtCore import Property, QObject, QPointF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from ui.handwriting import Point, Recogniser
from ui.handwriting_forms import with_traditional
from ui.handwriting_lane import RecognitionLane

QML_IMPORT_NAME = "Kiosk.Native"
QML_IMPORT_MAJOR_VERSION = 1

_CLOSEST = 3.0
"""Pixels between two points of a stroke at least; what is closer is the trembling of the panel."""


@QmlElement
class Handwriting(QObject):
    """The character being written. It lives in memory, until the next one or until the visit is wiped.

    ``before`` is what already stands in the field, which decides between the forms of a traditional
    character. ``wiped`` tells the keyboard to begin again as for the first resident.
    """

    changed = Signal()
    redrawn = Signal()
    wiped = Signal()
    availableChanged = Signal()  # noqa: N815  # QML expects camelCase
    traditionalChanged = Signal()  # noqa: N815  # QML expects camelCase
    beforeChanged = Signal()  # noqa: N815  # QML expects camelCase
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane: RecognitionLane | None = None
        self._strokes: list[list[Point]] = []
        self._found: tuple[str, ...] = ()
        self._asked = 0
        self._traditional = False
        self._before = ""
        self._pad = 1.0
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def use(self, recogniser: Recogniser) -> None:
        """Offer handwriting from now on; ``close`` closes the recogniser."""
        self._lane = RecognitionLane(recogniser, self._answered.emit)
        self.availableChanged.emit()

    def close(self) -> None:
        """Offer it no longer."""
        self.clear()
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def forget(self) -> None:
        """The visit was wiped: nothing that was written or recognised is left."""
        self._before = ""
        self.clear()
        self.wiped.emit()

    @property
    def strokes(self) -> list[list[Point]]:
        """The strokes in pixels of the pad, the newest last."""
        return self._strokes

    def write(self, stroke: list[Point], pad: float) -> None:
        """Take one more stroke and have the character recognised; ``pad`` is the side of the pad."""
        self._strokes.append(stroke)
        self._ask(pad)
        self.changed.emit()

    def _ask(self, pad: float) -> None:
        self._asked += 1
        self._pad = pad
        if self._lane is not None:
            self._lane.ask(self._asked, tuple(tuple(stroke) for stroke in self._strokes), pad)

    @Slot(int, object)
    def _take(self, number: int, found: tuple[str, ...]) -> None:
        if number == self._asked and self._strokes:
            self._found = found
            self.changed.emit()

    def _is_available(self) -> bool:
        return self._lane is not None

    def _get_candidates(self) -> list[str]:
        return list(with_traditional(self._found, self._before) if self._traditional else self._found)

    def _get_traditional(self) -> bool:
        return self._traditional

    def _set_traditional(self, traditional: bool) -> None:  # noqa: FBT001  # a property's setter
        if traditional != self._traditional:
            self._traditional = traditional
            self.traditionalChanged.emit()
            self.changed.emit()

    def _get_before(self) -> str:
        return self._before

    def _set_before(self, before: str) -> None:
        if before != self._before:
            self._before = before
            self.beforeChanged.emit()

    def _is_begun(self) -> bool:
        return bool(self._strokes)

    available = Property(bool, _is_available, notify=availableChanged)
    candidates = Property(list, _get_candidates, notify=changed)
    begun = Property(bool, _is_begun, notify=changed)
    before = Property(str, _get_before, _set_before, notify=beforeChanged)
    traditional = Property(bool, _get_traditional, _set_traditional, notify=traditionalChanged)

    @Slot()
    def undo(self) -> None:
        """Take the last stroke back."""
        if len(self._strokes) <= 1:
            self.clear()
            return
        self._strokes.pop()
        self._ask(self._pad)
        self.redrawn.emit()
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Take every stroke back; an answer that is still on its way is not heard."""
        self._asked += 1
        if self._lane is not None:
            self._lane.drop()
        self._strokes = []
        self._found = ()
        self.redrawn.emit()
        self.changed.emit()


@QmlElement
class WritingPad(QQuickPaintedItem):
    """Takes a finger's strokes for ``handwriting`` and paints them, each piece when it is drawn."""

    handwritingChanged = Signal()  # noqa: N815  # QML expects camelCase
    inkChanged = Signal()  # noqa: N815  # QML expects camelCase

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._handwriting: Handwriting | None = None
        self._ink = QColor(Qt.GlobalColor.black)
        self._thickness = 1.0
        self._stroke: list[Point] = []
        self._image = QImage()
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setKeepMouseGrab(True)
        self.widthChanged.connect(self._draw_again)
        self.heightChanged.connect(self._draw_again)

    def _get_handwriting(self) -> Handwriting | None:
        return self._handwriting

    def _set_handwriting(self, handwriting: Handwriting | None) -> None:
        if handwriting is self._handwriting:
            return
        if self._handwriting is not None:
            self._handwriting.redrawn.disconnect(self._draw_again)
        self._handwriting = handwriting
        if handwriting is not None:
            handwriting.redrawn.connect(self._draw_again)
        self.handwritingChanged.emit()
        self._draw_again()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        self._ink = ink
        self.inkChanged.emit()
        self._draw_again()

    def _get_thickness(self) -> float:
        return self._thickness

    def _set_thickness(self, thickness: float) -> None:
        self._thickness = thickness
        self.inkChanged.emit()
        self._draw_again()

    handwriting = Property(Handwriting, _get_handwriting, _set_handwriting, notify=handwritingChanged)
    ink = Property(QColor, _get_ink, _set_ink, notify=inkChanged)
    thickness = Property(float, _get_thickness, _set_thickness, notify=inkChanged)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # name given by Qt
        """The finger comes down."""
        self._stroke = []
        self._extend(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # name given by Qt
        """The finger draws."""
        self._extend(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802  # signature given by Qt
        """The finger is lifted: that was a stroke."""
        self._finish()

    def mouseUngrabEvent(self) -> None:  # noqa: N802  # name given by Qt
        """Something else took the finger: what was drawn so far is a stroke."""
        self._finish()

    def paint(self, painter: QPainter) -> None:
        """Show the ink."""
        painter.drawImage(0, 0, self._image)

    def _extend(self, place: QPointF) -> None:
        stroke = self._stroke
        if stroke and (QPointF(*stroke[-1]) - place).manhattanLength() < _CLOSEST:
            return
        stroke.append((place.x(), place.y()))
        self._draw(stroke, len(stroke) - 1)

    def _finish(self) -> None:
        stroke, self._stroke = self._stroke, []
        if stroke and self._handwriting is not None:
            self._handwriting.write(stroke, min(self.width(), self.height()))

    @Slot()
    def _draw_again(self) -> None:
        size = QSizeF(self.width(), self.height()).toSize()
        self._stroke = []
        self._image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(Qt.GlobalColor.transparent)
        for stroke in [] if self._handwriting is None else self._handwriting.strokes:
            for at in range(len(stroke)):
                self._draw(stroke, at)
        self.update()

    def _draw(self, stroke: list[Point], at: int) -> None:
        """Draw what one more point adds: a curve from the middle of the last piece to that of this one."""
        end = QPointF(*stroke[at])
        corner = QPointF(*stroke[max(0, at - 1)])
        begin = QPointF(*stroke[max(0, at - 2)])
        path = QPainterPath((begin + corner) / 2)
        path.quadTo(corner, (corner + end) / 2)
        path.lineTo(end)
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_ends = (Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(self._ink, self._thickness, Qt.PenStyle.SolidLine, *round_ends))
        if at == 0:
            painter.drawPoint(end)
        painter.drawPath(path)
        painter.end()
        edge = self._thickness
        self.update(path.boundingRect().adjusted(-edge, -edge, edge, edge).toAlignedRect())
