import os
import signal
import time
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.device_set import DeviceSet, open_devices
from devices.facades import PagePrinter
from devices.model import DeviceSpec, Kind, PrintOutcome, PrintResult
from devices.sim.cups_bench import CupsBench
from tests.support.page_printers import QUICK, new_id, pdf
from tests.support.promises import keeps
from tests.wire.puppets import Told, until

NAME = "pageprinter-1"
RECOVERED_WITHIN_S = 3.0


@pytest.fixture(scope="module")
def everything() -> Generator[CupsBench]:
    with CupsBench() as bench:
        yield bench


@pytest.fixture
def bench(everything: CupsBench) -> Generator[CupsBench]:
    yield everything
    everything.recover()
    assert everything.printer.wait_for_rest()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def devices(bench: CupsBench, told: Told, tmp_path: Path) -> Generator[DeviceSet]:
    options = bench.options | QUICK | {"journal": str(tmp_path / "documents"), "stall_timeout_s": 30.0}
    with open_devices([DeviceSpec(NAME, Kind.PAGE_PRINTER, "cups", options)], told) as devices:
        told.wait_for_codes("device.ok")
        yield devices


def printer_of(devices: DeviceSet) -> PagePrinter:
    assert devices.page_printer is not None
    return devices.page_printer


@contextmanager
def beside(devices: DeviceSet, document: bytes, job_id: str) -> Generator[Future[PrintResult]]:
    with ThreadPoolExecutor(1) as lane:
        yield lane.submit(printer_of(devices).print, document, job_id)


def kill(devices: DeviceSet) -> None:
    pid = devices.pid(NAME)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_a_document_of_five_megabytes_is_printed_without_a_file_of_ours(
    bench: CupsBench, devices: DeviceSet
) -> None:
    result = printer_of(devices).print(pdf(2, 5 * 2**20), new_id())
    assert result.outcome is PrintOutcome.PRINTED
    out = bench.printer.printed()[-1]
    assert (out.pages, out.whole) == (2, True)
    assert len(out.pdf) > 5 * 2**20
    assert bench.server.documents() == []


def test_supplies_are_known_to_the_program_and_change_with_the_printer(
    bench: CupsBench, devices: DeviceSet
) -> None:
    printer = printer_of(devices)
    until(lambda: [supply.percent for supply in printer.supplies()] == [80, 25])
    bench.printer.toner(61)
    until(lambda: printer.supplies()[0].percent == 61)
    assert [supply.is_waste for supply in printer.supplies()] == [False, True]


def test_a_driver_killed_in_the_middle_leaves_it_unknown_and_its_next_life_stops_the_paper(
    bench: CupsBench, devices: DeviceSet, told: Told
) -> None:
    bench.printer.slow(0.5)
    job_id = new_id()
    with beside(devices, pdf(9), job_id) as job:
        assert bench.printer.wait_for_sheets(bench.printer.sheets + 1)
        oks = told.codes().count("device.ok")
        kill(devices)
        assert job.result().outcome is PrintOutcome.UNKNOWN
    told.wait(lambda _: told.codes().count("device.ok") > oks)
    assert bench.printer.wait_for_rest()
    out = bench.printer.printed()[-1]
    assert not out.whole
    until(lambda: devices.statuses()[0].readings.get("jobs-cancelled-at-start") == 1)
    again = printer_of(devices).print(pdf(9), job_id)
    assert (again.outcome, again.code) == (PrintOutcome.UNKNOWN, "pageprinter.no-confirmation")
    assert bench.printer.printed()[-1] == out


def test_at_the_end_of_a_visit_everything_is_cancelled(bench: CupsBench, devices: DeviceSet) -> None:
    bench.printer.slow(0.5)
    with beside(devices, pdf(9), new_id()) as job:
        assert bench.printer.wait_for_sheets(bench.printer.sheets + 1)
        assert printer_of(devices).cancel_all() == 0
        assert job.result().code == "pageprinter.cancelled"
    assert bench.printer.wait_for_rest()
    assert not bench.printer.printed()[-1].whole
    assert bench.server.documents() == []


def test_the_device_is_back_within_three_seconds_of_its_scheduler(
    bench: CupsBench, devices: DeviceSet, told: Told
) -> None:
    def kill_and_start() -> tuple[float]:
        bench.server.kill()
        told.wait_for_codes("device.ok", "pageprinter.service-down")
        bench.server.start()
        began_s = time.monotonic()
        told.wait_for_codes("pageprinter.service-down", "device.ok")
        return (time.monotonic() - began_s,)

    assert keeps((RECOVERED_WITHIN_S,), kill_and_start)
    assert printer_of(devices).print(pdf(1), new_id()).outcome is PrintOutcome.PRINTED


def test_a_printer_that_is_unplugged_is_seen_within_a_second(
    bench: CupsBench, devices: DeviceSet, told: Told
) -> None:
    def unplug() -> tuple[float]:
        began_s = time.monotonic()
        bench.printer.offline(on=True)
        told.wait_for_codes("device.ok", "pageprinter.offline")
        seen_s = time.monotonic() - began_s
        bench.printer.offline(on=False)
        told.wait_for_codes("pageprinter.offline", "device.ok")
        return (seen_s,)

    assert keeps((1.0,), unplug)
    assert devices.health()[0].usable
