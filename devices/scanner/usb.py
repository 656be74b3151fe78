"""Whether a USB scanner is plugged in, from the kernel's list: no command reaches the device.

SANE itself can only be asked for its list of devices, which wakes the lamps of some scanners and takes
seconds with others. Files: Linux ``Documentation/ABI/testing/sysfs-bus-usb``.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.transports.usb_ids import attribute, entries

_ADDRESS: Final = re.compile(r"[a-z0-9_]+:libusb:(\d{3}):(\d{3})")
"""The whole name: behind ``net:`` and a host it would be an address on another machine."""


@dataclass(frozen=True, slots=True)
class UsbPlace:
    """One USB device at one moment.

    Args:
        folder: Where the kernel describes it.
        bus: Number of its bus.
        number: Its number there, another one after every plugging in.
    """

    folder: Path
    bus: int
    number: int


class UsbWatch:
    """Looks for one scanner in the kernel's list.

    Args:
        sysfs: Where the kernel lists USB devices.
        usb_id: ``"vid:pid"`` or None to learn it from SANE's name of the device.
    """

    def __init__(self, sysfs: Path, usb_id: str | None) -> None:
        self._sysfs = sysfs
        self._usb_id = usb_id
        self._place: UsbPlace | None = None

    def attach(self, sane_name: str) -> None:
        """Note that the device is open, and where it is."""
        self._place = self._at_address(sane_name)
        if self._place is not None:
            self._usb_id = self._usb_id or self._id_of(self._place)
        elif self._usb_id is not None:
            self._place = next(
                (place for place in self._places() if self._id_of(place) == self._usb_id), None
            )

    def detach(self) -> None:
        """Note that the device is not open."""
        self._place = None

    def present(self) -> bool | None:
        """Return whether the device is plugged in, or None where that cannot be known.

        An open device has to be where it was: one that was pulled out and put back is another one.
        """
        if self._place is not None:
            return self._place_of(self._place.folder) == self._place
        if self._usb_id is None:
            return None
        return any(self._id_of(place) == self._usb_id for place in self._places())

    def serial_at(self, sane_name: str) -> str:
        """Return the serial number of the device that SANE names by its address, or ``""``."""
        place = self._at_address(sane_name)
        return "" if place is None else attribute(place.folder, "serial")

    @property
    def serial(self) -> str:
        """Serial number of the open device, or ``""``."""
        return "" if self._place is None else attribute(self._place.folder, "serial")

    def _at_address(self, sane_name: str) -> UsbPlace | None:
        found = _ADDRESS.fullmatch(sane_name)
        if found is None:
            return None
        address = (int(found[1]), int(found[2]))
        return next((place for place in self._places() if (place.bus, place.number) == address), None)

    def _places(self) -> list[UsbPlace]:
        return [place for folder in entries(self._sysfs) if (place := self._place_of(folder)) is not None]

    @staticmethod
    def _place_of(folder: Path) -> UsbPlace | None:
        bus, number = attribute(folder, "busnum"), attribute(folder, "devnum")
        if not (bus.isdecimal() and number.isdecimal()):
            return None  # an interface, or unplugged between two reads
        return UsbPlace(folder, int(bus), int(number))

    @staticmethod
    def _id_of(place: UsbPlace) -> str:
        return f"{attribute(place.folder, 'idVendor')}:{attribute(place.folder, 'idProduct')}"
