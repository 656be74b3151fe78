"""Two pairs of USB bulk pipes to a device that sends the head of a message and its body on different ones."""

import errno
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

import usb.core
import usb.util
from usb.backend import IBackend

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.transports.serial import PORT_DENIED, PORT_IN_USE, PortGoneError
from devices.transports.usb_ids import UsbId

if TYPE_CHECKING:
    from array import array

HEAD_OUT: Final = 0x02
BODY_OUT: Final = 0x06
HEAD_IN: Final = 0x81
BODY_IN: Final = 0x85

_INTERFACE: Final = 0
_PACKET_BYTES: Final = 64  # of a full-speed bulk pipe; reads of whole packets never overflow
_DRAIN_MS: Final = 1  # 0 would wait for ever
_DRAIN_S: Final = 0.1
_REFUSALS: Final = {
    errno.EACCES: PORT_DENIED,
    errno.EPERM: PORT_DENIED,
    errno.EBUSY: PORT_IN_USE,
}
_LOST_A_MESSAGE: Final = frozenset({errno.EPIPE, errno.EOVERFLOW})


class _Device(Protocol):
    """What is used of ``usb.core.Device``."""

    iSerialNumber: int  # noqa: N815 - the name in the USB standard

    def get_active_configuration(self) -> object: ...
    def set_configuration(self) -> None: ...
    def is_kernel_driver_active(self, interface: int) -> bool: ...
    def detach_kernel_driver(self, interface: int) -> None: ...
    def clear_halt(self, ep: int) -> None: ...
    def write(self, endpoint: int, data: bytes, timeout: int) -> int: ...
    def read(self, endpoint: int, size_or_buffer: int, timeout: int) -> "array[int]": ...


_core: Any = usb.core  # the library carries no types
_util: Any = usb.util
_find: Callable[..., Iterable[_Device]] = _core.find
_get_string: Callable[[_Device, int], str | None] = _util.get_string
_claim: Callable[[_Device, int], None] = _util.claim_interface
_dispose: Callable[[_Device], None] = _util.dispose_resources


@dataclass(frozen=True, slots=True)
class Split:
    """Where a message is parted.

    Args:
        head_bytes: What goes through the first pair of pipes.
        body_bytes: From a head to the number of bytes that follow through the second pair.
    """

    head_bytes: int
    body_bytes: Callable[[bytes], int]


