"""Where the frames come from: OpenCV's capture, with its exceptions translated."""

import time
from pathlib import Path
from typing import Final, cast

import cv2

from devices.camera.watchdog import NO_FRAMES
from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.model import Pixels

_DEVICES: Final = "/dev/"
_STALE_AT_MOST: Final = 8
_WAITED_S: Final = 0.004
"""A frame that took longer than this to grab was waited for; a shorter one had been lying in the queue."""

# OpenCV would write to standard error at the end of every recording.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class VideoSource:
    """A camera, a video file or a numbered picture sequence; the recordings begin anew at their end.

    Args:
        device: Logical name, for errors.
        path: Device path (``/dev/v4l/by-id/…``), file, or pattern such as ``frame-%03d.jpg``.
        size: Width and height to ask for and to insist on, or None for the source's own.
    """

    def __init__(self, device: str, path: str, size: tuple[int, int] | None) -> None:
        self._device = device
        self._path = path
        self._size = size
        self._capture: cv2.VideoCapture | None = None
        self.is_live = path.startswith(_DEVICES)

    def open(self) -> tuple[int, int]:
        """Open the source and return width and height of its frames.

        Raises:
            DeviceError: ``device.absent`` or ``camera.wrong-size`` (service).
        """
        self.close()
        capture = self._opened()
        if not capture.isOpened():
            raise self._absent()
        size = (
            round(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        )
        if self._size is not None and size != self._size:
            capture.release()
            raise DeviceError(
                self._device, "camera.wrong-size", Remedy.SERVICE, f"gives {size}, not {self._size}"
            )
        self._capture = capture
        return size

    @property
    def is_open(self) -> bool:
        """Whether frames can be asked for."""
        return self._capture is not None

    def skip(self) -> bool:
        """Let one frame of a camera pass undecoded, waiting for it; return whether one came.

        Raises:
            DeviceError: ``camera.no-frames`` (service).
        """
        try:
            return self._running().grab()
        except cv2.error as error:
            raise self._broken(error) from error

    def decode(self) -> Pixels | None:
        """Return the frame that was let pass last, or None when it cannot be decoded.

        Raises:
            DeviceError: ``camera.no-frames`` (service).
        """
        try:
            done, pixels = self._running().retrieve()
        except cv2.error as error:
            raise self._broken(error) from error
        return cast("Pixels", pixels) if done else None

    def next(self) -> Pixels | None:
        """Return the next frame, or None when none came.

        Returns:
            ``(height, width, 3)`` uint8 BGR.

        Raises:
            DeviceError: ``camera.no-frames``, ``device.absent``, ``camera.wrong-size`` (service).
        """
        if self.skip():
            return self.decode()
        if self.is_live:
            return None
        self.open()
        return self.decode() if self.skip() else None

    def newest(self) -> Pixels | None:
        """Return a frame younger than the call, or None when none came.

        HARDWARE: V4L2 drivers queue about four frames and hand out the oldest first.

        Raises:
            DeviceError: As ``next``.
        """
        if self.is_live:
            for _ in range(_STALE_AT_MOST):
                started_s = time.monotonic()
                if not self.skip() or time.monotonic() - started_s > _WAITED_S:
                    break
        return self.next()

    def close(self) -> None:
        """Let go of the source; may be called again."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _opened(self) -> cv2.VideoCapture:
        try:
            if not self.is_live:
                return cv2.VideoCapture(self._path, cv2.CAP_IMAGES if "%" in self._path else cv2.CAP_FFMPEG)
            capture = cv2.VideoCapture(self._path, cv2.CAP_V4L2)
            # HARDWARE: uncompressed, five megapixels come once a second over USB 2; and a camera that is told
            # the size first may refuse the compression.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            if self._size is not None:
                capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._size[0])
                capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size[1])
        except cv2.error as error:
            raise self._absent() from error
        return capture

    def _running(self) -> cv2.VideoCapture:
        if self._capture is None:
            self.open()
        return cast("cv2.VideoCapture", self._capture)

    def _absent(self) -> DeviceError:
        there = Path(self._path).exists() or "%" in self._path
        reason = "cannot be opened" if there else "does not exist"
        return DeviceError(self._device, ABSENT, Remedy.SERVICE, f"{self._path} {reason}")

    def _broken(self, error: cv2.error) -> DeviceError:
        return DeviceError(self._device, NO_FRAMES, Remedy.SERVICE, str(error))
