"""Pictures for QML that never become files: accepted pages and the camera's live picture."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Property, QBuffer, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickImageProvider, QQuickItem, QQuickPaintedItem

from ui.core import Picture

QML_IMPORT_NAME = "Kiosk.Native"
QML_IMPORT_MAJOR_VERSION = 1

PROVIDER = "pages"
_TOKEN_BYTES = 12
_PREVIEW_INTERVAL_MS = 66


class PageImages(QQuickImageProvider):
    """Serves JPEG bytes under random addresses, ``image://pages/<token>``, until the visit is wiped.

    QML shows one with ``Image { source: …; cache: false }``; ``sourceSize`` asks for a smaller picture.
    """

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._jpeg_by_token: dict[str, bytes] = {}
        self._token_by_jpeg: dict[bytes, str] = {}

    def url(self, jpeg: bytes) -> str:
        """Return the address of a picture; the same bytes keep their address until ``clear``."""
        token = self._token_by_jpeg.get(jpeg)
        if token is None:
            token = secrets.token_hex(_TOKEN_BYTES)
            self._token_by_jpeg[jpeg] = token
            self._jpeg_by_token[token] = jpeg
        return f"image://{PROVIDER}/{token}"

    def clear(self) -> None:
        """Forget every picture; their addresses answer with nothing from now on."""
        self._jpeg_by_token.clear()
        self._token_by_jpeg.clear()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803  # names given by Qt
        """Decode the picture of one address, not larger than asked for."""
        jpeg = self._jpeg_by_token.get(id)
        if jpeg is None:
            # A one-pixel answer instead of a null one: an address that was wiped is no fault to warn of.
            nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
            nothing.fill(Qt.GlobalColor.transparent)
            return nothing
        buffer = QBuffer()
        buffer.setData(jpeg)
        reader = QImageReader(buffer)
        whole = reader.size()
        size.setWidth(whole.width())
        size.setHeight(whole.height())
        if requestedSize.width() > 0 or requestedSize.height() > 0:
            wanted = QSize(
                requestedSize.width() if requestedSize.width() > 0 else whole.width(),
                requestedSize.height() if requestedSize.height() > 0 else whole.height(),
            )
            # A JPEG is decoded small: a thumbnail of a scanned page in a fifth of the time.
            reader.setScaledSize(whole.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
        return reader.read()


@QmlElement
class CameraFeed(QObject):
    """Where a ``CameraView`` finds the newest picture; a view-model hands it to QML."""

    def __init__(self, newest: Callable[[], Picture | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.newest = newest


@QmlElement
class CameraView(QQuickPaintedItem):
    """Paints the live picture about fifteen times a second while it is shown and active.

    ``feed`` says where from; ``active`` whether to look at all; ``live`` whether a picture is there.
    """

    feedChanged = Signal()  # noqa: N815  # QML expects camelCase
    activeChanged = Signal()  # noqa: N815  # QML expects camelCase
    liveChanged = Signal()  # noqa: N815  # QML expects camelCase

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._feed: CameraFeed | None = None
        self._active = False
        self._picture: Picture | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_PREVIEW_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        self.visibleChanged.connect(self._schedule)
        self.setOpaquePainting(False)

    def _get_feed(self) -> CameraFeed | None:
        return self._feed

    def _set_feed(self, feed: CameraFeed | None) -> None:
        if feed is not self._feed:
            self._feed = feed
            self.feedChanged.emit()
            self._schedule()

    def _get_active(self) -> bool:
        return self._active

    def _set_active(self, active: bool) -> None:  # noqa: FBT001  # a property's setter
        if active != self._active:
            self._active = active
            self.activeChanged.emit()
            self._schedule()

    def _is_live(self) -> bool:
        return self._picture is not None

    feed = Property(CameraFeed, _get_feed, _set_feed, notify=feedChanged)
    active = Property(bool, _get_active, _set_active, notify=activeChanged)
    live = Property(bool, _is_live, notify=liveChanged)

    @Slot()
    def _schedule(self) -> None:
        if self._active and self._feed is not None and self.isVisible():
            self._timer.start()
            self._look()
        else:
            self._timer.stop()
            self._show(None)

    @Slot()
    def _look(self) -> None:
        if self._feed is not None:
            self._show(self._feed.newest())

    def _show(self, picture: Picture | None) -> None:
        before = self._picture
        if picture is before or (
            picture is not None and before is not None and picture.taken_s == before.taken_s
        ):
            return
        self._picture = picture
        if (picture is None) != (before is None):
            self.liveChanged.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Paint the picture whole and centred; nothing where there is none."""
        if self._picture is None:
            return
        pixels = self._picture.pixels
        height, width = pixels.shape[:2]
        # The view borrows the array's memory; the array outlives it as ``pixels``.
        image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)
        scale = min(self.width() / width, self.height() / height)
        shown = QRectF(0, 0, width * scale, height * scale)
        shown.moveCenter(QRectF(0, 0, self.width(), self.height()).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(shown, image)
