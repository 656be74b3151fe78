"""What the tests of the A4 printer share: documents, and a print that goes on beside the test."""

import io
import os
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import Any

import pikepdf

from devices.errors import DeviceError, Remedy
from devices.jobs import result_from
from devices.model import PrintResult
from devices.page_printer.cups_driver import CupsPrinter, make
from devices.page_printer.cups_port import CupsPort
from devices.page_printer.job import ID_ATTRIBUTE, JOB_ATTRIBUTES, TITLE, job_status, label
from devices.sim.cups_bench import QUEUE, CupsBench

_NUMBERS = count(1)
QUICK = {"look_s": 0.1, "ask_timeout_s": 2.0, "stall_timeout_s": 0.6}


def pdf(pages: int, ballast_bytes: int = 0) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.Root.Ballast = document.make_indirect(pikepdf.Stream(document, os.urandom(ballast_bytes)))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def new_id() -> str:
    return f"job-{next(_NUMBERS)}"


@contextmanager
def opened(bench: CupsBench, **options: Any) -> Generator[CupsPrinter]:
    driver = make("pageprinter-1", bench.options | QUICK | options)
    try:
        driver.open()
        yield driver
    finally:
        driver.close()


def printed(
    driver: CupsPrinter, document: bytes, job_id: str = "", copies: int = 1, timeout_s: float = 20.0
) -> PrintResult:
    arguments = {"job_id": job_id or new_id(), "copies": copies, "timeout_s": timeout_s, "document": document}
    answer = driver.command("print", arguments)
    assert isinstance(answer, dict)
    return result_from(answer)


@contextmanager
def printing(driver: CupsPrinter, document: bytes, timeout_s: float = 20.0) -> Generator[Future[PrintResult]]:
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(printed, driver, document, new_id(), 1, timeout_s)


@contextmanager
def left_behind(
    bench: CupsBench, document: bytes, job_id: str, title: str = TITLE, counted: int = 0
) -> Generator[Callable[[], bool]]:
    """Send what nobody follows, and tell when the scheduler is through with it."""
    port = CupsPort(
        "pageprinter-1", str(bench.server.socket_path), 5.0, lambda away: _unreachable(away.detail)
    )
    number = port.create(QUEUE, title, {ID_ATTRIBUTE: label(job_id, counted), "page-logging": "off"})
    port.send(QUEUE, number, title, memoryview(document), 5.0)
    yield lambda: job_status(port.job(number, JOB_ATTRIBUTES)).ended
    port.close()


def _unreachable(detail: str) -> DeviceError:
    return DeviceError("pageprinter-1", "device.absent", Remedy.SERVICE, detail)


def complaint(driver: CupsPrinter) -> DeviceError | None:
    try:
        driver.tick()
    except DeviceError as error:
        return error
    return None


def code_of(driver: CupsPrinter) -> str:
    error = complaint(driver)
    return "device.ok" if error is None else error.code
