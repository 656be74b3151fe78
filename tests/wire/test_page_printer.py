import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.errors import DeviceError, Remedy, Severity
from devices.model import PrintOutcome
from devices.page_printer.cups_driver import CupsPrinter, make
from devices.sim.cups_bench import QUEUE, CupsBench
from tests.support.page_printers import QUICK, code_of, complaint, new_id, opened, pdf, printed

BROKEN_PDF = b"%PDF-1.7\n" + b"1 0 obj << nothing that follows makes sense\n" * 50


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


def test_a_document_comes_out_whole_in_as_many_copies_as_asked_for(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    result = printed(driver, pdf(3), "certificate-1", copies=2)
    assert (result.job_id, result.outcome, result.code) == ("certificate-1", PrintOutcome.PRINTED, None)
    out = bench.printer.printed()[-1]
    assert (out.pages, out.sheets, out.whole) == (3, 6, True)


def test_two_documents_come_out_in_the_order_in_which_they_were_sent(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    for pages in (2, 1):
        assert printed(driver, pdf(pages)).outcome is PrintOutcome.PRINTED
    assert [out.pages for out in bench.printer.printed()[-2:]] == [2, 1]


def test_the_same_job_is_not_printed_twice(bench: CupsBench, driver: CupsPrinter) -> None:
    job_id = new_id()
    assert printed(driver, pdf(1), job_id).outcome is PrintOutcome.PRINTED
    before = len(bench.printer.printed())
    assert printed(driver, pdf(1), job_id).outcome is PrintOutcome.PRINTED
    assert len(bench.printer.printed()) == before


def test_the_journal_keeps_a_job_from_being_printed_again_by_a_later_life(
    bench: CupsBench, tmp_path: Path
) -> None:
    job_id, journal = new_id(), str(tmp_path / "jobs")
    before = len(bench.printer.printed())
    for _ in range(2):
        with opened(bench, journal=journal) as driver:
            assert printed(driver, pdf(1), job_id).outcome is PrintOutcome.PRINTED
    assert len(bench.printer.printed()) == before + 1


def test_a_journal_that_cannot_be_written_stops_everything_before_paper_moves(
    bench: CupsBench, tmp_path: Path
) -> None:
    journal = tmp_path / "gone" / "jobs"
    with opened(bench, journal=str(journal)) as driver:
        before = len(bench.printer.printed())
        result = printed(driver, pdf(1))
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.journal-unwritable")
    assert len(bench.printer.printed()) == before


def test_a_broken_pdf_is_given_up_by_the_filter_and_hinders_no_other(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    result = printed(driver, BROKEN_PDF)
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.bad-document")
    assert bench.server.documents() == []
    assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED


@pytest.mark.parametrize("document", [b"", b"hello", b"\x89PNG" * 2000])
def test_what_is_no_pdf_never_leaves_this_process(driver: CupsPrinter, document: bytes) -> None:
    result = printed(driver, document)
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.bad-document")


def test_the_scheduler_learns_no_title_and_keeps_no_document(bench: CupsBench, driver: CupsPrinter) -> None:
    job_id = new_id()
    printed(driver, pdf(1), job_id)
    assert bench.server.documents() == []
    assert bench.server.history() == []
    said = next(line for line in bench.server.page_log() if job_id in line)
    assert " document " in said


@pytest.mark.parametrize("sides", ["one-sided", "two-sided-long-edge"])
def test_either_side_of_the_paper_can_be_printed_on(bench: CupsBench, sides: str) -> None:
    with opened(bench, sides=sides) as driver:
        assert printed(driver, pdf(3)).outcome is PrintOutcome.PRINTED


def test_supplies_and_paper_stand_in_the_readings(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.toner(42)
    assert code_of(driver) == "device.ok"
    readings = driver.readings()
    assert (readings["supply-1-name"], readings["supply-1-percent"]) == ("Black toner", 42)
    assert (readings["state"], readings["media-ready"]) == ("idle", "iso_a4_210x297mm")
    assert (readings["jobs-waiting"], readings["spool-kept"]) == (0, False)


def test_what_runs_low_warns_and_hinders_nothing(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.toner(8)
    toner = complaint(driver)
    assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED
    bench.printer.toner(80)
    bench.printer.paper(6)
    paper = complaint(driver)
    assert toner is not None
    assert paper is not None
    assert (toner.code, toner.severity) == ("pageprinter.toner-low", Severity.WARN)
    assert (paper.code, paper.remedy, paper.severity) == (
        "pageprinter.paper-low",
        Remedy.ATTENDANT,
        Severity.WARN,
    )


def test_what_is_used_up_blocks(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.toner(0)
    toner = complaint(driver)
    assert toner is not None
    assert (toner.code, toner.severity) == ("pageprinter.toner-empty", Severity.BLOCK)
    bench.printer.toner(80)
    bench.printer.paper_out(on=True)
    result = printed(driver, pdf(1))
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.paper-out")


def test_an_open_cover_is_seen_without_a_job(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.printer.cover_open(on=True)
    assert code_of(driver) == "pageprinter.cover-open"
    bench.printer.cover_open(on=False)
    assert code_of(driver) == "device.ok"


def test_a_printer_that_is_off_is_seen_at_once_and_gets_no_document(
    bench: CupsBench, driver: CupsPrinter
) -> None:
    bench.printer.offline(on=True)
    assert code_of(driver) == "pageprinter.offline"
    assert driver.readings()["state"] == "unknown"
    result = printed(driver, pdf(1))
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.offline")
    bench.printer.offline(on=False)
    assert code_of(driver) == "device.ok"
    assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED


def test_a_queue_that_is_stopped_or_takes_nothing_says_so(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.server.reject(QUEUE, on=True)
    assert code_of(driver) == "pageprinter.queue-rejects"
    assert printed(driver, pdf(1)).code == "pageprinter.queue-rejects"
    bench.server.pause(QUEUE, on=True)
    assert code_of(driver) == "pageprinter.queue-stopped"
    result = printed(driver, pdf(1))
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.queue-stopped")
    bench.server.reject(QUEUE, on=False)
    bench.server.pause(QUEUE, on=False)
    assert code_of(driver) == "device.ok"


def test_a_queue_that_would_print_a_failed_job_again_gets_none(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.server.set_policy(QUEUE, "retry-job")
    error = complaint(driver)
    result = printed(driver, pdf(1))
    bench.server.set_policy(QUEUE, "abort-job")
    assert error is not None
    assert (error.code, error.remedy) == ("pageprinter.unsafe-queue", Remedy.SERVICE)
    assert "retry-job" in error.detail
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.unsafe-queue")
    assert code_of(driver) == "device.ok"


def test_a_queue_that_holds_jobs_back_prints_none_later(bench: CupsBench, driver: CupsPrinter) -> None:
    bench.server.hold_new_jobs(QUEUE, on=True)
    before = len(bench.printer.printed())
    result = printed(driver, pdf(1))
    bench.server.hold_new_jobs(QUEUE, on=False)
    assert (result.outcome, result.code) == (PrintOutcome.NOT_PRINTED, "pageprinter.held")
    assert bench.server.documents() == []
    assert len(bench.printer.printed()) == before


def test_a_queue_that_is_missing_is_absent_until_it_is_made(bench: CupsBench) -> None:
    driver = make("pageprinter-1", bench.options | QUICK | {"queue": "other"})
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("device.absent", Remedy.SERVICE)
    bench.server.add_queue("other", bench.printer.uri)
    assert driver.open()["model"] == "Simulated A4"
    bench.server.remove_queue("other")
    assert code_of(driver) == "device.absent"
    driver.close()


def test_a_printer_whose_queue_hides_it_is_asked_where_the_options_say(bench: CupsBench) -> None:
    with opened(bench, printer=bench.printer.uri) as driver:
        bench.printer.jam(on=True)
        assert code_of(driver) == "pageprinter.jam"


def test_a_scheduler_that_keeps_documents_has_them_taken_away(bench: CupsBench) -> None:
    bench.server.set_up(keep_documents=True)
    with opened(bench) as driver:
        assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED
        assert bench.server.documents() == []
        assert code_of(driver) == "device.ok"
    bench.server.set_up()


def test_a_scheduler_that_will_not_let_go_of_documents_is_a_matter_for_service(bench: CupsBench) -> None:
    bench.server.set_up(keep_documents=True, forbid_cancel=True)
    with opened(bench) as driver:
        assert printed(driver, pdf(1)).outcome is PrintOutcome.PRINTED
        error = complaint(driver)
        assert driver.readings()["spool-kept"] is True
    bench.server.set_up()
    assert error is not None
    assert (error.code, error.remedy, error.severity) == (
        "pageprinter.spool-kept",
        Remedy.SERVICE,
        Severity.WARN,
    )


def test_without_the_binding_the_fault_says_what_to_install(
    bench: CupsBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cups", None)
    driver = make("pageprinter-1", bench.options)
    with pytest.raises(DeviceError) as caught:
        driver.open()
    assert (caught.value.code, caught.value.remedy) == ("pageprinter.cups-absent", Remedy.SERVICE)
    driver.close()
