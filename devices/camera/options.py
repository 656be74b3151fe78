"""Options of a camera in the terminal profile."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec

from devices.options import convert_options

_CHANGING: Final = re.compile(r"[0-9]+|/dev/video[0-9]+")
_WIDTH: Final = msgspec.Meta(ge=160, le=8192)
_HEIGHT: Final = msgspec.Meta(ge=120, le=8192)


class CameraOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which camera, in which sizes, and when to complain of it.

    Args:
        path: ``/dev/v4l/by-id/…``, or ``/dev/v4l/by-path/…`` where two cameras are alike; or a video file; or
            a numbered picture sequence such as ``/data/frame-%03d.jpg``. Not ``/dev/video0``, whose number
            is another one after the camera was plugged in again. Either this or ``usb``.
        usb: USB identity of the camera, ``vid:pid`` or ``vid:pid:serial``, ids in four hex digits.
        node: Which of the camera's video nodes, counted from 0 in the order of ``/dev/v4l/by-path``; nodes
            that carry metadata alone count too. Together with ``usb``.
        width: Frame width in pixels of the moving picture, to ask for and insist on; with ``height``.
        height: Frame height in pixels.
        still_width: Frame width of a still, where it is another: the camera is switched over for it and back.
        still_height: Frame height of a still.
        settle_frames: Frames passed over after the camera was switched, until it has found its exposure.
        fps: Preview frames a second at most.
        slow_below_fps: Moving pictures that come more slowly than this are complained of; 0 for never.
        expect_motion: Whether a picture that stands still is a fault; None: for cameras it is.
        frozen_after_s: How long it may stand still.
        dark_below: Mean grey below which a picture without contrast is dark.
        black_after_s: How long it may be dark before it is no hand over the lens any more.
    """

    path: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    usb: Annotated[str, msgspec.Meta(pattern="^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}(:.+)?$")] | None = None
    node: Annotated[int, msgspec.Meta(ge=0, le=15)] = 0
    width: Annotated[int, _WIDTH] | None = None
    height: Annotated[int, _HEIGHT] | None = None
    still_width: Annotated[int, _WIDTH] | None = None
    still_height: Annotated[int, _HEIGHT] | None = None
    settle_frames: Annotated[int, msgspec.Meta(ge=0, le=30)] = 3
    fps: Annotated[float, msgspec.Meta(ge=1, le=15)] = 15.0
    slow_below_fps: Annotated[float, msgspec.Meta(ge=0, le=15)] = 5.0
    expect_motion: bool | None = None
    frozen_after_s: Annotated[float, msgspec.Meta(gt=0, le=60)] = 3.0
    dark_below: Annotated[float, msgspec.Meta(ge=1, le=80)] = 14.0
    black_after_s: Annotated[float, msgspec.Meta(ge=1.5, le=3600)] = 120.0

    def __post_init__(self) -> None:
        """Refuse halves, and names that change."""
        if (self.path is None) == (self.usb is None):
            raise ValueError("either path or usb says which camera")
        if self.path is not None and _CHANGING.fullmatch(self.path):
            raise ValueError(f"path {self.path} changes: use /dev/v4l/by-id/…, /dev/v4l/by-path/… or usb")
        if self.node and self.usb is None:
            raise ValueError("node belongs to usb")
        if (self.width is None) != (self.height is None):
            raise ValueError("width and height belong together")
        if (self.still_width is None) != (self.still_height is None):
            raise ValueError("still_width and still_height belong together")
        if self.still_width is not None and self.width is None:
            raise ValueError("still_width needs width and height to come back to")

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the moving picture, or None for the camera's own."""
        return _pair(self.width, self.height)

    @property
    def still_size(self) -> tuple[int, int] | None:
        """Width and height of a still, or None where it is that of the moving picture."""
        size = _pair(self.still_width, self.still_height)
        return None if size == self.size else size


def _pair(width: int | None, height: int | None) -> tuple[int, int] | None:
    return None if width is None or height is None else (width, height)


def read_options(device: str, options: Mapping[str, Any]) -> CameraOptions:
    """Check what the profile says.

    Raises:
        DeviceError: ``device.bad-option`` (service), the detail naming the key and what it should be.
    """
    return convert_options(device, options, CameraOptions)
