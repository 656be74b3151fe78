"""Where the frames come from: OpenCV's capture, with its exceptions translated."""

import os
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol, cast

import cv2

from devices.camera.place import Place
from devices.camera.watchdog import NO_FRAMES
from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.model import Pixels

WRONG_SIZE: Final = "camera.wrong-size"

_MJPG: Final = cv2.VideoWriter.fourcc(*"MJPG")
_STALE_AT_MOST: Final = 8
_WAITED_S: Final = 0.004
"""A frame that took longer than this to grab was waited for; a shorter one had been lying in the queue."""

# OpenCV would write to standard error at the end of every recording.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

Size = tuple[int, int]
"""Width and height in pixels."""


class Capture(Protocol):
    """What is used of ``cv2.VideoCapture``; the names are OpenCV's."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Return whether the source could be opened."""
        ...

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's name
        """Return a property as it is now."""
        ...

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        """Ask for a property."""
        ...

    def grab(self) -> bool:
        """Take the next frame off the queue, waiting for one; return whether one came."""
        ...

    def retrieve(self) -> tuple[bool, Any]:
        """Decode the frame that was grabbed."""
        ...

    def release(self) -> None:
        """Let go of the source."""
        ...


def open_capture(path: str, *, live: bool) -> Capture:
    """Open a camera's node, a video file or a numbered picture sequence through OpenCV."""
    kind = cv2.CAP_V4L2 if live else cv2.CAP_IMAGES if "%" in path else cv2.CAP_FFMPEG
    return cast("Capture", cv2.VideoCapture(path, kind))


