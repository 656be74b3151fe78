"""A pad to sign on."""

from PySide6.QtCore import Property, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Kiosk.Native"
QML_IMPORT_MAJOR_VERSION = 1

_CLOSEST_PX = 3.0


@QmlElement
class SignaturePad(QQuickPaintedItem):
    """Paints the strokes it is given and the one being drawn, and tells each when the finger is lifted.

    Points are thousandths of the pad's width, x and y one after the other; ``drawn`` says that
    ``latest`` is a new one.
    """

    strokesChanged = Signal()  # noqa: N815  # QML expects camelCase
    inkChanged = Signal()  # noqa: N815  # QML expects camelCase
    drawn = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[int]] = []
        self._ink = QColor(Qt.GlobalColor.black)
        self._thickness = 3.0
        self._points: list[QPointF] = []
        self._latest: list[int] = []
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setKeepMouseGrab(True)

    def _get_strokes(self) -> list[list[int]]:
        return self._strokes

    def _set_strokes(self, strokes: list[list[int]]) -> None:
        self._strokes = strokes
        self.strokesChanged.emit()
        self.update()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        self._ink = ink
        self.inkChanged.emit()
        self.update()

    def _get_thickness(self) -> float:
        return self._thickness

    def _set_thickness(self, thickness: float) -> None:
        self._thickness = thickness
        self.inkChanged.emit()
        self.update()

    def _get_latest(self) -> list[int]:
        return self._latest

    latest = Property(list, _get_latest, notify=drawn)
    strokes = Property(list, _get_strokes, _set_strokes, notify=strokesChanged)
    ink = Property(QColor, _get_ink, _set_ink, notify=inkChanged)
    thickness = Property(float, _get_thickness, _set_thickness, notify=inkChanged)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # name given by Qt
        """The finger comes down."""
        self._points = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # name given by Qt
        """The finger draws."""
        if self._points and (self._points[-1] - event.position()).manhattanLength() >= _CLOSEST_PX:
            self._points.append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802  # signature given by Qt
        """The finger is lifted: that was a stroke."""
        self._finish()

    def mouseUngrabEvent(self) -> None:  # noqa: N802  # name given by Qt
        """Something else took the finger: what was drawn so far is a stroke."""
        self._finish()

    def _finish(self) -> None:
        points, self._points = self._points, []
        if len(points) > 1 and self.width() > 0:
            scale = 1000 / self.width()
            self._latest = [round(place * scale) for one in points for place in (one.x(), one.y())]
            self.drawn.emit()
            self._latest = []
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Show the ink."""
        pen = QPen(self._ink, self._thickness)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        scale = self.width() / 1000
        for stroke in self._strokes:
            places = zip(stroke[::2], stroke[1::2], strict=False)
            painter.drawPolyline(QPolygonF([QPointF(x * scale, y * scale) for x, y in places]))
        if len(self._points) > 1:
            painter.drawPolyline(QPolygonF(self._points))
