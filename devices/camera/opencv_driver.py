"""Driver ``opencv``: a document or face camera, or a recording in its place."""

from collections.abc import Mapping
from typing import Any

from devices.camera.camera import Camera
from devices.camera.options import read_options
from devices.camera.place import place_of
from devices.camera.source import VideoSource


def make(name: str, options: Mapping[str, Any]) -> Camera:
    """Return a camera that is not yet open; see ``CameraOptions``.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    checked = read_options(name, options)
    return Camera(name, checked, VideoSource(name, place_of(name, checked), checked.size))
