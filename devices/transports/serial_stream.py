"""A serial line on which the peer can ask for a pause; see ``devices.transports.byte_stream``.

What happens at the other end of a serial line is not seen: a peer that is switched off and on again leaves
the port as it was. Whoever needs to know has to find out from what the peer says.
"""

import fcntl
import struct
import termios
from typing import Final, Literal, Self

import serial

from devices.transports.descriptor import Descriptor, Held
from devices.transports.serial import Parity, PortGoneError, open_port

Flow = Literal["rts-cts", "dtr-dsr", "xon-xoff", "none"]
"""How the peer asks for a pause: by the contact that arrives as CTS, by the one that arrives as DSR, by the
bytes 0x13 and 0x11, or not at all."""

_PIECE_BYTES: Final = 64
"""With a contact that the kernel does not look at, at most so much may be under way when it opens: less than
what a printer has left when it asks for a pause (Epson TM-T88: 128 or 256 bytes)."""
_INPUT_FLAGS: Final = 0
"""Place of ``c_iflag`` among what ``termios.tcgetattr`` returns."""


class SerialStream:
    """One open port; use ``open``.

    Args:
        device: Logical name, for errors.
        port: An open port, owned from here on.
        held: Whether the peer asks for a pause now, or None where the kernel keeps pauses.
    """

    def __init__(self, device: str, port: serial.Serial, held: Held | None = None) -> None:
        self._device = device
        self._port = port
        piece = {} if held is None else {"piece_bytes": _PIECE_BYTES}
        self._bytes = Descriptor(port.fileno(), self._lost, held, **piece)

    @classmethod
    def open(cls, device: str, port: str, baud: int, parity: Parity, flow: Flow) -> Self:
        """Open a port for this process alone.

        Args:
            device: Logical name, for errors.
            port: As ``SerialLine.open``.
            baud: Speed of the line.
            parity: None, even or odd.
            flow: How the peer asks for a pause.

        Raises:
            DeviceError: As ``SerialLine.open``.
        """
        opened = open_port(device, port, baud, parity, rtscts=flow == "rts-cts")
        if flow == "xon-xoff":
            _pause_for_xoff(opened.fileno())
        return cls(device, opened, held_by_dsr(opened) if flow == "dtr-dsr" else None)

    def send(self, data: bytes, timeout_s: float, *, urgent: bool = False) -> bytes:
        """Send all of ``data`` and return what the peer said meanwhile.

        Raises:
            PortGoneError: The port vanished.
            LinkStalledError: Not everything was taken within ``timeout_s``.
        """
        return self._bytes.send(self._device, data, timeout_s, urgent=urgent)

    def receive(self, timeout_s: float) -> bytes:
        """Return what the peer has said, waiting up to ``timeout_s`` for the first byte; may be empty.

        Raises:
            PortGoneError: The port vanished.
        """
        return self._bytes.receive(timeout_s)

    def close(self) -> None:
        """Let go of the port and of what waits in it."""
        try:
            # HARDWARE: the kernel waits up to 30 s at closing for bytes that a paused peer never takes.
            self._port.reset_output_buffer()
        except (OSError, termios.error):
            pass  # the port is gone, and its bytes with it
        finally:
            self._port.close()

    def _lost(self, detail: str) -> PortGoneError:
        return PortGoneError(self._device, detail)


def _pause_for_xoff(descriptor: int) -> None:
    """Let the kernel pause for XOFF; a pause asked for by this end would be a byte amid a picture.

    HARDWARE: opening a port empties its input, and an XON on its way goes with it. One that something else
    keeps open would stay paused for ever: it was opened without IXON, which ends the pause (TCOON does not).
    """
    settings = termios.tcgetattr(descriptor)
    settings[_INPUT_FLAGS] |= termios.IXON
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)


def held_by_dsr(port: serial.Serial) -> Held:
    """Return what looks at DSR, and at how much has not left this machine yet.

    Linux pauses for CTS and for XOFF by itself, but for DSR not: a printer whose DTR is wired to DSR alone
    (Epson's own cables wire it to both) has to be watched from here.
    """

    def held() -> bool:
        return not port.dsr or _unsent_bytes(port.fileno()) > 0

    return held


def _unsent_bytes(descriptor: int) -> int:
    answer = fcntl.ioctl(descriptor, termios.TIOCOUTQ, struct.pack("i", 0))
    return struct.unpack("i", answer)[0]
