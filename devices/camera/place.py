"""Where a camera is now: from what stays the same to the node it got this time.

HARDWARE: while a process still has a camera open that was pulled out, the kernel keeps its number; plugged in
again it is another ``/dev/videoN``. Nearly every camera has more than one node: a second head, or one for
metadata alone. Where things lie in sysfs: Linux ``Documentation/ABI/stable/sysfs-class-video4linux`` and
``sysfs-bus-usb``.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from devices.camera.options import CameraOptions
from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.transports.usb_ids import AMBIGUOUS, SYSTEM, UsbId, UsbTree, attribute, entries, id_at, parse

_DEVICES: Final = "/dev/"
_TOLD: Final = {"vendor": "manufacturer", "model": "product", "serial": "serial"}
"""Key of the identity → attribute of the USB device."""


class Place(Protocol):
    """Something frames come from, whatever it is called today."""

    @property
    def is_live(self) -> bool:
        """Whether a camera is there, not a recording."""
        ...

    def find(self) -> str:
        """Return the path that OpenCV opens.

        Raises:
            DeviceError: ``device.absent`` or ``device.ambiguous`` (service).
        """
        ...

    def identity(self, path: str) -> Mapping[str, str]:
        """Return what is known of the device behind a path that was found."""
        ...


class NamedPlace:
    """A name that udev keeps, or a recording.

    Args:
        device: Logical name, for errors.
        path: The name.
        tree: Where the kernel and udev show what is plugged in.
    """

    def __init__(self, device: str, path: str, tree: UsbTree = SYSTEM) -> None:
        self._device = device
        self._path = path
        self._tree = tree
        self.is_live = path.startswith(_DEVICES) or Path(path).is_relative_to(tree.dev)

    def find(self) -> str:
        """Return the path, with the names of a live camera followed to the node; see ``Place``."""
        if not self.is_live:
            return self._path
        if not os.path.exists(self._path):  # noqa: PTH110 - False, too, where this user may not look
            raise DeviceError(self._device, ABSENT, Remedy.SERVICE, f"{self._path} does not exist")
        return os.path.realpath(self._path)

    def identity(self, path: str) -> Mapping[str, str]:
        """Return vendor, model, serial number and USB id, where known."""
        return _identity(self._tree, path) if self.is_live else {}


class UsbPlace:
    """A camera of which the USB identity is known.

    Args:
        device: Logical name, for errors.
        wanted: What it says of itself.
        node: Which of its nodes.
        tree: Where the kernel and udev show what is plugged in.
    """

    is_live = True

    def __init__(self, device: str, wanted: UsbId, node: int, tree: UsbTree = SYSTEM) -> None:
        self._device = device
        self._wanted = wanted
        self._node = node
        self._tree = tree

    def find(self) -> str:
        """Return the path of the node; see ``Place``."""
        cameras: dict[str, list[tuple[str, int, str]]] = {}
        for entry in entries(self._tree.sysfs / "class/video4linux"):
            usb_id = id_at(_owner(entry))
            if usb_id is not None and usb_id.fits(self._wanted):
                owner, interface = os.path.split(os.path.realpath(entry / "device"))
                cameras.setdefault(owner, []).append((interface, _number(entry), entry.name))
        if len(cameras) > 1:
            ports = ", ".join(sorted(map(os.path.basename, cameras)))
            detail = f"{self._wanted} is at {ports}; name one by path, as in /dev/v4l/by-path"
            raise DeviceError(self._device, AMBIGUOUS, Remedy.SERVICE, detail)
        nodes = sorted(node for nodes in cameras.values() for node in nodes)
        if self._node >= len(nodes):
            detail = f"{self._wanted} has {len(nodes)} video nodes, node {self._node} is wanted"
            raise DeviceError(self._device, ABSENT, Remedy.SERVICE, detail)
        return str(self._tree.dev / nodes[self._node][2])

    def identity(self, path: str) -> Mapping[str, str]:
        """Return vendor, model, serial number and USB id."""
        return _identity(self._tree, path)


def place_of(device: str, options: CameraOptions, tree: UsbTree = SYSTEM) -> Place:
    """Return the place that the options name.

    Args:
        device: Logical name, for errors.
        options: Checked already.
        tree: Where the kernel and udev show what is plugged in.
    """
    wanted = None if options.usb is None else parse(f"usb:{options.usb}")
    if wanted is not None:
        return UsbPlace(device, wanted, options.node, tree)
    return NamedPlace(device, options.path or "", tree)


def _identity(tree: UsbTree, path: str) -> Mapping[str, str]:
    entry = tree.sysfs / "class/video4linux" / Path(path).name
    owner = _owner(entry)
    usb_id = id_at(owner)
    told = {key: attribute(owner, name) for key, name in _TOLD.items()}
    if usb_id is not None:
        told["usb"] = f"{usb_id.vendor}:{usb_id.product}"
    return {key: value for key, value in told.items() if value}


def _owner(entry: Path) -> Path:
    """Return the USB device whose interface a node belongs to, if it is on USB."""
    return entry / "device" / ".."


def _number(entry: Path) -> int:
    try:
        return int((entry / "index").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
