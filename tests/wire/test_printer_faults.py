import resource
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from devices.errors import Remedy
from devices.model import GapBlock, PrintJob, PrintOutcome, PrintResult, TextBlock
from devices.sim.escpos_printer import Mishap, Trouble
from tests.wire.printer_rig import CUT_BYTES, LINKS, Link, Rig, dots, open_rig, printed, whole


@pytest.fixture(params=LINKS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with open_rig(cast("Link", request.param), tmp_path) as opened:
        yield opened


def outcome(rig: Rig, job_id: str = "slip-1") -> PrintOutcome:
    return rig.printed(job_id).outcome


def test_a_roll_near_its_end_is_told_and_still_prints(rig: Rig) -> None:
    rig.paper.near_end(near=True)
    assert rig.health() == ("printer.paper-low", Remedy.ATTENDANT)
    assert rig.driver.readings()["paper"] == "low"
    assert outcome(rig) is PrintOutcome.PRINTED


@pytest.mark.parametrize(
    ("rig", "trouble", "code", "remedy"),
    [
        ("tcp", Trouble.PAPER_OUT, "printer.paper-out", Remedy.ATTENDANT),
        ("serial", Trouble.PAPER_OUT, "printer.paper-out", Remedy.ATTENDANT),
        ("usb", Trouble.PAPER_OUT, "printer.paper-out", Remedy.ATTENDANT),
        ("tcp", Trouble.COVER_OPEN, "printer.cover-open", Remedy.ATTENDANT),
        ("serial", Trouble.CUTTER_JAM, "printer.cutter-jam", Remedy.SERVICE),
        ("usb", Trouble.OVERHEATED, "printer.head-hot", Remedy.RETRY),
        ("tcp", Trouble.UNRECOVERABLE, "printer.unrecoverable", Remedy.SERVICE),
        ("tcp", Trouble.MUTE, "printer.silent", Remedy.SERVICE),
        ("serial", Trouble.MUTE, "printer.silent", Remedy.SERVICE),
        ("usb", Trouble.MUTE, "printer.silent", Remedy.SERVICE),
        ("serial", Trouble.GARBAGE, "printer.garbled", Remedy.SERVICE),
    ],
    indirect=["rig"],
)
def test_a_complaint_is_the_health_and_refuses_the_slip_until_it_ends(
    rig: Rig, trouble: Trouble, code: str, remedy: Remedy
) -> None:
    rig.paper.trouble(trouble, on=True)
    assert rig.health() == (code, remedy)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, code)
    rig.paper.trouble(trouble, on=False)
    assert rig.health() is None
    assert outcome(rig) is PrintOutcome.PRINTED
    assert len(rig.paper.slips()) == 1


@pytest.mark.parametrize(
    ("rig", "trouble", "share"),
    [
        ("tcp", Trouble.PAPER_OUT, 0.5),
        ("serial", Trouble.PAPER_OUT, 0.5),
        ("usb", Trouble.PAPER_OUT, 0.8),
        ("serial", Trouble.COVER_OPEN, 0.8),
        ("usb", Trouble.COVER_OPEN, 0.5),
    ],
    indirect=["rig"],
)
def test_a_slip_that_stopped_short_is_not_printed_and_does_not_come_out_later(
    rig: Rig, trouble: Trouble, share: float
) -> None:
    rig.paper.fail_after(int(rig.slip_bytes * share), trouble)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, f"printer.{trouble}")
    rig.paper.trouble(trouble, on=False)
    assert rig.health() is None
    assert rig.paper.slips() == []
    assert outcome(rig) is PrintOutcome.PRINTED
    torn, fresh = rig.paper.slips()
    assert len(dots(torn)) < len(dots(fresh))
    assert whole(fresh)


@pytest.mark.parametrize(
    ("rig", "trouble", "code"),
    [
        ("tcp", Trouble.PAPER_OUT, "printer.paper-out"),
        ("serial", Trouble.PAPER_OUT, "printer.paper-out"),
        ("usb", Trouble.PAPER_OUT, "printer.paper-out"),
        ("tcp", Trouble.CUTTER_JAM, "printer.cutter-jam"),
    ],
    indirect=["rig"],
)
def test_when_only_the_cut_is_missing_nobody_claims_to_know(rig: Rig, trouble: Trouble, code: str) -> None:
    rig.paper.fail_after(rig.slip_bytes, trouble)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, code)
    rig.paper.trouble(trouble, on=False)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    assert len(rig.paper.slips()) == 1, "the picture that hung in the slot was cut off, and none printed anew"
    assert outcome(rig, "slip-2") is PrintOutcome.PRINTED


