import time
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.errors import DeviceError, Remedy, Severity
from devices.journal import JobJournal
from devices.model import PrintOutcome
from devices.page_printer.cups_driver import CupsPrinter, make
from devices.sim.cups_bench import QUEUE, CupsBench
from tests.support.page_printers import (
    QUICK,
    code_of,
    complaint,
    left_behind,
    new_id,
    opened,
    pdf,
    printed,
    printing,
)
from tests.wire.puppets import until


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
def driver(bench: CupsBench) -> Generator[CupsPrinter]:
    with opened(bench) as driver:
        yield driver


@pytest.fixture
def patient(bench: CupsBench) -> Generator[CupsPrinter]:
    with opened(bench, stall_timeout_s=30.0) as driver:
        yield driver


def sheets(bench: CupsBench) -> int:
    return bench.printer.sheets


def test_paper_that_ends_in_the_middle_and_is_filled_up_costs_nothing_but_time(
    bench: CupsBench, patient: CupsPrinter
) -> None:
    bench.printer.paper_out(on=True, after_sheets=1)
    with printing(patient, pdf(3)) as job:
        assert bench.printer.wait_for_sheets(sheets(bench) + 1)
        until(lambda: bench.printer.stopped)
        assert not job.done()
        bench.printer.paper_out(on=False)
        assert job.result().outcome is PrintOutcome.PRINTED
    out = bench.printer.printed()[-1]
    assert (out.sheets, out.whole) == (3, True)


@pytest.mark.parametrize("code", ["pageprinter.paper-out", "pageprinter.jam"])
def test_a_printer_that_stays_stuck_on_the_second_page_is_given_up_and_prints_no_rest_later(
    bench: CupsBench, driver: CupsPrinter, code: str
) -> None:
    trouble = bench.printer.paper_out if code.endswith("out") else bench.printer.jam
    trouble(on=True, after_sheets=1)
    result = printed(driver, pdf(3))
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, code)
    assert code_of(driver) == code
    assert bench.printer.wait_for_rest()
    trouble(on=False)
    assert code_of(driver) == "device.ok"
    out = bench.printer.printed()[-1]
    assert (out.sheets, out.whole) == (1, False)


