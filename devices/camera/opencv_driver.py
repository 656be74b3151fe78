"""Driver of a document camera, or of a recording in its place."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final

import cv2
import msgspec

from devices.camera.source import VideoSource
from devices.camera.watchdog import NO_FRAMES, Limits, Watchdog
from devices.errors import DeviceError, Remedy
from devices.model import DeviceEvent, Frame, Pixels

_PREVIEW_WIDTH_PX: Final = 960
_IDLE_TICK_S: Final = 1.0
_AT_ONCE_S: Final = 0.001
_REOPEN_S: Final = (0.5, 1.0, 2.0, 5.0)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the driver ``opencv``.

    Args:
        path: Device path, best ``/dev/v4l/by-id/…``, because numbers change; or a video file; or a numbered
            picture sequence such as ``/data/frame-%03d.jpg``.
        width: Frame width in pixels to ask for and insist on; together with ``height``.
        height: Frame height in pixels.
        fps: Preview frames a second at most.
        expect_motion: Whether a picture that stands still is a fault; None: for cameras it is.
        frozen_after_s: How long it may stand still.
    """

    path: Annotated[str, msgspec.Meta(min_length=1)]
    width: Annotated[int, msgspec.Meta(ge=160, le=8192)] | None = None
    height: Annotated[int, msgspec.Meta(ge=120, le=8192)] | None = None
    fps: Annotated[float, msgspec.Meta(ge=1, le=15)] = 15.0
    expect_motion: bool | None = None
    frozen_after_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 3.0

    def __post_init__(self) -> None:
        """Refuse half a size."""
        if (self.width is None) != (self.height is None):
            raise ValueError("width and height belong together")


def make(name: str, options: Mapping[str, Any]) -> "OpenCvCamera":
    """Return the driver, not yet open.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    try:
        return OpenCvCamera(name, msgspec.convert(dict(options), Options))
    except msgspec.ValidationError as error:
        raise DeviceError(name, "device.bad-option", Remedy.SERVICE, str(error)) from error


class OpenCvCamera:
    """One camera; see ``devices.driver.PreviewDriver``.

    While no preview is shown one frame a second is looked at and dropped, so that a dead camera is known
    before somebody needs it.

    Args:
        name: Logical name from the profile.
        options: Which source, and how it is set.
    """

    def __init__(self, name: str, options: Options) -> None:
        self.tick_s = _IDLE_TICK_S
        self._name = name
        size = None
        if options.width is not None and options.height is not None:
            size = (options.width, options.height)
        self._source = VideoSource(name, options.path, size)
        moving = self._source.is_live if options.expect_motion is None else options.expect_motion
        self._limits = Limits(frozen_s=options.frozen_after_s if moving else None)
        self._watchdog = Watchdog(self._limits, time.monotonic())
        self._period_s = 1 / options.fps
        self._previewing = False
        self._due_s = 0.0
        self._preview: Frame | None = None
        self._lost: DeviceError | None = None
        self._reopen_s = 0.0
        self._failures = 0

    def open(self) -> Mapping[str, str]:
        """Open the source.

        Raises:
            DeviceError: ``device.absent`` or ``camera.wrong-size`` (service).
        """
        width_px, height_px = self._source.open()
        self._watchdog = Watchdog(self._limits, time.monotonic())
        return {"resolution": f"{width_px}x{height_px}"}

    def tick(self) -> Sequence[DeviceEvent]:
        """Take a frame and judge it.

        Raises:
            DeviceError: ``camera.no-frames``, ``camera.frozen`` (service), ``camera.covered`` (resident),
                or what opening the source again came to.
        """
        if not self._source.is_open:
            self._reopen()
        try:
            self._look()
            self._complain()
        except DeviceError as error:
            self._lose(error)
            raise
        finally:
            self._plan_next_tick()
        self._failures = 0
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Frame | None:
        """Carry out ``preview.start``, ``preview.stop`` or ``still``; none takes arguments.

        Raises:
            DeviceError: ``still``: as ``tick``.
        """
        commands: Mapping[str, Callable[[], Frame | None]] = {
            "preview.start": self._start_preview,
            "preview.stop": self._stop_preview,
            "still": self._still,
        }
        return commands[name](**arguments)

    def preview_frame(self) -> Frame | None:
        """Return a frame not handed over before, at most 960 pixels wide, or None."""
        frame, self._preview = self._preview, None
        return frame

    def close(self) -> None:
        """Let go of the camera."""
        self._source.close()

    def _start_preview(self) -> None:
        if not self._previewing:
            self._due_s = time.monotonic()
        self._previewing = True
        self._plan_next_tick()

    def _stop_preview(self) -> None:
        self._previewing = False
        self._preview = None
        self._plan_next_tick()

    def _still(self) -> Frame:
        try:
            pixels = self._source.newest()
        except DeviceError as error:
            self._lose(error)
            raise
        if pixels is None:
            error = DeviceError(self._name, NO_FRAMES, Remedy.SERVICE, "no frame for a still picture")
            self._lose(error)
            raise error
        now_s = time.monotonic()
        self._watchdog.see(pixels, now_s)
        self._complain()
        return Frame(pixels=pixels, taken_s=now_s)

    def _look(self) -> None:
        now_s = time.monotonic()
        if self._previewing and now_s < self._due_s:
            # A camera's queue is kept empty, so that the next frame shown is a young one.
            if self._source.is_live:
                self._source.skip()
            return
        pixels = self._source.next()
        if pixels is None:
            return
        now_s = time.monotonic()
        self._watchdog.see(pixels, now_s)
        on_time_s = self._due_s + self._period_s
        self._due_s = on_time_s if on_time_s > now_s else now_s + self._period_s
        if self._previewing:
            self._preview = Frame(pixels=_shrunk(pixels), taken_s=now_s)

    def _complain(self) -> None:
        complaint = self._watchdog.complaint(time.monotonic())
        if complaint is not None:
            raise DeviceError(self._name, *complaint)

    def _lose(self, error: DeviceError) -> None:
        """Let go of a camera that has failed; ``tick`` opens it anew, at growing intervals.

        A hand over the lens is no failure of the camera.
        """
        if error.remedy is Remedy.RESIDENT:
            return
        self._source.close()
        self._preview = None
        self._lost = error
        self._reopen_s = time.monotonic() + _REOPEN_S[min(self._failures, len(_REOPEN_S) - 1)]
        self._failures += 1

    def _reopen(self) -> None:
        if self._lost is not None and time.monotonic() < self._reopen_s:
            raise self._lost.with_traceback(None)
        try:
            self._source.open()
        except DeviceError as error:
            self._lose(error)
            raise
        self._lost = None

    def _plan_next_tick(self) -> None:
        if not self._previewing or not self._source.is_open:
            self.tick_s = _IDLE_TICK_S
        elif self._source.is_live:
            self.tick_s = _AT_ONCE_S  # the next frame is waited for inside the tick
        else:
            self.tick_s = max(_AT_ONCE_S, self._due_s - time.monotonic())


def _shrunk(pixels: Pixels) -> Pixels:
    height_px, width_px = pixels.shape[:2]
    if width_px <= _PREVIEW_WIDTH_PX:
        return pixels
    size = (_PREVIEW_WIDTH_PX, round(height_px * _PREVIEW_WIDTH_PX / width_px))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype("uint8", copy=False)
