import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from devices.errors import DeviceError, Remedy
from devices.jobs import job_arguments, result_from
from devices.model import PairBlock, PrintJob, PrintOutcome, PrintResult, QrBlock, RuleBlock, TextBlock
from devices.printer.encode import encode_body, encode_cut
from devices.printer.escpos import EscposPrinter, make
from devices.printer.fonts import find_fonts
from devices.printer.raster import draw_slip
from devices.sim.escpos_printer import Mishap, SimulatedPrinter, Trouble

QR_DATA = "https://acceptance.example/p/BA-2026-00001234"
BLOCKS = (
    TextBlock("业务受理回执", "huge", "centre", bold=True),
    RuleBlock(),
    PairBlock("受理编号", "BA-2026-00001234"),
    QrBlock(QR_DATA),
)
SLIP = draw_slip("printer-1", BLOCKS, 576, find_fonts("printer-1"))
BODY_BYTES = len(encode_body(SLIP))
BARRIER_BYTES = 3


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter(tmp_path / "slips") as printer:
        yield printer


@pytest.fixture
def driver(paper: SimulatedPrinter, tmp_path: Path) -> Iterator[EscposPrinter]:
    printer = make("printer-1", options(paper, journal=str(tmp_path / "jobs.jsonl")))
    printer.open()
    printer.tick()
    yield printer
    printer.close()


def options(paper: SimulatedPrinter, **more: Any) -> Mapping[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": paper.port,
        "chunk_timeout_s": 0.5,
        "barrier_timeout_s": 0.7,
        "settle_timeout_s": 0.3,
        **more,
    }


def printed(driver: EscposPrinter, job_id: str = "slip-1") -> PrintResult:
    answer = driver.command("print", job_arguments(PrintJob(job_id, BLOCKS)))
    assert isinstance(answer, Mapping)
    return result_from(answer)


def health(driver: EscposPrinter) -> tuple[str, Remedy] | None:
    try:
        driver.tick()
    except DeviceError as error:
        return error.code, error.remedy
    return None


def dots(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture)


def whole(path: Path) -> bool:
    return [found.text for found in zxingcpp.read_barcodes(dots(path))] == [QR_DATA]


def test_a_slip_comes_out_dot_for_dot_and_its_code_reads_back(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.PRINTED)
    (path,) = paper.slips()
    assert whole(path)
    on_paper = dots(path)[:, 32:-32]
    burnt = on_paper[np.flatnonzero(on_paper.min(axis=1) == 0)]
    wanted = np.asarray(SLIP.convert("L"))
    np.testing.assert_array_equal(burnt, wanted[np.flatnonzero(wanted.min(axis=1) == 0)])
    assert paper.unknown_bytes() == []


def test_narrow_paper_gets_a_narrow_slip(tmp_path: Path) -> None:
    with SimulatedPrinter(tmp_path, paper_mm=58) as paper:
        driver = make("printer-1", options(paper, paper_mm=58))
        assert printed(driver).outcome is PrintOutcome.PRINTED
        driver.close()
        (path,) = paper.slips()
        assert whole(path)


@pytest.mark.parametrize(
    ("trouble", "code", "remedy"),
    [
        (Trouble.PAPER_OUT, "printer.paper-out", Remedy.ATTENDANT),
        (Trouble.COVER_OPEN, "printer.cover-open", Remedy.ATTENDANT),
        (Trouble.CUTTER_JAM, "printer.cutter-jam", Remedy.SERVICE),
        (Trouble.OVERHEATED, "printer.head-hot", Remedy.RETRY),
        (Trouble.UNRECOVERABLE, "printer.unrecoverable", Remedy.SERVICE),
        (Trouble.MUTE, "printer.silent", Remedy.SERVICE),
        (Trouble.GARBAGE, "printer.garbled", Remedy.SERVICE),
    ],
)
def test_a_complaint_is_the_health_and_refuses_the_slip_until_it_ends(
    driver: EscposPrinter, paper: SimulatedPrinter, trouble: Trouble, code: str, remedy: Remedy
) -> None:
    paper.trouble(trouble, on=True)
    assert health(driver) == (code, remedy)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, code)
    paper.trouble(trouble, on=False)
    assert health(driver) is None
    assert printed(driver).outcome is PrintOutcome.PRINTED
    assert len(paper.slips()) == 1