def test_a_queue_that_is_stopped_in_the_middle_prints_nothing_when_it_goes_on(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    bench.printer.slow(0.5)
    before = sheets(bench)
    with printing(driver, pdf(4)) as job:
        assert bench.printer.wait_for_sheets(before + 1)
        bench.server.pause(QUEUE, on=True)
        result = job.result()
    assert result.outcome is PrintOutcome.UNKNOWN
    bench.server.pause(QUEUE, on=False)
    assert bench.printer.wait_for_rest()
    assert bench.server.documents() == []
    assert sum(out.whole for out in bench.printer.printed()[-2:]) <= 1
    assert sheets(bench) - before <= 4


def test_a_printer_that_is_cut_off_in_the_middle_leaves_it_unknown(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    bench.printer.slow(0.2)
    before = sheets(bench)
    with printing(driver, pdf(3)) as job:
        assert bench.printer.wait_for_sheets(before + 1)
        bench.printer.offline(on=True)
        result = job.result()
    assert result.outcome is PrintOutcome.UNKNOWN
    assert bench.printer.wait_for_rest()
    bench.printer.offline(on=False)
    assert code_of(driver) == "device.ok"
    assert bench.server.documents() == []
    assert sheets(bench) - before == 3


def test_a_job_that_the_printer_gives_up_is_not_taken_for_printed(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    bench.printer.abort_next()
    result = printed(driver, pdf(2))
    assert result.outcome is PrintOutcome.UNKNOWN
    # CUPS watches the printer on two threads, and which of them sees the end first decides its word for it.
    assert result.code in {"pageprinter.no-confirmation", "pageprinter.cancelled"}


def test_a_printer_that_forgets_its_jobs_in_a_power_cut_leaves_it_unknown(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    bench.printer.slow(0.3)
    before = sheets(bench)
    with printing(driver, pdf(4)) as job:
        assert bench.printer.wait_for_sheets(before + 1)
        bench.printer.power_cycle()
        result = job.result()
    assert result.outcome is PrintOutcome.UNKNOWN
    assert not bench.printer.printed()[-1].whole


def test_a_document_that_takes_too_long_is_cancelled(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.slow(0.7)
    result = printed(driver, pdf(9), timeout_s=1.0)
    assert (result.outcome, result.code) == (PrintOutcome.UNKNOWN, "pageprinter.stalled")
    assert bench.printer.wait_for_rest()
    assert bench.printer.printed()[-1].sheets < 9


def test_a_print_that_is_broken_off_stops_the_paper(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.slow(0.5)
    before = sheets(bench)
    with printing(driver, pdf(9)) as job:
        assert bench.printer.wait_for_sheets(before + 1)
        driver.cancel()
        result = job.result()
    assert (result.outcome, result.code) == (PrintOutcome.UNKNOWN, "pageprinter.cancelled")
    assert bench.printer.wait_for_rest()
    assert not bench.printer.printed()[-1].whole
    assert bench.server.documents() == []


def test_a_print_that_is_broken_off_before_its_turn_is_known_not_to_have_come_out(
    bench: CupsBench, patient: CupsPrinter
) -> None:
    bench.printer.slow(0.5)
    with left_behind(bench, pdf(9), "of-somebody-else", title="other"), printing(patient, pdf(1)) as job:
        until(lambda: len(bench.server.documents()) == 2)
        patient.cancel()
        result = job.result()
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.cancelled")
    bench.server.cancel_everything()


def test_a_print_that_is_broken_off_as_it_begins_sends_nothing_and_the_next_one_prints(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    driver.allow()
    driver.cancel()
    result = printed(driver, pdf(1))
    assert bench.server.documents() == []
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.cancelled")
    driver.cancel()
    driver.allow()
    assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED


def test_what_a_dead_process_left_behind_is_cancelled_by_the_next_before_anything_else(
    bench: CupsBench,
) -> None:
    bench.printer.slow(0.5)
    before = len(bench.printer.printed())
    with left_behind(bench, pdf(9), "job-of-the-dead"):
        with opened(bench) as driver:
            assert driver.readings()["jobs-cancelled-at-start"] == 1
        assert bench.printer.wait_for_rest()
    assert not any(out.whole for out in bench.printer.printed()[before:])
    assert bench.server.documents() == []


def test_what_others_have_sent_is_left_alone(bench: CupsBench) -> None:
    before = len(bench.printer.printed())
    with left_behind(bench, pdf(2), "job-of-staff", title="other"):
        with opened(bench) as driver:
            assert driver.command("cancel.all", {}) == 0
        until(lambda: len(bench.printer.printed()) > before)
    assert bench.printer.printed()[-1].whole


@pytest.mark.parametrize(
    ("counted", "outcome"), [(2, PrintOutcome.PRINTED), (5, PrintOutcome.UNKNOWN)], ids=["whole", "part"]
)
def test_what_came_out_after_a_process_died_is_known_to_the_next(
    bench: CupsBench, tmp_path: Path, counted: int, outcome: PrintOutcome
) -> None:
    job_id, journal = new_id(), tmp_path / "documents"
    JobJournal("pageprinter-1", "some.code", journal).enter(job_id, PrintOutcome.UNKNOWN)
    with left_behind(bench, pdf(2), job_id, counted=counted) as ended:
        until(ended)
        before = len(bench.printer.printed())
        with opened(bench, journal=str(journal)) as driver:
            assert printed(driver, pdf(2), job_id).outcome is outcome
    assert len(bench.printer.printed()) == before


@pytest.mark.parametrize("spool", ["in-memory", "on-disk"])
def test_a_scheduler_killed_in_the_middle_and_started_anew_prints_nothing_twice(
    bench: CupsBench, driver: CupsPrinter, spool: str
) -> None:
    bench.printer.slow(0.4)
    before = len(bench.printer.printed())
    with printing(driver, pdf(3)) as job:
        assert bench.printer.wait_for_sheets(sheets(bench) + 1)
        bench.server.kill()
        bench.server.start(empty_spool=spool == "in-memory")
        result = job.result()
    assert (result.outcome, result.code) == (PrintOutcome.UNKNOWN, "pageprinter.scheduler-restarted")
    assert bench.printer.wait_for_rest()
    assert code_of(driver) == "device.ok"
    assert bench.server.documents() == []
    assert sum(out.whole for out in bench.printer.printed()[before:]) <= 1


def test_a_scheduler_that_is_away_is_waited_for_and_then_a_matter_for_service(bench: CupsBench) -> None:
    with opened(bench, service_after_s=0.3) as driver:
        bench.server.kill()
        first = complaint(driver)
        assert first is not None
        assert (first.code, first.remedy, first.severity) == (
            "pageprinter.service-down",
            Remedy.RETRY,
            Severity.BLOCK,
        )
        assert printed(driver, pdf(1)).outcome is PrintOutcome.NOT_PRINTED
        until(lambda: (error := complaint(driver)) is not None and error.remedy is Remedy.SERVICE)
        bench.server.start()
        assert code_of(driver) == "device.ok"
        assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED


def test_a_scheduler_that_is_away_at_the_start_is_found_when_it_comes(bench: CupsBench) -> None:
    bench.server.kill()
    driver = make("pageprinter-1", bench.options | QUICK)
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert caught.value.code == "pageprinter.service-down"
    bench.server.start()
    assert driver.open()["queue"] == QUEUE
    driver.close()


def test_a_scheduler_that_says_nothing_is_left_waiting_and_taken_back(bench: CupsBench) -> None:
    with opened(bench, ask_timeout_s=0.3) as driver:
        bench.server.freeze()
        began_s = time.monotonic()
        assert code_of(driver) == "pageprinter.service-silent"
        assert code_of(driver) == "pageprinter.service-silent"
        assert time.monotonic() - began_s < 5.0
        bench.server.thaw()
        until(lambda: code_of(driver) == "device.ok")


def test_a_scheduler_that_falls_silent_in_the_middle_changes_nothing_about_the_paper(
    bench: CupsBench,
) -> None:
    bench.printer.slow(0.3)
    with opened(bench, ask_timeout_s=0.2) as driver, printing(driver, pdf(3)) as job:
        assert bench.printer.wait_for_sheets(sheets(bench) + 1)
        bench.server.freeze()
        assert bench.printer.wait_for_sheets(sheets(bench) + 1)
        bench.server.thaw()
        assert job.result().outcome is PrintOutcome.PRINTED


def test_a_job_that_somebody_cancels_at_the_scheduler_is_over(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.slow(0.5)
    with printing(driver, pdf(9)) as job:
        assert bench.printer.wait_for_sheets(sheets(bench) + 1)
        bench.server.cancel_everything()
        result = job.result()
    assert (result.outcome, result.code) == (PrintOutcome.UNKNOWN, "pageprinter.cancelled")
