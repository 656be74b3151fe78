"""A serial line to a device: bytes out, bytes in, each with a deadline."""

import errno
import termios
from pathlib import Path
from typing import Final, Literal, Self

import serial

from devices.errors import DeviceError, Remedy
from devices.health import ABSENT
from devices.transports.byte_stream import LinkLostError
from devices.transports.usb_ids import resolve_port

PORT_GONE: Final = "device.port-gone"
PORT_DENIED: Final = "device.port-denied"
PORT_IN_USE: Final = "device.port-in-use"

_REFUSALS: Final = {
    errno.EACCES: PORT_DENIED,
    errno.EPERM: PORT_DENIED,
    errno.EBUSY: PORT_IN_USE,
    errno.EAGAIN: PORT_IN_USE,  # another process holds the exclusive lock
}

Parity = Literal["N", "E", "O"]

# pyserial raises SerialException for most, the plain OSError for some, and termios.error for the rest.
_FAILURES: Final = (OSError, termios.error)


class PortGoneError(LinkLostError):
    """The port vanished under the connection, unplugged most likely: ``device.port-gone`` (service)."""

    def __init__(self, device: str, detail: str) -> None:
        super().__init__(device, detail, PORT_GONE, Remedy.SERVICE)


def open_port(
    device: str, port: str, baud: int, parity: Parity = "N", *, rtscts: bool = False
) -> serial.Serial:
    """Open a port for this process alone; arguments and errors as ``SerialLine.open``.

    Args:
        device: Logical name, for errors.
        port: Path of the port, or the USB device it is of.
        baud: Speed of the line.
        parity: None, even or odd.
        rtscts: Whether the peer pauses this end by the contact CTS, kept by the kernel.
    """
    path = resolve_port(device, port)
    if not Path(path).exists():
        raise DeviceError(device, ABSENT, Remedy.SERVICE, f"no {path}")
    try:
        return serial.Serial(path, baud, parity=parity, timeout=0, exclusive=True, rtscts=rtscts)
    except _FAILURES as error:
        code = _REFUSALS.get(getattr(error, "errno", None) or 0, ABSENT)
        raise DeviceError(device, code, Remedy.SERVICE, f"{path}: {error}") from error


class SerialLine:
    """One open port, 8 data bits, 1 stop bit, no flow control; use ``open``.

    Args:
        device: Logical name, for errors.
        port: An open port, owned from here on.
    """

    def __init__(self, device: str, port: serial.Serial) -> None:
        self._device = device
        self._port = port

    @classmethod
    def open(cls, device: str, port: str, baud: int, parity: Parity = "N") -> Self:
        """Open a port for this process alone.

        Args:
            device: Logical name, for errors.
            port: Path of the port, or the USB device it is of: ``usb:vid:pid`` or ``usb:vid:pid:serial``.
            baud: Speed of the line.
            parity: None, even or odd.

        Raises:
            DeviceError: ``device.absent`` when there is none, ``device.port-denied`` when this user may not,
                ``device.port-in-use`` when another process has it, ``device.ambiguous`` when more than one
                fits, ``device.bad-option`` when ``port`` is no USB id though it begins like one; all service.
        """
        opened = open_port(device, port, baud, parity)
        return cls(device, opened)

    def send(self, data: bytes, timeout_s: float) -> None:
        """Send all of ``data``.

        Raises:
            PortGoneError: The port vanished, or takes no more bytes within ``timeout_s``.
        """
        try:
            self._port.write_timeout = timeout_s
            self._port.write(data)
        except _FAILURES as error:
            raise PortGoneError(self._device, str(error)) from error

    def receive(self, timeout_s: float) -> bytes:
        """Return what has come, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            PortGoneError: The port vanished.
        """
        try:
            self._port.timeout = timeout_s
            first = self._port.read(1)
            return first + self._port.read(self._port.in_waiting) if first else b""
        except _FAILURES as error:
            raise PortGoneError(self._device, str(error)) from error

    def drain(self) -> None:
        """Forget what has come; also tells a port that vanished while nobody asked.

        Raises:
            PortGoneError: The port vanished.
        """
        try:
            # The flush alone succeeds on a line that was hung up; asking for the count does not.
            if self._port.in_waiting:
                self._port.reset_input_buffer()
        except _FAILURES as error:
            raise PortGoneError(self._device, str(error)) from error

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()