class VideoSource:
    """A camera, a video file or a numbered picture sequence; the recordings begin anew at their end.

    Args:
        device: Logical name, for errors.
        place: Where it is.
        size: Width and height to ask for and to insist on, or None for the source's own.
        opener: What opens a path.
    """

    def __init__(
        self, device: str, place: Place, size: Size | None, opener: Callable[..., Capture] = open_capture
    ) -> None:
        self._device = device
        self._place = place
        self._asked = size
        self._opener = opener
        self._capture: Capture | None = None
        self._size: Size = (0, 0)
        self._mark: tuple[str, int, int] | None = None
        self._grabbed_s = 0.0
        self.is_live = place.is_live

    @property
    def is_open(self) -> bool:
        """Whether frames can be asked for."""
        return self._capture is not None

    @property
    def size(self) -> Size:
        """Width and height of the frames; (0, 0) before the first opening."""
        return self._size

    @property
    def grabbed_s(self) -> float:
        """Monotonic seconds at which the last frame came, before it was decoded."""
        return self._grabbed_s

    def open(self) -> Mapping[str, str]:
        """Open the source and return what is known of it.

        Raises:
            DeviceError: ``device.absent``, ``device.ambiguous``, ``device.port-denied``, ``camera.busy`` or
                ``camera.wrong-size``; all service.
        """
        self.close()
        path = self._place.find()
        self._mark = _mark(path) if self.is_live else None
        capture = self._opened(path)
        try:
            self._size = self._agree(capture, self._asked)
        except DeviceError:
            capture.release()
            raise
        self._capture = capture
        known = dict(self._place.identity(path)) | {"resolution": "{}x{}".format(*self._size)}
        if self.is_live:
            known["format"] = _format(capture)
        return known

    def is_there(self) -> bool:
        """Return whether the very camera that was opened, or failed to, is still plugged in; cheap.

        HARDWARE: asking for frames does not tell. A recording is always there.
        """
        if not self.is_live:
            return True
        try:
            return _mark(self._place.find()) == self._mark
        except DeviceError:
            return False

    def skip(self) -> bool:
        """Let one frame of a camera pass undecoded, waiting for it; return whether one came.

        Raises:
            DeviceError: ``camera.no-frames`` (service).
        """
        try:
            came = self._running().grab()
        except cv2.error as error:
            raise self._broken(error) from error
        self._grabbed_s = time.monotonic()
        return came

    def decode(self) -> Pixels | None:
        """Return the frame that was let pass last, or None when it cannot be decoded.

        Raises:
            DeviceError: ``camera.no-frames``, ``camera.wrong-size`` (service).
        """
        try:
            done, pixels = self._running().retrieve()
        except cv2.error as error:
            raise self._broken(error) from error
        if not done:
            return None
        size = pixels.shape[1], pixels.shape[0]
        if self.is_live and size != self._size:
            raise self._wrong_size(size, self._size)
        return cast("Pixels", pixels)

    def next(self) -> Pixels | None:
        """Return the next frame, or None when none came.

        Returns:
            ``(height, width, 3)`` uint8 BGR.

        Raises:
            DeviceError: As ``decode``, and for a recording as ``open``.
        """
        if self.skip():
            return self.decode()
        if self.is_live:
            return None
        self.open()
        return self.decode() if self.skip() else None

    def newest(self) -> Pixels | None:
        """Return a frame younger than the call, or None when none came.

        HARDWARE: V4L2 drivers queue about four frames and hand out the oldest first; a camera that was left
        alone for a while shows what was there then.

        Raises:
            DeviceError: As ``next``.
        """
        if self.is_live:
            for _ in range(_STALE_AT_MOST):
                started_s = time.monotonic()
                if not self.skip():
                    return None
                if self._grabbed_s - started_s > _WAITED_S:
                    break
        return self.next()

    @contextmanager
    def switched(self, size: Size, settle_frames: int) -> Generator[None]:
        """Have frames of another size inside the block; afterwards they are as before.

        When the way back fails the source is closed; opening it again gives the size it was made for.

        Args:
            size: Width and height.
            settle_frames: Frames passed over before the block begins.

        Raises:
            DeviceError: ``camera.wrong-size`` (service): there is no such size.
        """
        capture, before = self._running(), self._size
        try:
            self._size = self._agree(capture, size)
            for _ in range(settle_frames):
                self.skip()
            yield
        finally:
            try:
                self._size = self._agree(capture, before)
            except DeviceError:
                self.close()

    def close(self) -> None:
        """Let go of the source; may be called again."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _opened(self, path: str) -> Capture:
        if self.is_live and not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
            raise DeviceError(self._device, "device.port-denied", Remedy.SERVICE, path)
        try:
            capture = self._opener(path, live=self.is_live)
        except cv2.error as error:
            raise self._unopened(path) from error
        if not capture.isOpened():
            raise self._unopened(path)
        return capture

    def _agree(self, capture: Capture, asked: Size | None) -> Size:
        """Set what the frames should be like and return their size as the camera tells it.

        Raises:
            DeviceError: ``camera.wrong-size`` (service).
        """
        try:
            if self.is_live:
                # HARDWARE: uncompressed, five megapixels come once a second over USB 2; and a camera that is
                # told the size first may refuse the compression.
                capture.set(cv2.CAP_PROP_FOURCC, _MJPG)
                if asked is not None:
                    capture.set(cv2.CAP_PROP_FRAME_WIDTH, asked[0])
                    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, asked[1])
            told = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        except cv2.error as error:
            raise self._broken(error) from error
        size = round(told[0]), round(told[1])
        if asked is not None and size != asked:
            raise self._wrong_size(size, asked)
        return size

    def _running(self) -> Capture:
        if self._capture is None:
            self.open()
        return cast("Capture", self._capture)

    def _unopened(self, path: str) -> DeviceError:
        if self.is_live:
            detail = f"{path} cannot be opened: another process uses it, or it carries no pictures"
            return DeviceError(self._device, "camera.busy", Remedy.SERVICE, detail)
        there = os.path.exists(path) or "%" in path  # noqa: PTH110 - it is a pattern as often as a path
        reason = "cannot be opened" if there else "does not exist"
        return DeviceError(self._device, ABSENT, Remedy.SERVICE, f"{path} {reason}")

    def _wrong_size(self, size: Size, asked: Size) -> DeviceError:
        return DeviceError(self._device, WRONG_SIZE, Remedy.SERVICE, f"gives {size}, not {asked}")

    def _broken(self, error: cv2.error) -> DeviceError:
        return DeviceError(self._device, NO_FRAMES, Remedy.SERVICE, str(error))


def _mark(path: str) -> tuple[str, int, int] | None:
    """Return what tells one plugging-in from the next, or None when nothing is there.

    A node that is made anew is another file. Its time of change is no sign: udev sets the owner afterwards.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - a plain string from the place
    except OSError:
        return None
    return path, found.st_ino, found.st_mtime_ns


def _format(capture: Capture) -> str:
    code = int(capture.get(cv2.CAP_PROP_FOURCC))
    return code.to_bytes(4, "little").decode("ascii", "replace") if 0 < code < 1 << 32 else ""
