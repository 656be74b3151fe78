"""Receipt printers that interpret ESC/POS, draw every slip as a PNG, and can misbehave; one for each wire."""

from pathlib import Path

from devices.sim.escpos.body import PrinterBody
from devices.sim.escpos.registers import Mishap, Trouble
from devices.sim.escpos.wires import PtyWire, TcpWire

__all__ = [
    "Mishap",
    "PrinterBody",
    "SimulatedPrinter",
    "SimulatedSerialPrinter",
    "SimulatedUsbPrinter",
    "Trouble",
]


class SimulatedPrinter(PrinterBody):
    """One printer on a TCP port, with room for one connection.

    Args:
        out_dir: Where ``slip-001.png`` and so on appear, one for each cut.
        paper_mm: 58 or 80.
    """

    def __init__(self, out_dir: Path, paper_mm: int = 80) -> None:
        wire = TcpWire()
        self.port = wire.port
        super().__init__(out_dir, wire, paper_mm)


class SimulatedSerialPrinter(PrinterBody):
    """One printer on a serial line.

    Args:
        out_dir: Where ``slip-001.png`` and so on appear, one for each cut.
        link_path: Where the driver finds the port.
        paper_mm: 58 or 80.
        xon_xoff: Whether it asks for a pause by XOFF.
    """

    def __init__(self, out_dir: Path, link_path: Path, paper_mm: int = 80, *, xon_xoff: bool = False) -> None:
        self.link_path = link_path
        super().__init__(out_dir, PtyWire(link_path, usb=False, xon_xoff=xon_xoff), paper_mm)


class SimulatedUsbPrinter(PrinterBody):
    """One printer of the USB printer class; see ``PtyWire`` for what the real one does otherwise.

    Args:
        out_dir: Where ``slip-001.png`` and so on appear, one for each cut.
        link_path: Where the driver finds the device.
        paper_mm: 58 or 80.
    """

    def __init__(self, out_dir: Path, link_path: Path, paper_mm: int = 80) -> None:
        self.link_path = link_path
        super().__init__(out_dir, PtyWire(link_path, usb=True), paper_mm)
