"""A document or face camera: moving pictures, stills, and whether it still sees."""

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Final

import cv2

from devices.camera.grip import Grip
from devices.camera.options import CameraOptions
from devices.camera.pulse import Pulse
from devices.camera.source import Size, VideoSource
from devices.camera.watchdog import FROZEN, NO_FRAMES, Limits, Watchdog
from devices.errors import DeviceError, Remedy, Severity
from devices.model import DeviceEvent, Frame, Pixels, Reading

_PREVIEW_WIDTH_PX: Final = 960
_IDLE_TICK_S: Final = 0.5
_IDLE_LOOK_S: Final = 1.0
_AT_ONCE_S: Final = 0.001
_READINGS_S: Final = 1.0
_ALIVE_S: Final = 1.0
_ALIVE_FRAMES: Final = 3
"""A picture that does not change for so long and over so many frames is taken for a dead one in a still."""


class Camera:
    """One camera; see ``devices.driver.PreviewDriver``.

    While no preview is shown one frame a second is looked at and dropped, so that a dead camera is known
    before somebody needs it; whether it is plugged in is looked at twice a second.

    Args:
        name: Logical name from the profile.
        options: How it is set, and when to complain.
        source: Where the frames come from.
    """

    def __init__(self, name: str, options: CameraOptions, source: VideoSource) -> None:
        now_s = time.monotonic()
        self.tick_s = _IDLE_TICK_S
        self._name = name
        self._options = options
        self._source = source
        moving = source.is_live if options.expect_motion is None else options.expect_motion
        self._moving = moving
        self._limits = Limits(
            frozen_s=options.frozen_after_s if moving else None,
            black_s=options.black_after_s,
            dark_mean=options.dark_below,
        )
        self._watchdog = Watchdog(self._limits, now_s)
        self._pulse = Pulse(now_s)
        self._period_s = 1 / options.fps
        self._previewing = False
        self._stale = True
        self._due_s = now_s
        self._preview: Frame | None = None
        self._grip = Grip(name, source)
        self._readings: Mapping[str, Reading] = {}
        self._readings_s = 0.0

    def open(self) -> Mapping[str, str]:
        """Open the source, and try the size of a still once where it is another.

        Raises:
            DeviceError: As ``VideoSource.open``.
        """
        identity = self._source.open()
        if self._options.still_size is not None:
            with self._source.switched(self._options.still_size, settle_frames=0):
                pass
        self._begin_anew()
        return identity

    def tick(self) -> Sequence[DeviceEvent]:
        """Take a frame and judge it.

        Raises:
            DeviceError: ``device.absent``, ``camera.no-frames``, ``camera.frozen``, ``camera.black``
                (service), ``camera.covered`` (resident), ``camera.slow`` (service, warns), or what opening
                the source again came to.
        """
        try:
            self._hold()
            self._look()
            self._complain()
        finally:
            self._plan_next_tick()
        self._grip.rely()
        self._complain_of_speed()
        return ()

    def command(self, name: str, arguments: Mapping[str, Any]) -> Frame | None:
        """Carry out ``preview.start``, ``preview.stop`` or ``still``; none takes arguments.

        Raises:
            DeviceError: ``still``: as ``tick``, and ``camera.wrong-size`` (service).
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
        return frame if self._source.is_open else None

    def readings(self) -> Mapping[str, Reading]:
        """Return ``resolution``, ``fps`` while a preview runs, and ``frame_age_ms``; new once a second."""
        now_s = time.monotonic()
        if now_s >= self._readings_s:
            self._readings_s = now_s + _READINGS_S
            width_px, height_px = self._source.size
            fps = self._pulse.fps(now_s) if self._previewing else None
            age_ms = self._pulse.age_ms(now_s)
            readings: dict[str, Reading] = {"resolution": f"{width_px}x{height_px}"}
            if fps is not None:
                readings["fps"] = round(fps)
            if age_ms is not None:
                readings["frame_age_ms"] = age_ms
            self._readings = readings
        return self._readings

    def stir(self) -> None:
        """Something was plugged in or pulled out: pauses are over."""
        self._grip.hurry()

    def close(self) -> None:
        """Let go of the camera."""
        self._source.close()

    # Commands -------------------------------------------------------------------------------------

    def _start_preview(self) -> None:
        if not self._previewing:
            self._due_s = time.monotonic()
            self._stale = True
            self._pulse.restart(self._due_s)
        self._previewing = True
        self._plan_next_tick()

    def _stop_preview(self) -> None:
        self._previewing = False
        self._preview = None
        self._due_s = time.monotonic() + _IDLE_LOOK_S
        self._plan_next_tick()

    def _still(self) -> Frame:
        self.stir()
        self._hold()
        size = self._options.still_size
        try:
            if size is None:
                frame = self._grip.ask(lambda: self._living_frame(changes=1))
            else:
                frame = self._grip.ask(lambda: self._frame_of(size))
        finally:
            self._due_s = time.monotonic()
            self._pulse.restart(self._due_s)
        self._complain()
        return frame

    def _frame_of(self, size: Size) -> Frame:
        with self._source.switched(size, self._options.settle_frames):
            # The first frame of another size differs from the one before in any case.
            return self._living_frame(changes=2)

    def _living_frame(self, changes: int) -> Frame:
        """Return a frame that is surely one of now, not the last one of a camera that hangs.

        Args:
            changes: So many frames have to differ from the one before.

        Raises:
            DeviceError: ``camera.no-frames`` or ``camera.frozen`` (service).
        """
        end_s = time.monotonic() + _ALIVE_S
        pixels = self._source.newest()
        for looks in count(1):
            if pixels is None:
                raise DeviceError(self._name, NO_FRAMES, Remedy.SERVICE, "no frame for a still picture")
            now_s = self._source.grabbed_s
            self._pulse.beat(now_s)
            changes -= self._watchdog.see(pixels, now_s)
            if changes <= 0 or not self._moving:
                return Frame(pixels=pixels, taken_s=now_s)
            if looks >= _ALIVE_FRAMES and now_s > end_s:
                break
            pixels = self._source.next()
        raise DeviceError(self._name, FROZEN, Remedy.SERVICE, "the picture does not change")

    # Looking --------------------------------------------------------------------------------------

    def _look(self) -> None:
        if time.monotonic() < self._due_s:
            # A camera's queue is kept empty, so that the next frame shown is a young one.
            if self._previewing and self._source.is_live and self._grip.ask(self._source.skip):
                self._pulse.beat(self._source.grabbed_s)
            return
        young = self._previewing and not self._stale
        pixels = self._grip.ask(self._source.next if young else self._source.newest)
        if pixels is None:
            return
        now_s = self._source.grabbed_s
        self._stale = False
        self._pulse.beat(now_s)
        self._watchdog.see(pixels, now_s)
        period_s = self._period_s if self._previewing else _IDLE_LOOK_S
        on_time_s = self._due_s + period_s
        self._due_s = on_time_s if on_time_s > now_s else now_s + period_s
        if self._previewing:
            self._preview = Frame(pixels=_shrunk(pixels), taken_s=now_s)

    def _complain(self) -> None:
        complaint = self._watchdog.complaint(time.monotonic())
        if complaint is None:
            return
        error = DeviceError(self._name, complaint.code, complaint.remedy)
        if complaint.reopen:
            self._grip.lose(error)
        raise error

    def _complain_of_speed(self) -> None:
        fps = self._pulse.fps(time.monotonic()) if self._previewing and self._source.is_live else None
        limit_fps = self._options.slow_below_fps
        if fps is not None and fps < limit_fps:
            detail = f"fewer than {limit_fps:g} frames a second"
            raise DeviceError(self._name, "camera.slow", Remedy.SERVICE, detail, Severity.WARN)

    def _hold(self) -> None:
        opened = self._source.is_open
        why = self._grip.hold()
        if opened:
            return
        if why is not None and why.code == FROZEN:
            self._grip.ask(lambda: self._living_frame(changes=1))
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._stale = True
        self._due_s = time.monotonic()
        self._pulse.restart(self._due_s)
        self._watchdog = Watchdog(self._limits, self._due_s)

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
