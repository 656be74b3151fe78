"""Options of the receipt printer drivers in the terminal profile."""

from typing import Annotated, Literal

import msgspec

from devices.printer.fonts import FOLDER
from devices.transports.byte_stream import ByteStream
from devices.transports.serial import Parity
from devices.transports.serial_stream import Flow, SerialStream
from devices.transports.tcp import TcpStream
from devices.transports.usb_lp import UsbLpStream

_Seconds = Annotated[float, msgspec.Meta(gt=0, le=60)]
_Name = Annotated[str, msgspec.Meta(min_length=1)]


class PrinterOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all receipt printers have in common, whatever they hang on.

    Args:
        paper_mm: Width of the roll.
        model: What the printer must say of itself to GS I, or "" for any; a printer that says something else
            prints nothing.
        status: ``none`` for a printer that answers no DLE EOT: it prints, and nobody knows what became of it.
        chunk_timeout_s: Within which it must take 4 KiB.
        answer_timeout_s: Within which it must answer a question.
        barrier_timeout_s: Within which it must finish after the last byte.
        settle_timeout_s: Of quiet after which a printer has nothing more to say about a slip that failed;
            longer than it takes to cut.
        journal: File in which outcomes survive a restart, or None.
        font_dir: Where the Noto CJK collections lie.
    """

    paper_mm: Literal[58, 80] = 80
    model: str = ""
    status: Literal["required", "none"] = "required"
    chunk_timeout_s: _Seconds = 5.0
    answer_timeout_s: _Seconds = 0.5
    barrier_timeout_s: _Seconds = 8.0
    settle_timeout_s: _Seconds = 2.0
    journal: str | None = None
    font_dir: str = str(FOLDER)

    @property
    def breaks(self) -> bool:
        """Whether the line breaks when the printer loses power, so that it cannot happen unseen."""
        return True

    def send_limit_s(self, size_bytes: int) -> float:
        """Return within which time a slip of this size must be taken."""
        del size_bytes
        return 10.0

    def dial(self, device: str) -> ByteStream:
        """Open a connection to the printer.

        Raises:
            DeviceError: ``device.absent`` or the transport's own (service).
        """
        raise NotImplementedError


class TcpOptions(PrinterOptions, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of ``escpos-tcp``.

    Args:
        host: Name or address of the printer.
        port: TCP port, 9100 on nearly all printers.
        connect_timeout_s: Within which the printer must accept a connection.
    """

    host: _Name
    port: Annotated[int, msgspec.Meta(gt=0, lt=65536)] = 9100
    connect_timeout_s: _Seconds = 1.0

    def dial(self, device: str) -> ByteStream:
        """Connect; see ``PrinterOptions.dial``."""
        return TcpStream.connect(device, self.host, self.port, self.connect_timeout_s)


class SerialOptions(PrinterOptions, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of ``escpos-serial``.

    Args:
        port: Path of the serial port, or ``usb:vid:pid[:serial]`` of its converter.
        baud: As the printer's switches say; slips are pictures of some 90 KiB, which slower lines carry too
            slowly.
        parity: Likewise.
        flow: How the printer asks for a pause; as its switches say and its cable is wired.
    """

    port: _Name
    baud: Literal[38400, 57600, 115200] = 115200
    parity: Parity = "N"
    flow: Flow = "rts-cts"

    @property
    def breaks(self) -> bool:
        """The port stays what it was while the printer is off."""
        return False

    def send_limit_s(self, size_bytes: int) -> float:
        """Add what the line needs: ten bits a byte, and half as much for pauses."""
        return 10.0 + 1.5 * size_bytes * 10 / self.baud

    def dial(self, device: str) -> ByteStream:
        """Open the port; see ``PrinterOptions.dial``."""
        return SerialStream.open(device, self.port, self.baud, self.parity, self.flow)


class UsbOptions(PrinterOptions, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of ``escpos-usb``.

    Args:
        port: Device of the kernel's ``usblp``, or best ``usb:vid:pid[:serial]`` of the printer.
    """

    port: _Name = "/dev/usb/lp0"

    def dial(self, device: str) -> ByteStream:
        """Open the device; see ``PrinterOptions.dial``."""
        return UsbLpStream.open(device, self.port)
