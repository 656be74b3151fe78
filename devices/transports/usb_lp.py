"""A printer of the USB printer class through the kernel's ``usblp``: ``/dev/usb/lp0`` and its like.

Facts of Linux ``drivers/usb/class/usblp.c``: one opener at a time (EBUSY); a write takes at most 8 KiB and is
on its way until the printer took it (EAGAIN meanwhile); once the printer is gone reads and writes fail with
ENODEV and poll tells POLLHUP; a read error is EIO. Closing takes back what the printer has not taken.
"""

import errno
import os
import stat
from typing import Final, Self

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.transports.byte_stream import LinkLostError
from devices.transports.descriptor import Descriptor
from devices.transports.serial import PORT_DENIED, PORT_IN_USE, PortGoneError
from devices.transports.usb_ids import SYSTEM, UsbTree, printers, resolve_port

_REFUSALS: Final = {errno.EACCES: PORT_DENIED, errno.EPERM: PORT_DENIED, errno.EBUSY: PORT_IN_USE}


def refusal(device: str, path: str, error: OSError) -> DeviceError:
    """Return what it means that ``path`` could not be opened.

    Returns:
        ``device.port-denied``, ``device.port-in-use`` or ``device.absent``; all service.
    """
    code = _REFUSALS.get(error.errno or 0, ABSENT)
    return DeviceError(device, code, Remedy.SERVICE, f"{path}: {error.strerror}")


class UsbLpStream:
    """One open printer; use ``open``.

    Args:
        device: Logical name, for errors.
        descriptor: Of the character device, opened with ``O_NONBLOCK``, owned from here on.
    """

    def __init__(self, device: str, descriptor: int) -> None:
        self._device = device
        self._descriptor = descriptor
        self._bytes = Descriptor(descriptor, self._lost)

    @classmethod
    def open(cls, device: str, port: str, tree: UsbTree = SYSTEM) -> Self:
        """Open the printer for this process alone.

        Args:
            device: Logical name, for errors.
            port: Path of the node, or ``usb:vid:pid`` or ``usb:vid:pid:serial``.
            tree: Where devices are found by their ids.

        Raises:
            DeviceError: ``device.absent`` when there is none, ``device.port-denied`` when this user may not,
                ``device.port-in-use`` when another process has it, ``device.ambiguous`` when more than one
                fits, ``device.bad-option`` when ``port`` is no USB id though it begins like one; all service.
        """
        path = resolve_port(device, port, tree, printers)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise refusal(device, path, error) from error
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            # Somebody redirected output to a printer that was not there: a plain file stands in its place.
            os.close(descriptor)
            raise DeviceError(device, ABSENT, Remedy.SERVICE, f"{path} is no device but a file")
        return cls(device, descriptor)

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> bytes:
        """Send all of ``data`` and return what the printer said meanwhile.

        Raises:
            PortGoneError: The printer was unplugged.
            LinkStalledError: Not everything was taken within ``timeout_s``.
        """
        return self._bytes.send(self._device, data, timeout_s, urgent=urgent)

    def receive(self, timeout_s: float) -> bytes:
        """Return what the printer has said, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            PortGoneError: The printer was unplugged.
        """
        return self._bytes.receive(timeout_s)

    def close(self) -> None:
        """Let go of the printer."""
        os.close(self._descriptor)

    def _lost(self, detail: str) -> LinkLostError:
        return PortGoneError(self._device, detail)
