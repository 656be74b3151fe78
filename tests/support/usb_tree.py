"""A machine's USB as sysfs and udev show it, made of files."""

from dataclasses import dataclass
from pathlib import Path

from devices.transports.usb_ids import UsbTree


@dataclass(frozen=True)
class Plugged:
    port: str
    folder: Path


class FakeUsb:
    def __init__(self, root: Path) -> None:
        self.tree = UsbTree(root / "sys", root / "dev")
        self._devnum = 1
        for folder in ("bus/usb/devices", "class/tty", "devices/pci0000:00/usb1"):
            (self.tree.sysfs / folder).mkdir(parents=True)
        self.tree.dev.mkdir()
        self.plug("usb1", "1d6b", "0002", "0000:00:14.0")

    def plug(self, port: str, vendor: str, product: str, serial: str = "") -> Plugged:
        folder = self.tree.sysfs / "devices/pci0000:00/usb1"
        if port != "usb1":
            folder /= port
        folder.mkdir(exist_ok=True)
        self._devnum += 1
        files = {"idVendor": vendor, "idProduct": product, "serial": serial, "devnum": str(self._devnum)}
        for name, text in files.items():
            if text:
                (folder / name).write_text(text + "\n")
        (self.tree.sysfs / "bus/usb/devices" / port).symlink_to(folder)
        return Plugged(port, folder)

    def tty(self, plugged: Plugged, name: str, interface: int = 0) -> Path:
        folder = plugged.folder / f"{plugged.port}:1.{interface}" / "tty" / name
        folder.mkdir(parents=True)
        (self.tree.sysfs / "class/tty" / name).symlink_to(folder)
        node = self.tree.dev / name
        node.touch()
        return node

    def link(self, node: Path, kind: str, name: str) -> Path:
        folder = self.tree.dev / "serial" / kind
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(Path("../..") / node.name)
        return link

    def pull(self, plugged: Plugged) -> None:
        (self.tree.sysfs / "bus/usb/devices" / plugged.port).unlink()
        for entry in (self.tree.sysfs / "class/tty").iterdir():
            if plugged.folder in entry.resolve().parents:
                (self.tree.dev / entry.name).unlink()
                entry.unlink()
