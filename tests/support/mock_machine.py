"""A machine under umockdev: real libudev, mocked sysfs and uevents. Runs in a process of its own.

Started through ``umockdev-wrapper`` with the watcher's time to gather in; reads one order a line, prints one
answer a line, and in between what the watcher tells.
"""

import ctypes
import json
import sys
from pathlib import Path
from typing import Any

from devices.hotplug import HotplugWatcher, Plug, Timing, Watched
from devices.transports.usb_ids import UsbId, UsbTree, serial_ports, usb_devices


class Testbed:
    """libumockdev's, as far as it is needed here."""

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL("libumockdev.so.0")
        for name in ("umockdev_testbed_new", "umockdev_testbed_add_devicev"):
            getattr(self._library, name).restype = ctypes.c_void_p
        self._library.umockdev_testbed_get_root_dir.restype = ctypes.c_char_p
        self._bed = ctypes.c_void_p(self._library.umockdev_testbed_new())

    @property
    def root(self) -> Path:
        return Path(self._library.umockdev_testbed_get_root_dir(self._bed).decode())

    def add(
        self, subsystem: str, name: str, parent: str, files: dict[str, str], known: dict[str, str]
    ) -> str:
        path = self._library.umockdev_testbed_add_devicev(
            self._bed, subsystem.encode(), name.encode(), parent.encode() or None, _flat(files), _flat(known)
        )
        return (ctypes.string_at(path) or b"").decode()

    def uevent(self, path: str, action: str) -> None:
        self._library.umockdev_testbed_uevent(self._bed, path.encode(), action.encode())

    def remove(self, path: str) -> None:
        self._library.umockdev_testbed_remove_device(self._bed, path.encode())


def _flat(pairs: dict[str, str]) -> Any:
    words = [word.encode() for pair in pairs.items() for word in pair]
    return (ctypes.c_char_p * (len(words) + 1))(*words, None)


class Machine:
    """Devices that come and go in the test bed."""

    def __init__(self) -> None:
        self._bed = Testbed()
        self._paths: dict[str, list[str]] = {}

    def plug(self, port: str, vendor: str, product: str, serial: str, tty: str) -> None:
        known = {"ID_VENDOR_ID": vendor, "ID_MODEL_ID": product, "ID_SERIAL_SHORT": serial}
        files = {"idVendor": vendor, "idProduct": product, "serial": serial, "devnum": "7"}
        usb = self._bed.add("usb", port, "", files, {"DEVTYPE": "usb_device"} | known)
        face = self._bed.add("usb", f"{port}:1.0", usb, {}, {"DEVTYPE": "usb_interface"})
        line = self._bed.add("tty", tty, face, {"dev": "188:0"}, {"DEVNAME": f"/dev/{tty}"} | known)
        self._paths[port] = [line, face, usb]

    def pull(self, port: str) -> None:
        for path in self._paths.pop(port):
            self._bed.uevent(path, "remove")
            self._bed.remove(path)

    def reset(self, *devices: list[str]) -> None:
        """Lose devices all at once and have them back, as when their hub is reset."""
        for port, *_ in devices:
            self.pull(port)
        for port, vendor, product, serial, tty in devices:
            self.plug(port, vendor, product, serial, tty)

    def shout(self, port: str, *actions: str) -> None:
        """Say things of a device that are not so."""
        for action in actions:
            self._bed.uevent(self._paths[port][0], action)

    def ids(self) -> list[str]:
        return sorted(str(usb_id) for usb_id, _ in usb_devices().values())

    def ports(self, vendor: str, product: str) -> list[str]:
        return [str(path) for path in serial_ports(UsbId(vendor, product))]


def say(kind: str, value: object) -> None:
    sys.stdout.write(json.dumps([kind, value]) + "\n")
    sys.stdout.flush()


def tell(plugs: tuple[Plug, ...]) -> None:
    say("plugs", [[plug.action, plug.subsystem, plug.node, plug.usb_id] for plug in plugs])


def main() -> None:
    machine = Machine()
    blind = Watched(tree=UsbTree(Path("/nowhere"), Path("/nowhere")))  # udev alone tells
    timing = Timing(look_s=0.05, gather_s=float(sys.argv[1]))
    watcher = HotplugWatcher(blind, tell, lambda text: say("note", text), timing)
    watcher.start(lambda: say("stir", None))
    while not watcher.hears_udev:
        pass
    say("ready", None)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        say("done", getattr(machine, name)(*arguments))
    watcher.stop_soon()
    watcher.join()


if __name__ == "__main__":
    main()
