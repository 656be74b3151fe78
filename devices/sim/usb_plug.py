"""An identity card reader on a USB that is a folder: two pairs of bulk pipes through a Unix socket.

``usb_backend`` is the other end. One socket is one plugged-in device; whoever connects hears what the device
says of itself, and may then claim it. Every datagram begins with the pipe it goes through; 0 is the one for
control.
"""

import errno
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from devices.idcard.frame import HEAD_BYTES, body_bytes
from devices.sim.listening import Listener
from devices.sim.sdt_reader import ReaderCable, SimulatedSdtReader

HEAD_OUT, BODY_OUT, HEAD_IN, BODY_IN = 0x02, 0x06, 0x81, 0x85
CONTROL = 0
PACKET_BYTES = 64
CLAIM = b"claim"
SUFFIX = ".usb"
_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a device says of itself.

    Args:
        vendor: Vendor id.
        product: Product id.
        serial: Serial number, or ``""``.
        refusal: Number of the error that opening it ends with, or 0.
    """

    vendor: int = 0x0400
    product: int = 0xC35A
    serial: str = ""
    refusal: int = 0


class UsbPlug:
    """One plugged-in device: from its construction to ``unplug``.

    Args:
        path: Of its socket.
        descriptor: What it says of itself.
        on_bytes: Called with each whole message on a thread of the plug; may call ``send`` and ``rest``.
    """

    def __init__(
        self, path: Path, descriptor: Descriptor, on_bytes: Callable[[ReaderCable, bytes], None]
    ) -> None:
        self.baud = 0  # a bus has none
        self._path = path
        self._descriptor = descriptor
        self._on_bytes = on_bytes
        self._unplugged = threading.Event()
        self._lock = threading.Lock()
        self._owner: socket.socket | None = None
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listening.bind(str(path))
        listening.listen()
        self._listener = Listener(listening, self._serve)

    def send(self, data: bytes, at: int = 0) -> bool:
        """Let bytes out, those that stand before ``HEAD_BYTES`` in their message through the first pipe.

        Returns:
            False when the device was unplugged meanwhile, or nobody has it open.
        """
        cut = max(HEAD_BYTES - at, 0)
        for pipe, part in ((HEAD_IN, data[:cut]), (BODY_IN, data[cut:])):
            for start in range(0, len(part), PACKET_BYTES):
                if not self._put(pipe, part[start : start + PACKET_BYTES]):
                    return False
        return True

    def rest(self, pause_s: float) -> bool:
        """Wait; return whether the device was unplugged meanwhile."""
        return self._unplugged.wait(max(pause_s, 0.0))

    def unplug(self) -> None:
        """Take the device away under whoever has it open."""
        self._unplugged.set()
        self._path.unlink(missing_ok=True)
        self._listener.close()

    def _put(self, pipe: int, packet: bytes) -> bool:
        owner = self._owner
        if owner is None or self._unplugged.is_set():
            return False
        try:
            owner.send(bytes([pipe]) + packet)
        except OSError:
            return False
        return True

    def _serve(self, connection: socket.socket) -> None:
        connection.send(bytes([CONTROL]) + msgspec.msgpack.encode(self._descriptor))
        head = b""
        try:
            while packet := connection.recv(_LARGEST):
                pipe, data = packet[0], packet[1:]
                if pipe == CONTROL:
                    connection.send(bytes([CONTROL, self._claimed_by(connection)]))
                elif pipe == HEAD_OUT:
                    head = data
                elif pipe == BODY_OUT and len(head) == HEAD_BYTES and len(data) == body_bytes(head):
                    self._on_bytes(self, head + data)
        finally:
            with self._lock:
                if self._owner is connection:
                    self._owner = None

    def _claimed_by(self, connection: socket.socket) -> int:
        with self._lock:
            if self._owner not in {None, connection} and not _has_hung_up(self._owner):
                return errno.EBUSY
            self._owner = connection
            return 0


def _has_hung_up(connection: socket.socket | None) -> bool:
    """Return whether the other end was closed, which its own thread may not have noticed yet."""
    poll = select.poll()
    if connection is not None and connection.fileno() >= 0:
        poll.register(connection, 0)
        return bool(poll.poll(0))
    return True


class SimulatedUsbReader(SimulatedSdtReader):
    """A reader on the USB, from ``with`` to its end; its methods may be called from any thread.

    Args:
        bus: The folder that is the USB.
        name: Of the place where it is plugged in.
        descriptor: What it says of itself.
    """

    def __init__(self, bus: Path, name: str = "reader", descriptor: Descriptor | None = None) -> None:
        super().__init__(bus / (name + SUFFIX))
        self.bus = bus
        self.descriptor = descriptor or Descriptor()
        with suppress(FileExistsError):
            bus.mkdir()

    def _plug_in(self) -> ReaderCable:
        return UsbPlug(self.link_path, self.descriptor, self._hear)
