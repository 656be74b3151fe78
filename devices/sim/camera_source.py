"""Driver ``devices.sim.camera_source:make``: the real one, with a simulated camera behind it."""

import signal
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from devices.camera.camera import Camera
from devices.camera.options import read_options
from devices.camera.place import place_of
from devices.camera.source import Capture, Size, VideoSource, open_capture
from devices.model import Pixels
from devices.sim.camera_state import CameraState, StateFile
from devices.transports.usb_ids import UsbTree

SIZES: Final = ((320, 240), (640, 480), (1280, 960), (2592, 1944))
"""Sizes the camera has when it compresses; uncompressed it has the first two."""
QUEUE: Final = 4
"""Frames the kernel keeps for whoever does not fetch them; then it lets the later ones fall."""

_SELECT_S: Final = 1.0
_MJPG: Final = cv2.VideoWriter.fourcc(*"MJPG")
_YUYV: Final = cv2.VideoWriter.fourcc(*"YUYV")


class SimulatedCapture:
    """What ``cv2.VideoCapture`` is for a camera's node: its queue, its modes, and its manners.

    Args:
        state: Of the camera.
    """

    def __init__(self, state: StateFile) -> None:
        self._state = state
        self._plugged = state.now().plugged
        self._hang("open")
        self._format = _YUYV
        self._asked: Size = SIZES[1]
        self._width = 0
        self._scene = ""
        self._recording: Capture | None = None
        self._queue: deque[float] = deque()
        self._seen_s: float | None = None
        self._last: Pixels | None = None
        self._ghostly = False
        self._random = np.random.default_rng(1)

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Return whether there is a camera that nobody else has."""
        return bool(self._plugged) and not self._state.now().busy

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's name
        """Return width, height or format."""
        width, height = self._size(self._state.now())
        return {cv2.CAP_PROP_FRAME_WIDTH: width, cv2.CAP_PROP_FRAME_HEIGHT: height}.get(propId, self._format)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's name
        """Ask for width, then height, or a format; the stream begins anew, as with V4L2."""
        if propId == cv2.CAP_PROP_FRAME_WIDTH:
            self._width = round(value)
        elif propId == cv2.CAP_PROP_FRAME_HEIGHT:
            self._asked = self._nearest((self._width, round(value)))
        elif round(value) == _MJPG and self._asked == SIZES[1]:
            self._format = _MJPG  # told the size first, it stays uncompressed
        self._seen_s = None
        self._queue.clear()
        return True

    def grab(self) -> bool:
        """Take a frame off the queue, or wait for one."""
        self._hang("read")
        state = self._state.now()
        self._ghostly = state.plugged != self._plugged
        if self._ghostly or state.silent:
            time.sleep(1 / state.fps if self._ghostly else _SELECT_S)
            return self._ghostly and state.ghost and self._last is not None
        self._fill(state.fps)
        if not self._queue:
            due_s = (self._seen_s or 0.0) + 1 / state.fps
            time.sleep(max(0.0, due_s - time.monotonic()))
            self._fill(state.fps)
        if self._queue:
            self._queue.popleft()
        return self._advance(state.scene)

    def retrieve(self) -> tuple[bool, Any]:
        """Decode the frame."""
        state = self._state.now()
        if (state.frozen or self._ghostly) and self._last is not None:
            return True, self._last
        if self._recording is None:
            return False, None
        done, pixels = self._recording.retrieve()
        if not done:
            return False, None
        size = self._size(state)
        self._last = self._dark(size) if state.black else np.asarray(cv2.resize(pixels, size), np.uint8)
        return True, self._last

    def release(self) -> None:
        """Let go of the recording."""
        if self._recording is not None:
            self._recording.release()
            self._recording = None

    def _fill(self, fps: float) -> None:
        """Let the kernel queue what the camera made since it was looked at last."""
        now_s = time.monotonic()
        made_s = now_s if self._seen_s is None else self._seen_s + 1 / fps
        while made_s <= now_s:
            self._seen_s = made_s
            if len(self._queue) < QUEUE:
                self._queue.append(made_s)
            made_s += 1 / fps

    def _advance(self, scene: str) -> bool:
        """Go on by one frame in the recording, which is a loop."""
        if scene != self._scene or self._recording is None:
            self.release()
            self._scene, self._recording = scene, open_capture(scene, live=False)
        if self._recording.grab():
            return True
        self._recording.release()
        self._recording = open_capture(scene, live=False)
        return self._recording.grab()

    def _size(self, state: CameraState) -> Size:
        return state.only_size or self._asked

    def _dark(self, size: Size) -> Pixels:
        """Return what a sensor sees that sees nothing."""
        return self._random.integers(0, 6, (size[1], size[0], 3), np.uint8)

    def _nearest(self, asked: Size) -> Size:
        sizes = SIZES if self._format == _MJPG else SIZES[:2]
        return min(sizes, key=lambda size: abs(size[0] - asked[0]) + abs(size[1] - asked[1]))

    def _hang(self, call: str) -> None:
        while self._state.now().hang == call:
            signal.pause()  # until the process is killed


def make(name: str, options: Mapping[str, Any]) -> Camera:
    """Return the driver, not yet open.

    Args:
        name: Logical name from the profile.
        options: Those of the driver ``opencv``; and ``folder``, of the ``SimulatedCamera``; and ``tree``,
            where its nodes and its sysfs are, ``folder`` unless told.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    rest = dict(options)
    folder = Path(rest.pop("folder"))
    tree = Path(rest.pop("tree", folder))
    checked = read_options(name, rest)
    place = place_of(name, checked, UsbTree(sysfs=tree / "sys", dev=tree / "dev"))
    state = StateFile(folder)

    def opener(_path: str, *, live: bool) -> Capture:
        del live
        return SimulatedCapture(state)

    return Camera(name, checked, VideoSource(name, place, checked.size, opener))
