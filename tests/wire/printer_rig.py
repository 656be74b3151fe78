from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from devices.errors import DeviceError, Remedy
from devices.jobs import job_arguments, result_from
from devices.model import Block, PrintJob, PrintResult, QrBlock, TextBlock
from devices.printer.encode import Slip, encode_slip
from devices.printer.escpos import EscposPrinter, make_serial, make_tcp, make_usb
from devices.printer.fonts import find_fonts
from devices.printer.raster import draw_slip
from devices.sim.escpos_printer import (
    PrinterBody,
    SimulatedPrinter,
    SimulatedSerialPrinter,
    SimulatedUsbPrinter,
)

Link = Literal["tcp", "serial", "usb"]
LINKS: tuple[Link, ...] = ("tcp", "serial", "usb")
QR_DATA = "https://acceptance.example/p/BA-2026-00001234"
BLOCKS: tuple[Block, ...] = (TextBlock("业务受理回执", "large", "centre", bold=True), QrBlock(QR_DATA))
PICTURE = draw_slip("printer-1", BLOCKS, 576, find_fonts("printer-1"))
GREETING_BYTES = 3
CUT_BYTES = 6
QUICK = {
    "chunk_timeout_s": 1.0,
    "answer_timeout_s": 1.0,
    "barrier_timeout_s": 1.5,
    "settle_timeout_s": 0.15,
}


@dataclass(frozen=True, slots=True)
class Rig:
    link: Link
    paper: PrinterBody
    driver: EscposPrinter
    options: Mapping[str, Any]

    @property
    def slip(self) -> Slip:
        return encode_slip(PICTURE, guarded=self.link == "serial")

    @property
    def slip_bytes(self) -> int:
        return GREETING_BYTES + len(self.slip.body)

    def printed(self, job_id: str = "slip-1", reprint: int = 0) -> PrintResult:
        return printed(self.driver, PrintJob(job_id, BLOCKS, reprint))

    def health(self) -> tuple[str, Remedy] | None:
        return health(self.driver)

    def whole_slips(self) -> int:
        return sum(map(whole, self.paper.slips()))

    def successor(self, **more: Any) -> EscposPrinter:
        return maker(self.link)("printer-1", {**self.options, **more})


def printed(driver: EscposPrinter, job: PrintJob) -> PrintResult:
    return result_from(driver.command("print", job_arguments(job)))


def health(driver: EscposPrinter) -> tuple[str, Remedy] | None:
    try:
        driver.tick()
    except DeviceError as error:
        return error.code, error.remedy
    return None


def maker(link: Link) -> Any:
    return {"tcp": make_tcp, "serial": make_serial, "usb": make_usb}[link]


@contextmanager
def open_rig(link: Link, folder: Path, paper_mm: int = 80, **more: Any) -> Generator[Rig]:
    with _simulated(link, folder, paper_mm) as paper:
        options = {
            **_place(paper),
            **QUICK,
            "paper_mm": paper_mm,
            "journal": str(folder / "jobs.jsonl"),
            **more,
        }
        driver = maker(link)("printer-1", options)
        driver.open()
        try:
            yield Rig(link, paper, driver, options)
        finally:
            driver.close()


def _simulated(link: Link, folder: Path, paper_mm: int) -> PrinterBody:
    match link:
        case "tcp":
            return SimulatedPrinter(folder / "slips", paper_mm=paper_mm)
        case "serial":
            return SimulatedSerialPrinter(folder / "slips", folder / "ttyS", paper_mm)
        case "usb":
            return SimulatedUsbPrinter(folder / "slips", folder / "lp0", paper_mm)


def _place(paper: PrinterBody) -> Mapping[str, Any]:
    match paper:
        case SimulatedPrinter():
            return {"host": "127.0.0.1", "port": paper.port}
        case SimulatedSerialPrinter():
            return {"port": str(paper.link_path), "flow": "none"}
        case SimulatedUsbPrinter():
            return {"port": str(paper.link_path)}
        case _:
            raise TypeError(paper)


def dots(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture)


def ink(path: Path) -> int:
    return int(np.count_nonzero(dots(path) == 0))


def whole(path: Path) -> bool:
    burnt = PICTURE.width * PICTURE.height - np.count_nonzero(np.asarray(PICTURE))
    codes = [found.text for found in zxingcpp.read_barcodes(dots(path))]
    return ink(path) >= int(burnt) and codes == [QR_DATA]