def test_a_low_roll_is_told_and_still_prints(driver: EscposPrinter, paper: SimulatedPrinter) -> None:
    paper.trouble(Trouble.NEAR_END, on=True)
    assert health(driver) == ("printer.paper-low", Remedy.ATTENDANT)
    assert printed(driver).outcome is PrintOutcome.PRINTED


def test_a_printer_that_is_off_is_absent_and_found_again(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.power(on=False)
    assert health(driver) == ("device.absent", Remedy.SERVICE)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "device.absent")
    paper.power(on=True)
    assert health(driver) is None
    assert printed(driver).outcome is PrintOutcome.PRINTED


def test_an_idle_connection_that_the_printer_closed_is_no_complaint(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.reset_connection()
    assert printed(driver).outcome is PrintOutcome.PRINTED
    paper.reset_connection()
    assert health(driver) is None


@pytest.mark.parametrize("trouble", [Trouble.DOUBLED, Trouble.MIXED])
def test_answers_given_twice_or_inside_other_answers_are_read_right(
    driver: EscposPrinter, paper: SimulatedPrinter, trouble: Trouble
) -> None:
    paper.trouble(trouble, on=True)
    paper.trouble(Trouble.COVER_OPEN, on=True)
    assert health(driver) == ("printer.cover-open", Remedy.ATTENDANT)
    paper.trouble(Trouble.COVER_OPEN, on=False)
    assert health(driver) is None
    assert printed(driver).outcome is PrintOutcome.PRINTED


@pytest.mark.parametrize(
    ("trouble", "share"),
    [(Trouble.PAPER_OUT, 0.02), (Trouble.COVER_OPEN, 0.5), (Trouble.PAPER_OUT, 0.98)],
)
def test_a_slip_that_stopped_short_is_not_printed_and_does_not_come_out_later(
    driver: EscposPrinter, paper: SimulatedPrinter, trouble: Trouble, share: float
) -> None:
    paper.fail_after(int(BODY_BYTES * share), trouble)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, f"printer.{trouble}")
    paper.trouble(trouble, on=False)
    assert health(driver) is None
    assert paper.slips() == []
    assert printed(driver).outcome is PrintOutcome.PRINTED
    torn, fresh = paper.slips()
    assert len(dots(torn)) < len(dots(fresh))
    assert whole(fresh)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(Trouble.PAPER_OUT, "printer.paper-out"), (Trouble.CUTTER_JAM, "printer.cutter-jam")],
)
def test_when_only_the_cut_is_missing_nobody_claims_to_know(
    driver: EscposPrinter, paper: SimulatedPrinter, trouble: Trouble, code: str
) -> None:
    paper.fail_after(BODY_BYTES + BARRIER_BYTES, trouble)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, code)
    paper.trouble(trouble, on=False)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    assert len(paper.slips()) == 1, "the picture that hung in the slot was cut off, and none printed anew"
    assert printed(driver, "slip-2").outcome is PrintOutcome.PRINTED


