"""What is plugged in at one moment, seen without udev: two looks tell what came and went between them."""

import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.hotplug.burst import Plug
from devices.model import DeviceSpec
from devices.transports.usb_ids import SYSTEM, UsbTree, usb_devices

_FOLDERS: Final = {"serial/by-id": "tty", "v4l/by-id": "video4linux", "usb": "usbmisc"}
"""Folders below ``/dev`` whose entries come and go with devices, and the subsystem these are of."""
_KEYS: Final = ("port", "path", "device")
"""Options of drivers that name a device by its path."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Where to look.

    Args:
        paths: Paths that the profile names.
        tree: The machine.
    """

    paths: tuple[Path, ...] = ()
    tree: UsbTree = SYSTEM


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is at one place.

    Args:
        subsystem: The kernel's, or ``""``.
        node: Path, or ``""`` for a port of the USB.
        usb_id: Or ``""``.
        token: Another one when another device is there, even under the same name.
    """

    subsystem: str
    node: str
    usb_id: str
    token: tuple[int | str, ...]


Snapshot = Mapping[str, _Seen]
"""Place → what is there."""


def watched_by(specs: Iterable[DeviceSpec], tree: UsbTree = SYSTEM) -> Watched:
    """Return where devices can come and go that the profile names."""
    named = (spec.options.get(key) for spec in specs if spec.enabled for key in _KEYS)
    paths = {Path(value) for value in named if isinstance(value, str) and value.startswith("/")}
    return Watched(tuple(sorted(paths)), tree)


def look(watched: Watched) -> Snapshot:
    """Return what is there now; costs some dozens of system calls."""
    tree = watched.tree
    seen = {
        f"usb {port}": _Seen("usb", "", f"{usb_id}".removeprefix("usb:"), (devnum,))
        for port, (usb_id, devnum) in usb_devices(tree).items()
    }
    for folder, subsystem in _FOLDERS.items():
        seen |= _at(_listed(tree.dev / folder), subsystem)
    return seen | _at(watched.paths, "")


def differences(before: Snapshot, after: Snapshot) -> Iterator[Plug]:
    """Yield what came and went; another device at the same place went and came."""
    for place in sorted(before.keys() | after.keys()):
        old, new = before.get(place), after.get(place)
        if old == new:
            continue
        if old is not None:
            yield Plug("remove", old.subsystem, old.node, old.usb_id)
        if new is not None:
            yield Plug("add", new.subsystem, new.node, new.usb_id)


def _at(paths: Iterable[Path], subsystem: str) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for path in paths:
        try:
            own, status = path.lstat(), path.stat()
        except OSError:
            continue
        # What is made anew has another number of its own. Numbers of links and ptys are given again, but
        # nothing changes a link's time; that of a node is changed by use.
        made_ns = own.st_ctime_ns if stat.S_ISLNK(own.st_mode) else 0
        token = (made_ns, status.st_dev, status.st_ino, status.st_rdev)
        found[str(path)] = _Seen(subsystem, str(path), "", token)
    return found


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except OSError:  # the last device of its kind took the folder along
        return ()
