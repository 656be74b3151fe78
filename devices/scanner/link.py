"""Finding the scanner, losing it, and getting it back."""

import time
from pathlib import Path
from typing import Final

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.scanner.desk import Desk
from devices.scanner.faults import IO_ERROR
from devices.scanner.finder import Listed, NotFoundError, find
from devices.scanner.options import Options
from devices.scanner.sane_port import SanePort
from devices.scanner.usb import UsbWatch

_GONE: Final = frozenset({ABSENT, IO_ERROR})
"""What SANE says of a device that has another name by now, or none; all else passes under the old one."""
_SEEK_S: Final = 1.5
"""Between two looks for a device that is gone where only SANE's list can tell that it is back."""


class ScannerLink:
    """The way to one scanner.

    Args:
        device: Logical name, for errors.
        options: Of the driver.
    """

    def __init__(self, device: str, options: Options) -> None:
        self._device = device
        self._options = options
        self._watch = UsbWatch(Path(options.sysfs), options.usb_id)
        self._known: Listed | None = None
        self._trouble: DeviceError | None = None
        self._fresh = False
        self._is_pulled = False
        self._look_s = 0.0
        self.port: SanePort | None = None
        self.desk: Desk | None = None

    @property
    def identity(self) -> dict[str, str]:
        """Vendor, model and serial number of the device as it was found last, where known."""
        if self._known is None:
            return {}
        serial = self._watch.serial
        told = {"vendor": self._known.vendor, "model": self._known.model}
        return told | ({"serial": serial} if serial else {})

    def opened(self) -> Desk:
        """Return the open scanner, opening it if need be.

        Raises:
            DeviceError: ``scanner.sane-absent``, ``device.absent`` (service), or what SANE says.
        """
        if self.desk is None:
            if self._watch.present() is False:
                raise self._absent("not among the USB devices")
            self.desk = self._open()
        return self.desk

    def look(self, *, stirred: bool) -> Desk:
        """Look whether the scanner is still there, as cheaply as this device allows, and return it.

        Args:
            stirred: Whether to ask SANE for its list now, whatever the pauses say.

        Raises:
            DeviceError: ``device.absent`` (service), or what SANE says.
        """
        plugged_in = self._watch.present()
        came_back, self._is_pulled = self._is_pulled and plugged_in is True, plugged_in is False
        if self._is_pulled:
            self.release()
            raise self._absent("not among the USB devices")
        now_s = time.monotonic()
        is_due = stirred or came_back or now_s >= self._look_s
        if self.desk is not None:
            if plugged_in is None and is_due:
                self._find(self._sane())
                self._look_s = now_s + self._options.look_s
            return self.desk
        if self._trouble is not None and not is_due:
            raise self._trouble
        return self.opened()

    def release(self) -> None:
        """Close the device; SANE stays loaded."""
        self.desk = None
        self._watch.detach()
        if self.port is not None:
            self.port.close()

    def close(self) -> None:
        """Let go of the device and of SANE."""
        self.release()
        if self.port is not None:
            self.port.shut_down()
            self.port = None

    def _open(self) -> Desk:
        """Open the device under the name it had, and where that fails look for it in a new list."""
        port = self._sane()
        try:
            if self._known is None or (self._trouble is not None and self._trouble.code in _GONE):
                self._known = self._find_anew(port)
            try:
                port.open(self._known.name)
            except DeviceError as error:
                if error.code not in _GONE:
                    raise
                self._known = self._find_anew(port)
                port.open(self._known.name)
            self._watch.attach(self._known.name)
            desk = Desk(self._device, port, self._options)
        except DeviceError as error:
            self._trouble = error
            self._look_s = time.monotonic() + _SEEK_S
            port.close()
            raise
        self._trouble, self._fresh = None, False
        self._look_s = time.monotonic() + self._options.look_s
        return desk

    def _find_anew(self, port: SanePort) -> Listed:
        if not self._fresh:
            port.restart()
        self._fresh = False
        return self._find(port)

    def _find(self, port: SanePort) -> Listed:
        listed = port.listed(network=self._options.network)
        try:
            return find(listed, self._options, self._known, self._watch.serial_at)
        except NotFoundError as error:
            self.release()
            raise self._absent(str(error)) from error

    def _absent(self, detail: str) -> DeviceError:
        self._trouble = DeviceError(self._device, ABSENT, Remedy.SERVICE, detail)
        self._look_s = time.monotonic() + _SEEK_S
        return self._trouble

    def _sane(self) -> SanePort:
        if self.port is None:
            self.port = SanePort(self._device, self._options.config_dir)
            self._fresh = True
        return self.port