def test_a_hot_head_is_waited_for(paper: SimulatedPrinter) -> None:
    driver = make("printer-1", options(paper, barrier_timeout_s=30))
    driver.tick()
    paper.fail_after(BODY_BYTES // 2, Trouble.OVERHEATED)
    done = threading.Event()

    def cool() -> None:
        while not done.wait(0.2):
            paper.trouble(Trouble.OVERHEATED, on=False)

    fan = threading.Thread(target=cool)
    fan.start()
    result = printed(driver)
    done.set()
    fan.join()
    driver.close()
    assert result.outcome is PrintOutcome.PRINTED
    assert len(paper.slips()) == 1


def test_a_head_that_stays_hot_stops_the_slip(driver: EscposPrinter, paper: SimulatedPrinter) -> None:
    paper.fail_after(BODY_BYTES // 2, Trouble.OVERHEATED)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "printer.head-hot")


@pytest.mark.parametrize(
    ("mishap", "n_bytes"),
    [
        (Mishap.RESET, 100),
        (Mishap.RESET, BODY_BYTES + BARRIER_BYTES + len(encode_cut())),
        (Mishap.POWER_CYCLE, BODY_BYTES // 2),
        (Mishap.POWER_CYCLE, BODY_BYTES + BARRIER_BYTES),
    ],
)
def test_a_connection_lost_in_a_job_leaves_it_unknown_and_is_never_printed_twice(
    driver: EscposPrinter, paper: SimulatedPrinter, mishap: Mishap, n_bytes: int
) -> None:
    paper.fail_after(n_bytes, mishap)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "device.link-lost")
    assert printed(driver).outcome is PrintOutcome.UNKNOWN
    assert sum(whole(path) for path in paper.slips()) <= 1
    assert health(driver) is None
    assert printed(driver, "slip-2").outcome is PrintOutcome.PRINTED
    assert whole(paper.slips()[-1])


def test_a_printer_that_stops_reading_leaves_the_slip_unknown(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.fail_after(100, Trouble.DEAF)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.stalled")
    assert health(driver) == ("printer.silent", Remedy.SERVICE)


def test_a_printer_that_falls_silent_in_a_job_leaves_it_unknown(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.fail_after(100, Trouble.MUTE)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.silent")


def test_without_the_barrier_the_slip_is_unknown_however_well_it_looks(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.trouble(Trouble.NO_BARRIER, on=True)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    assert printed(driver, "slip-2") == PrintResult("slip-2", PrintOutcome.NOT_PRINTED, "printer.stalled")
    paper.trouble(Trouble.NO_BARRIER, on=False)
    assert printed(driver, "slip-2").outcome is PrintOutcome.PRINTED


def test_a_slow_printer_that_finishes_later_has_printed_after_all(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.fail_after(BODY_BYTES // 2, Trouble.BUSY)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    paper.trouble(Trouble.BUSY, on=False)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.PRINTED)
    assert sum(whole(path) for path in paper.slips()) == 1


def test_a_printer_without_automatic_status_is_asked_why_it_does_not_finish(
    driver: EscposPrinter, paper: SimulatedPrinter
) -> None:
    paper.trouble(Trouble.NO_AUTOMATIC, on=True)
    paper.fail_after(BODY_BYTES // 2, Trouble.PAPER_OUT)
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "printer.paper-out")


def test_a_job_that_cannot_be_written_down_is_not_printed(
    driver: EscposPrinter, paper: SimulatedPrinter, tmp_path: Path
) -> None:
    (tmp_path / "jobs.jsonl").mkdir()
    code = "printer.journal-unwritable"
    assert printed(driver) == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, code)
    (tmp_path / "jobs.jsonl").rmdir()
    assert printed(driver).outcome is PrintOutcome.PRINTED
    assert len(paper.slips()) == 1


def test_the_same_job_is_printed_once_also_after_a_restart(
    driver: EscposPrinter, paper: SimulatedPrinter, tmp_path: Path
) -> None:
    assert printed(driver).outcome is PrintOutcome.PRINTED
    assert printed(driver).outcome is PrintOutcome.PRINTED
    driver.close()
    successor = make("printer-1", options(paper, journal=str(tmp_path / "jobs.jsonl")))
    assert printed(successor).outcome is PrintOutcome.PRINTED
    successor.close()
    assert len(paper.slips()) == 1


def test_a_journal_line_that_the_power_cut_short_does_no_harm(
    paper: SimulatedPrinter, tmp_path: Path
) -> None:
    journal = tmp_path / "jobs.jsonl"
    journal.write_bytes(b'{"id":"slip-0","outcome":"unknown"}\n{"id":"slip-1","outco')
    driver = make("printer-1", options(paper, journal=str(journal)))
    assert printed(driver, "slip-0").outcome is PrintOutcome.UNKNOWN
    assert printed(driver, "slip-1").outcome is PrintOutcome.PRINTED
    driver.close()
    later = make("printer-1", options(paper, journal=str(journal)))
    assert printed(later, "slip-1").outcome is PrintOutcome.PRINTED
    later.close()
    assert len(paper.slips()) == 1


def test_nothing_of_the_slip_is_written_to_the_journal(driver: EscposPrinter, tmp_path: Path) -> None:
    printed(driver)
    text = (tmp_path / "jobs.jsonl").read_text()
    assert text == '{"id":"slip-1","outcome":"unknown"}\n{"id":"slip-1","outcome":"printed"}\n'


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"host": ""}, "host"),
        ({"host": "127.0.0.1", "port": 0}, "port"),
        ({"host": "127.0.0.1", "paper_mm": 70}, "paper_mm"),
        ({"host": "127.0.0.1", "colour": "blue"}, "colour"),
        ({}, "host"),
    ],
)
def test_a_wrong_option_is_named(wrong: Mapping[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        make("printer-1", wrong)
    assert caught.value.code == "device.bad-option"
    assert key in caught.value.detail
