"""From what a USB device says of itself to the serial port it got this time: ``usb:0403:6001:A50285BI``.

Port numbers change with the order of plugging; vendor, product and serial number do not. Where things lie in
sysfs: Linux ``Documentation/ABI/testing/sysfs-bus-usb`` and ``sysfs-class-tty``; the links below
``/dev/serial`` are made by systemd's ``60-serial.rules``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.options import bad_option

AMBIGUOUS: Final = "device.ambiguous"
_PREFIX: Final = "usb:"
_WANTED: Final = re.compile(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(.+))?")
_LINKS: Final = ("serial/by-id", "serial/by-path")
"""Where stable names lie, the better ones first."""


@dataclass(frozen=True, slots=True)
class UsbTree:
    """Where the kernel and udev show what is plugged in.

    Args:
        sysfs: The kernel's devices.
        dev: The nodes, and udev's links to them.
    """

    sysfs: Path = Path("/sys")
    dev: Path = Path("/dev")


SYSTEM: Final = UsbTree()


@dataclass(frozen=True, slots=True)
class UsbId:
    """What a USB device says of itself.

    Args:
        vendor: Four small hexadecimal digits.
        product: Likewise.
        serial: Serial number, or ``""`` for a device without one.
    """

    vendor: str
    product: str
    serial: str = ""

    def __str__(self) -> str:
        """Write it as in the profile."""
        return _PREFIX + ":".join(filter(None, (self.vendor, self.product, self.serial)))

    def fits(self, wanted: "UsbId") -> bool:
        """Return whether this device is meant; a wish without a serial number takes any."""
        same = (self.vendor, self.product) == (wanted.vendor, wanted.product)
        return same and wanted.serial in {"", self.serial}


def parse(text: str) -> UsbId | None:
    """Return the id that ``usb:vid:pid[:serial]`` names, or None for anything else."""
    match = _WANTED.fullmatch(text)
    return UsbId(match[1].lower(), match[2].lower(), match[3] or "") if match else None


def usb_devices(tree: UsbTree = SYSTEM) -> dict[str, tuple[UsbId, str]]:
    """Return what is on the USB now: name of the port, such as ``1-2.3`` → id, and number on the bus.

    The number is another one after the device was pulled and plugged in again.
    """
    found: dict[str, tuple[UsbId, str]] = {}
    for folder in entries(tree.sysfs / "bus/usb/devices"):
        usb_id = id_at(folder)
        if usb_id is not None:
            found[folder.name] = (usb_id, attribute(folder, "devnum"))
    return found


def serial_ports(wanted: UsbId, tree: UsbTree = SYSTEM) -> tuple[Path, ...]:
    """Return the nodes of all serial ports that belong to such a device, in order of their names."""
    nodes = (
        tree.dev / port.name
        for port in entries(tree.sysfs / "class/tty")
        if (usb_id := _owner(port, tree)) is not None and usb_id.fits(wanted)
    )
    return tuple(sorted(nodes))


def printers(wanted: UsbId, tree: UsbTree = SYSTEM) -> tuple[Path, ...]:
    """Return the nodes that the kernel's ``usblp`` gives to such a device, in order of their names."""
    nodes = (
        tree.dev / "usb" / port.name
        for port in entries(tree.sysfs / "class/usbmisc")
        if port.name.startswith("lp") and (usb_id := _owner(port, tree)) is not None and usb_id.fits(wanted)
    )
    return tuple(sorted(nodes))


def stable_names(node: Path, tree: UsbTree = SYSTEM) -> tuple[Path, ...]:
    """Return udev's names for a port, by identity before by place; empty where no udev makes any."""
    links = (link for folder in _LINKS for link in entries(tree.dev / folder))
    return tuple(link for link in links if link.resolve() == node.resolve())


def resolve_port(
    device: str,
    port: str,
    tree: UsbTree = SYSTEM,
    look: Callable[[UsbId, UsbTree], tuple[Path, ...]] = serial_ports,
) -> str:
    """Return the path of the port that an option ``port`` means: itself, or where ``usb:…`` is found now.

    Args:
        device: Logical name, for errors.
        port: A path, or ``usb:vid:pid`` or ``usb:vid:pid:serial``.
        tree: Where to look.
        look: For what: serial ports, or printers.

    Raises:
        DeviceError: ``device.absent`` when no such device is plugged in, ``device.ambiguous`` when more than
            one port fits, ``device.bad-option`` when ``port`` only begins like an id; all service.
    """
    if not port.startswith(_PREFIX):
        return port
    wanted = parse(port)
    if wanted is None:
        detail = f"port {port!r} is a path or usb:vid:pid or usb:vid:pid:serial, ids in four hex digits"
        raise bad_option(device, detail)
    nodes = look(wanted, tree)
    if len(nodes) > 1:
        raise DeviceError(device, AMBIGUOUS, Remedy.SERVICE, _choice(port, nodes, tree))
    if not nodes:
        what = "printer" if look is printers else "serial port"
        raise DeviceError(device, ABSENT, Remedy.SERVICE, f"no {what} of {port}")
    (node,) = nodes
    return str((*stable_names(node, tree), node)[0])


def _choice(port: str, nodes: tuple[Path, ...], tree: UsbTree) -> str:
    """Say which names tell them apart: by place, for by identity they are the same."""
    names = ((node, *stable_names(node, tree))[-1] for node in nodes)
    return f"{port} is {len(nodes)} ports; name one by its place: {', '.join(map(str, names))}"


def _owner(port: Path, tree: UsbTree) -> UsbId | None:
    """Return the id of the USB device that a tty belongs to, None for one on no USB."""
    top = tree.sysfs.resolve()
    folder = port.resolve()
    for above in (folder, *folder.parents):
        if above == top or top not in above.parents:
            return None
        usb_id = id_at(above)
        if usb_id is not None:
            return usb_id
    return None


def id_at(folder: Path) -> UsbId | None:
    """Return the id of the USB device a folder of sysfs stands for, None where it stands for none."""
    vendor, product = attribute(folder, "idVendor"), attribute(folder, "idProduct")
    return UsbId(vendor.lower(), product.lower(), attribute(folder, "serial")) if vendor and product else None


def attribute(folder: Path, name: str) -> str:
    """Return an attribute as sysfs shows it, ``""`` where there is none."""
    try:
        return (folder / name).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it has none, or it is being unplugged now
        return ""


def entries(folder: Path) -> Iterator[Path]:
    """Return what lies in a folder, sorted; nothing where there is none."""
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return
