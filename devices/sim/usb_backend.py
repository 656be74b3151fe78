"""A USB that is a folder, under the real library: what ``usb_plug`` plugs in, found and driven by pyusb.

``devices.sim.usb_backend:make`` is the driver of identity card readers on that USB; its option ``bus`` is the
folder, the others are those of ``sdt``.
"""

import errno
import select
import socket
import time
from array import array
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import usb.core
from usb.backend import IBackend

from devices.idcard.line import ReaderLine
from devices.idcard.options import read_options
from devices.idcard.reader import SdtReader
from devices.sim.usb_plug import (
    BODY_IN,
    BODY_OUT,
    CLAIM,
    CONTROL,
    HEAD_IN,
    HEAD_OUT,
    PACKET_BYTES,
    SUFFIX,
    Descriptor,
)

_SERIAL_INDEX = 3
_LANGUAGE = "\u0409"  # English
_LARGEST = 4096
_CONTROL_S = 10.0
"""A plug answers at once, whenever its thread is let run; one that was pulled hangs up."""


class _Connection:
    """One open device.

    Args:
        path: Of its socket.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._arrived: defaultdict[int, deque[bytes]] = defaultdict(deque)
        try:
            self._socket.connect(str(path))
            self.descriptor = msgspec.msgpack.decode(self._packet(CONTROL, _CONTROL_S), type=Descriptor)
        except OSError as error:
            self.close()
            raise _error(errno.ENODEV) from error

    def close(self) -> None:
        self._socket.close()

    def put(self, pipe: int, data: bytes) -> None:
        try:
            self._socket.send(bytes([pipe]) + data)
        except OSError as error:
            raise _error(errno.ENODEV) from error

    def take(self, pipe: int, size: int, timeout_s: float) -> bytes:
        """Return what a bulk read does: whole packets until the size, a short packet, or the time is over."""
        deadline_s = time.monotonic() + timeout_s
        taken = b""
        while len(taken) < size:
            try:
                packet = self._packet(pipe, deadline_s - time.monotonic())
            except usb.core.USBTimeoutError:
                if taken:
                    break
                raise
            taken += packet
            if len(packet) < PACKET_BYTES:
                break
        if len(taken) > size:
            raise _error(errno.EOVERFLOW)
        return taken

    def claim(self) -> None:
        self.put(CONTROL, CLAIM)
        refusal = self._packet(CONTROL, _CONTROL_S)[0]
        if refusal:
            raise _error(refusal)

    def _packet(self, pipe: int, timeout_s: float) -> bytes:
        deadline_s = time.monotonic() + timeout_s
        while not self._arrived[pipe]:
            left_s = max(deadline_s - time.monotonic(), 0.0)
            if not select.select([self._socket], [], [], left_s)[0]:
                raise usb.core.USBTimeoutError("timed out", None, errno.ETIMEDOUT)
            try:
                packet = self._socket.recv(_LARGEST)
            except OSError as error:
                raise _error(errno.ENODEV) from error
            if not packet:
                raise _error(errno.ENODEV)
            self._arrived[packet[0]].append(packet[1:])
        return self._arrived[pipe].popleft()


_Backend: Any = IBackend  # the library carries no types


class FolderUsb(_Backend):
    """The library's way to the bus.

    Args:
        bus: The folder.

    Attributes:
        next_error: Number of the error that the next read ends with, once; 0 for none.
        kernel_driver: Whether one of the system's own drivers has taken hold of the devices.
        configuration: The one that the devices are in; 0 for none.
    """

    def __init__(self, bus: Path) -> None:
        self.next_error = 0
        self.kernel_driver = False
        self.configuration = 1
        self._bus = bus

    def enumerate_devices(self) -> Iterator[Path]:
        """Yield the sockets of what is plugged in."""
        yield from sorted(self._bus.glob(f"*{SUFFIX}"))

    def get_device_descriptor(self, dev: Path) -> SimpleNamespace:
        """Ask a device what it is; one that is being unplugged is nothing."""
        try:
            connection = _Connection(dev)
        except usb.core.USBError:
            told = Descriptor(0, 0)
        else:
            told = connection.descriptor
            connection.close()
        numbers = {"bus": 1, "address": 1, "port_number": 1, "port_numbers": (1,), "speed": 2}
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0110,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=8,
            bcdDevice=0x0100,
            idVendor=told.vendor,
            idProduct=told.product,
            bNumConfigurations=1,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=_SERIAL_INDEX if told.serial else 0,
            **numbers,
        )

    def get_configuration_descriptor(self, dev: Path, config: int) -> SimpleNamespace:
        """Return the only one."""
        del dev, config
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=46,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0x80,
            bMaxPower=50,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev: Path, intf: int, alt: int, config: int) -> SimpleNamespace:
        """Return the only one.

        Raises:
            IndexError: Another one is asked for.
        """
        del dev, config
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=4,
            bInterfaceClass=0xFF,
            bInterfaceSubClass=0,
            bInterfaceProtocol=0,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(
        self, dev: Path, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        """Return one of the two pairs of bulk pipes."""
        del dev, intf, alt, config
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bmAttributes=2,
            wMaxPacketSize=PACKET_BYTES,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            bEndpointAddress=(HEAD_OUT, HEAD_IN, BODY_OUT, BODY_IN)[ep],
            extra_descriptors=[],
        )

    def open_device(self, dev: Path) -> _Connection:
        """Connect to a device.

        Raises:
            USBError: It is gone, or refuses.
        """
        connection = _Connection(dev)
        if connection.descriptor.refusal:
            connection.close()
            raise _error(connection.descriptor.refusal)
        return connection

    def close_device(self, dev_handle: _Connection) -> None:
        """Hang up."""
        dev_handle.close()

    def get_configuration(self, dev_handle: _Connection) -> int:
        """Return the one that the device is in."""
        del dev_handle
        return self.configuration

    def set_configuration(self, dev_handle: _Connection, config_value: int) -> None:
        """Configure the device."""
        del dev_handle
        self.configuration = config_value

    def claim_interface(self, dev_handle: _Connection, intf: int) -> None:
        """Claim the only one.

        Raises:
            USBError: Somebody else has it, or the device is gone.
        """
        del intf
        if self.kernel_driver:
            raise _error(errno.EBUSY)
        dev_handle.claim()

    def release_interface(self, dev_handle: _Connection, intf: int) -> None:
        """Do nothing: closing lets go."""

    def is_kernel_driver_active(self, dev_handle: _Connection, intf: int) -> bool:
        """Return whether there is one."""
        del dev_handle, intf
        return self.kernel_driver

    def detach_kernel_driver(self, dev_handle: _Connection, intf: int) -> None:
        """Take it off."""
        del dev_handle, intf
        self.kernel_driver = False

    def clear_halt(self, dev_handle: _Connection, ep: int) -> None:
        """Do nothing: no pipe stalls here."""

    def ctrl_transfer(
        self,
        dev_handle: _Connection,
        bmRequestType: int,  # noqa: N803 - the library's name
        bRequest: int,  # noqa: N803 - the library's name
        wValue: int,  # noqa: N803 - the library's name
        wIndex: int,  # noqa: N803 - the library's name
        data: "array[int]",
        timeout: int,
    ) -> int:
        """Answer the questions for string descriptors."""
        del bmRequestType, bRequest, wIndex, timeout
        text = dev_handle.descriptor.serial if wValue & 0xFF == _SERIAL_INDEX else _LANGUAGE
        units = text.encode("utf-16-le")
        answer = bytes([len(units) + 2, 3]) + units
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(
        self, dev_handle: _Connection, ep: int, intf: int, data: "array[int]", timeout: int
    ) -> int:
        """Send through one pipe.

        Raises:
            USBError: The device is gone.
        """
        del intf, timeout
        dev_handle.put(ep, data.tobytes())
        return len(data)

    def bulk_read(self, dev_handle: _Connection, ep: int, intf: int, buff: "array[int]", timeout: int) -> int:
        """Receive from one pipe.

        Raises:
            USBError: The device is gone, or sends more than is asked for.
            USBTimeoutError: Nothing came.
        """
        del intf
        number, self.next_error = self.next_error, 0
        if number:
            raise _error(number)
        taken = dev_handle.take(ep, len(buff), timeout / 1000)
        buff[: len(taken)] = array("B", taken)
        return len(taken)


def _error(number: int) -> usb.core.USBError:
    return usb.core.USBError("as a real bus tells it", None, number)


def make(name: str, options: Mapping[str, Any]) -> SdtReader:
    """Return a reader on the bus that the option ``bus`` names.

    Raises:
        DeviceError: ``device.bad-option`` (service).
    """
    checked = read_options(name, {key: value for key, value in options.items() if key != "bus"})
    return SdtReader(name, checked, ReaderLine(name, checked, FolderUsb(Path(str(options["bus"])))))