class UsbPipes:
    """One open device; use ``open``.

    Args:
        device: Logical name, for errors.
        handle: The device, claimed, owned from here on.
        split: Where messages are parted.
    """

    def __init__(self, device: str, handle: _Device, split: Split) -> None:
        self._device = device
        self._handle = handle
        self._split = split
        self._head = bytearray()
        self._awaited_bytes = 0

    @classmethod
    def open(cls, device: str, usb_id: UsbId, split: Split, backend: IBackend | None = None) -> Self:
        """Open a device for this process alone.

        Args:
            device: Logical name, for errors.
            usb_id: Which; the first one found where no serial number tells.
            split: Where messages are parted.
            backend: What reaches the bus; the system's libusb unless told.

        Raises:
            DeviceError: ``device.absent`` when there is none, ``device.port-denied`` when this user may not,
                ``device.port-in-use`` when another process has it, ``device.driver-missing`` without libusb;
                all service.
        """
        handle = _sought(device, usb_id, backend)
        try:
            _prepare(handle)
        except usb.core.USBError as error:
            _dispose(handle)
            raise _refusal(device, usb_id, error) from error
        return cls(device, handle, split)

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send one message.

        Raises:
            PortGoneError: The device vanished, or takes no more bytes within ``timeout_s``.
        """
        cut = self._split.head_bytes
        self._head.clear()
        self._awaited_bytes = 0
        try:
            for pipe, part in ((HEAD_OUT, data[:cut]), (BODY_OUT, data[cut:])):
                self._handle.write(pipe, part, _milliseconds(timeout_s))
        except usb.core.USBError as error:
            self._forgive(error, HEAD_OUT, BODY_OUT)

    def receive(self, timeout_s: float) -> bytes:
        """Return what has come, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            PortGoneError: The device vanished.
        """
        if self._awaited_bytes > 0:
            data = self._read(BODY_IN, _whole_packets(self._awaited_bytes), _milliseconds(timeout_s))
            self._awaited_bytes -= len(data)
            return data
        data = self._read(HEAD_IN, _PACKET_BYTES, _milliseconds(timeout_s))
        self._head += data
        if len(self._head) >= self._split.head_bytes:
            self._awaited_bytes = self._split.body_bytes(bytes(self._head[: self._split.head_bytes]))
            self._head.clear()
        return data

    def drain(self) -> None:
        """Forget what has come; also tells a device that vanished while nobody asked.

        Raises:
            PortGoneError: The device vanished.
        """
        self._head.clear()
        self._awaited_bytes = 0
        deadline_s = time.monotonic() + _DRAIN_S
        for pipe in (HEAD_IN, BODY_IN):
            while self._read(pipe, _PACKET_BYTES, _DRAIN_MS) and time.monotonic() < deadline_s:
                pass

    def close(self) -> None:
        """Let go of the device."""
        with suppress(usb.core.USBError):  # it may have vanished
            _dispose(self._handle)

    def _read(self, pipe: int, size: int, timeout_ms: int) -> bytes:
        try:
            buffer = self._handle.read(pipe, size, timeout_ms)
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            self._forgive(error, pipe)
            return b""
        data = buffer.tobytes()
        memoryview(buffer)[:] = bytes(len(data))  # may be a person
        return data

    def _forgive(self, error: usb.core.USBError, *pipes: int) -> None:
        """Go on after an error that cost a message; anything else means that the device is gone."""
        if error.errno not in _LOST_A_MESSAGE:
            raise PortGoneError(self._device, str(error)) from error
        try:
            for pipe in pipes:
                self._handle.clear_halt(pipe)
        except usb.core.USBError as worse:
            raise PortGoneError(self._device, str(worse)) from worse


def _sought(device: str, usb_id: UsbId, backend: IBackend | None) -> _Device:
    try:
        return next(_candidates(device, usb_id, backend))
    except StopIteration:
        raise DeviceError(device, ABSENT, Remedy.SERVICE, f"no {usb_id} on the USB") from None
    except usb.core.NoBackendError as error:
        detail = "libusb-1.0 is not installed"
        raise DeviceError(device, "device.driver-missing", Remedy.SERVICE, detail) from error
    except usb.core.USBError as error:
        raise _refusal(device, usb_id, error) from error


def _candidates(device: str, usb_id: UsbId, backend: IBackend | None) -> Iterator[_Device]:
    wanted: dict[str, Any] = {"idVendor": int(usb_id.vendor, 16), "idProduct": int(usb_id.product, 16)}
    unreadable: Exception | None = None
    for handle in _find(find_all=True, backend=backend, **wanted):
        if not usb_id.serial:
            yield handle
        try:
            serial = _get_string(handle, handle.iSerialNumber)
        except (usb.core.USBError, ValueError) as error:  # pyusb says ValueError where opening is denied
            unreadable = error
        else:
            if serial == usb_id.serial:
                yield handle
        _dispose(handle)
    if unreadable is not None:
        detail = f"{usb_id}: the serial number cannot be read: {unreadable}"
        raise DeviceError(device, PORT_DENIED, Remedy.SERVICE, detail)


def _prepare(handle: _Device) -> None:
    with suppress(NotImplementedError):  # not every system has drivers that can be detached
        if handle.is_kernel_driver_active(_INTERFACE):
            handle.detach_kernel_driver(_INTERFACE)
    try:
        handle.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
        # Only a device that has none gets one: setting it resets what a reader is about.
        handle.set_configuration()
    _claim(handle, _INTERFACE)


def _refusal(device: str, usb_id: UsbId, error: usb.core.USBError) -> DeviceError:
    code = _REFUSALS.get(error.errno or 0, ABSENT)
    return DeviceError(device, code, Remedy.SERVICE, f"{usb_id}: {error}")


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _whole_packets(size: int) -> int:
    return -(-size // _PACKET_BYTES) * _PACKET_BYTES