def test_a_hot_head_is_waited_for(rig: Rig) -> None:
    driver = rig.successor(barrier_timeout_s=30)
    rig.driver.close()
    rig.paper.fail_after(rig.slip_bytes // 2, Trouble.OVERHEATED)
    done = threading.Event()

    def cool() -> None:
        while not done.wait(0.2):
            rig.paper.trouble(Trouble.OVERHEATED, on=False)

    fan = threading.Thread(target=cool)
    fan.start()
    result = printed(driver, PrintJob("slip-1", ()))
    done.set()
    fan.join()
    driver.close()
    assert result.outcome is PrintOutcome.PRINTED
    assert len(rig.paper.slips()) == 1


@pytest.mark.parametrize("rig", ["tcp"], indirect=True)
def test_a_head_that_stays_hot_stops_the_slip(rig: Rig) -> None:
    rig.paper.fail_after(rig.slip_bytes // 2, Trouble.OVERHEATED)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "printer.head-hot")


def test_a_printer_that_stops_reading_leaves_the_slip_unknown(rig: Rig) -> None:
    rig.paper.fail_after(100, Trouble.DEAF)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.stalled")
    told = rig.health()
    assert told is not None
    assert told[0] in {"printer.silent", "printer.stalled"}
    rig.paper.trouble(Trouble.DEAF, on=False)
    assert outcome(rig) is PrintOutcome.UNKNOWN
    assert outcome(rig, "slip-2") is PrintOutcome.PRINTED
    assert rig.whole_slips() <= 2


@pytest.mark.parametrize("rig", ["tcp", "usb"], indirect=True)
@pytest.mark.parametrize("place", ["in the picture", "behind the cut"])
def test_a_connection_reset_in_a_job_leaves_it_unknown_and_is_never_printed_twice(
    rig: Rig, place: str
) -> None:
    rig.paper.fail_after(100 if place == "in the picture" else rig.slip_bytes + CUT_BYTES, Mishap.RESET)
    result = rig.printed()
    assert (result.outcome, result.code) == (
        PrintOutcome.UNKNOWN,
        "device.link-lost" if rig.link == "tcp" else "device.port-gone",
    )
    assert outcome(rig) is PrintOutcome.UNKNOWN
    assert rig.whole_slips() <= 1
    assert rig.health() is None
    assert outcome(rig, "slip-2") is PrintOutcome.PRINTED
    assert whole(rig.paper.slips()[-1])


def test_a_plug_pulled_in_a_job_leaves_it_unknown_and_the_next_slip_is_whole(rig: Rig) -> None:
    rig.paper.fail_after(rig.slip_bytes // 2, Mishap.UNPLUG)
    assert outcome(rig) is PrintOutcome.UNKNOWN
    assert rig.health() == ("device.absent", Remedy.SERVICE)
    rig.paper.replug()
    rig.driver.stir()
    assert rig.health() is None
    assert outcome(rig) is PrintOutcome.UNKNOWN
    assert outcome(rig, "slip-2") is PrintOutcome.PRINTED
    assert rig.whole_slips() == 1


@pytest.mark.parametrize(
    ("rig", "trouble"),
    [
        ("tcp", Trouble.DOUBLED),
        ("serial", Trouble.DOUBLED),
        ("usb", Trouble.MIXED),
        ("serial", Trouble.MIXED),
    ],
    indirect=["rig"],
)
def test_answers_given_twice_or_inside_other_answers_are_read_right(rig: Rig, trouble: Trouble) -> None:
    rig.paper.trouble(trouble, on=True)
    rig.paper.cover_open(is_open=True)
    assert rig.health() == ("printer.cover-open", Remedy.ATTENDANT)
    rig.paper.cover_open(is_open=False)
    assert rig.health() is None
    assert outcome(rig) is PrintOutcome.PRINTED


def test_an_answer_that_comes_too_late_is_not_taken_for_that_to_the_next_question(rig: Rig) -> None:
    rig.paper.cover_open(is_open=True)
    rig.paper.answer_late(2.0)
    assert rig.health() == ("printer.silent", Remedy.SERVICE)
    rig.paper.answer_late(0)
    rig.paper.cover_open(is_open=False)
    assert rig.health() is None
    assert outcome(rig) is PrintOutcome.PRINTED


@pytest.mark.parametrize("rig", ["serial"], indirect=True)
def test_a_printer_that_falls_silent_in_a_job_leaves_it_unknown(rig: Rig) -> None:
    rig.paper.fail_after(100, Trouble.MUTE)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.silent")


def test_without_the_barrier_the_slip_is_unknown_however_well_it_looks(rig: Rig) -> None:
    rig.paper.trouble(Trouble.NO_BARRIER, on=True)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    stalled = PrintResult("slip-2", PrintOutcome.NOT_PRINTED, "printer.stalled")
    assert rig.printed("slip-2") == stalled
    rig.paper.trouble(Trouble.NO_BARRIER, on=False)
    assert outcome(rig, "slip-2") is PrintOutcome.PRINTED


@pytest.mark.parametrize("rig", ["tcp", "serial"], indirect=True)
def test_a_slow_printer_that_finishes_later_has_printed_after_all(rig: Rig) -> None:
    rig.paper.fail_after(rig.slip_bytes // 2, Trouble.BUSY)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.no-confirmation")
    rig.paper.trouble(Trouble.BUSY, on=False)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.PRINTED)
    assert rig.whole_slips() == 1


@pytest.mark.parametrize("rig", ["usb"], indirect=True)
def test_a_printer_without_automatic_status_is_asked_why_it_does_not_finish(rig: Rig) -> None:
    rig.paper.trouble(Trouble.NO_AUTOMATIC, on=True)
    rig.paper.fail_after(rig.slip_bytes // 2, Trouble.PAPER_OUT)
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "printer.paper-out")


def test_a_printer_that_answers_no_questions_prints_and_is_believed_when_it_says_done(
    tmp_path: Path,
) -> None:
    with open_rig("usb", tmp_path, status="none", settle_timeout_s=10) as rig:
        rig.paper.trouble(Trouble.NO_STATUS, on=True)
        assert rig.health() == ("printer.status-unsupported", Remedy.SERVICE)
        assert rig.printed() == PrintResult("slip-1", PrintOutcome.PRINTED)
        assert rig.driver.readings()["paper"] == "unknown"


@pytest.mark.parametrize("link", LINKS)
def test_a_printer_that_never_says_anything_prints_and_nobody_claims_to_know(
    link: Link, tmp_path: Path
) -> None:
    with open_rig(link, tmp_path, status="none") as rig:
        rig.paper.mute(mute=True)
        unknown = PrintResult("slip-1", PrintOutcome.UNKNOWN, "printer.status-unsupported")
        assert rig.printed() == unknown
        assert outcome(rig) is PrintOutcome.UNKNOWN
        assert outcome(rig, "slip-2") is PrintOutcome.UNKNOWN
        assert rig.whole_slips() == len(rig.paper.slips()) == 2


@pytest.mark.parametrize("link", LINKS)
def test_a_narrower_printer_put_in_its_place_is_noticed_and_prints_nothing(
    link: Link, tmp_path: Path
) -> None:
    with open_rig(link, tmp_path) as rig:
        rig.paper.power(on=False)
        assert rig.health() is not None
        rig.paper.swap(paper_mm=58)
        rig.paper.power(on=True)
        rig.driver.stir()
        assert rig.health() == ("device.wrong-model", Remedy.SERVICE)
        refusal = PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "device.wrong-model")
        assert rig.printed() == refusal
        assert rig.paper.slips() == []


@pytest.mark.parametrize("rig", ["usb"], indirect=True)
def test_a_job_that_finds_no_room_in_the_journal_is_not_printed(rig: Rig) -> None:
    assert outcome(rig, "slip-0") is PrintOutcome.PRINTED
    path = Path(rig.options["journal"])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5, limits[1]))
    try:
        refused = rig.printed()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert refused == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "printer.journal-unwritable")
    assert len(rig.paper.slips()) == 1
    assert outcome(rig) is PrintOutcome.PRINTED
    successor = rig.successor()
    assert printed(successor, PrintJob("slip-1", ())).outcome is PrintOutcome.PRINTED
    successor.close()
    assert len(rig.paper.slips()) == 2


@pytest.mark.parametrize("link", LINKS)
def test_a_printer_that_is_full_and_out_of_paper_says_why_and_the_slip_does_not_come_out_later(
    link: Link, tmp_path: Path
) -> None:
    with open_rig(link, tmp_path, chunk_timeout_s=0.3) as rig:
        long = PrintJob("slip-1", (TextBlock("回执"), GapBlock(250.0), TextBlock("回执")))
        rig.paper.fail_after(1000, Trouble.PAPER_OUT)
        assert printed(rig.driver, long) == PrintResult(
            "slip-1", PrintOutcome.NOT_PRINTED, "printer.paper-out"
        )
        assert rig.health() == ("printer.paper-out", Remedy.ATTENDANT)
        rig.paper.paper_out(out=False)
        assert outcome(rig, "slip-2") is PrintOutcome.PRINTED
        assert rig.whole_slips() == 1
