import time
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import zxingcpp

from devices.driver import HotplugDriver, ReportingDriver
from devices.errors import DeviceError, Remedy, Severity
from devices.model import BarcodeBlock, PrintJob, PrintOutcome, PrintResult, TextBlock
from devices.printer import keeper
from devices.printer.bands import GUARD
from devices.printer.escpos import make_serial, make_tcp
from devices.sim.escpos_printer import SimulatedPrinter, SimulatedSerialPrinter, Trouble
from tests.support.promises import keeps
from tests.wire.printer_rig import (
    LINKS,
    PICTURE,
    Link,
    Rig,
    dots,
    health,
    ink,
    maker,
    open_rig,
    printed,
    whole,
)


@pytest.fixture(params=LINKS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with open_rig(cast("Link", request.param), tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("rig", ["tcp", "usb"], indirect=True)
def test_a_slip_comes_out_dot_for_dot_and_its_code_reads_back(rig: Rig) -> None:
    assert rig.printed() == PrintResult("slip-1", PrintOutcome.PRINTED)
    (path,) = rig.paper.slips()
    assert whole(path)
    on_paper = dots(path)[:, 32:-32]
    burnt = on_paper[np.flatnonzero(on_paper.min(axis=1) == 0)]
    wanted = np.asarray(PICTURE.convert("L"))
    np.testing.assert_array_equal(burnt, wanted[np.flatnonzero(wanted.min(axis=1) == 0)])
    assert rig.paper.unknown_bytes() == []


def test_on_a_serial_line_the_slip_has_nothing_on_it_but_the_guards_of_its_bands(tmp_path: Path) -> None:
    with open_rig("serial", tmp_path) as rig:
        assert rig.printed() == PrintResult("slip-1", PrintOutcome.PRINTED)
        (path,) = rig.paper.slips()
        bands = rig.slip.barriers - 1
        guard_dots = sum(byte.bit_count() for byte in GUARD)
        burnt = int(np.count_nonzero(~np.asarray(PICTURE)))
        assert whole(path)
        assert ink(path) == burnt + bands * guard_dots


@pytest.mark.parametrize("link", LINKS)
def test_narrow_paper_gets_a_narrow_slip(link: Link, tmp_path: Path) -> None:
    with open_rig(link, tmp_path, paper_mm=58) as rig:
        barcode = BarcodeBlock("BA-2026-00001234")
        job = PrintJob("slip-1", (TextBlock("业务受理回执", "huge", "centre"), barcode))
        assert printed(rig.driver, job) == PrintResult("slip-1", PrintOutcome.PRINTED)
        (path,) = rig.paper.slips()
        assert [found.text for found in zxingcpp.read_barcodes(dots(path))] == ["BA-2026-00001234"]


def test_the_printer_says_who_it_is(rig: Rig) -> None:
    again = rig.successor()
    rig.driver.close()
    assert again.open() == {
        "model": "NT-80-V-UL",
        "vendor": "BENCH",
        "firmware": "1.00",
        "serial": "S0000001",
    }
    again.close()


def test_a_printer_that_does_not_say_who_it_is_prints_all_the_same(tmp_path: Path) -> None:
    with SimulatedPrinter(tmp_path) as paper:
        paper.trouble(Trouble.NAMELESS, on=True)
        driver = make_tcp("printer-1", {"host": "127.0.0.1", "port": paper.port, "model": "TM-T88"})
        assert driver.open() == {"model": "ESC/POS 80 mm"}
        assert printed(driver, PrintJob("slip-1", ())).outcome is PrintOutcome.PRINTED
        driver.close()


def test_a_printer_of_another_model_than_the_profile_means_prints_nothing(rig: Rig) -> None:
    strict = rig.successor(model="TM-T88")
    rig.driver.close()
    strict.open()
    assert health(strict) == ("device.wrong-model", Remedy.SERVICE)
    refused = printed(strict, PrintJob("slip-1", ()))
    assert refused == PrintResult("slip-1", PrintOutcome.NOT_PRINTED, "device.wrong-model")
    strict.close()


@pytest.mark.parametrize("rig", ["serial"], indirect=True)
def test_the_readings_tell_paper_cover_and_what_was_printed(rig: Rig) -> None:
    assert isinstance(rig.driver, ReportingDriver)
    rig.printed()
    rig.printed("slip-2")
    assert rig.driver.readings() == {
        "paper": "full",
        "cover": "closed",
        "slips": 2,
        "unknown": 0,
        "marked": 0,
        "last_outcome": "printed",
        "last_code": "",
        "reconnects": 0,
        "printer": "BENCH NT-80-V-UL S0000001",
    }
    rig.paper.cover_open(is_open=True)
    rig.paper.paper_out(out=True)
    rig.health()
    told = rig.driver.readings()
    assert (told["cover"], told["paper"]) == ("open", "out")


def test_a_character_that_the_font_lacks_is_marked_and_told(tmp_path: Path) -> None:
    with open_rig("tcp", tmp_path) as rig:
        job = PrintJob("slip-1", (TextBlock("陈\U000200d9"),))
        assert printed(rig.driver, job) == PrintResult(
            "slip-1", PrintOutcome.PRINTED, "printer.glyph-missing"
        )
        assert rig.driver.readings()["marked"] == 1


@pytest.mark.parametrize("link", LINKS)
def test_a_printer_unplugged_while_idle_is_missed_at_the_next_look_and_found_again(
    link: Link, tmp_path: Path
) -> None:
    with open_rig(link, tmp_path) as rig:
        assert isinstance(rig.driver, HotplugDriver)
        assert rig.driver.tick_s <= 0.4
        reconnects = count(1)

        def pull_and_put_back() -> tuple[float]:
            rig.paper.unplug()
            began_s = time.monotonic()
            assert rig.health() == ("device.absent", Remedy.SERVICE)
            took_s = time.monotonic() - began_s
            rig.paper.replug()
            rig.driver.stir()
            assert rig.health() is None
            assert rig.driver.readings()["reconnects"] == next(reconnects)
            return (took_s,)

        assert keeps((0.6,), pull_and_put_back), "with the pause before it, within a second"


def test_without_being_told_a_printer_is_looked_for_often_enough(tmp_path: Path) -> None:
    with open_rig("usb", tmp_path) as rig:
        rig.paper.unplug()
        for _ in range(20):
            assert rig.health() is not None
        rig.paper.replug()
        began_s = time.monotonic()
        while rig.health() is not None:
            time.sleep(0.02)
        assert time.monotonic() - began_s + rig.driver.tick_s < 3.0


def test_an_idle_connection_that_broke_and_can_be_made_again_is_no_complaint(rig: Rig) -> None:
    rig.paper.reset_connection()
    assert rig.printed().outcome is PrintOutcome.PRINTED
    rig.paper.reset_connection()
    assert rig.health() is None


@pytest.mark.parametrize("rig", ["tcp"], indirect=True)
def test_a_printer_that_stays_stuck_is_reset_by_protocol_once_a_minute(rig: Rig) -> None:
    rig.paper.trouble(Trouble.CUTTER_JAM, on=True)
    looks = [rig.health() for _ in range(keeper.RESET_AFTER + 1)]
    jam = ("printer.cutter-jam", Remedy.SERVICE)
    assert looks == [jam] * keeper.RESET_AFTER + [None]
    rig.paper.trouble(Trouble.CUTTER_JAM, on=True)
    assert [rig.health() for _ in range(5)] == [jam] * 5


def test_a_printer_that_cannot_be_asked_costs_nothing_but_a_note(tmp_path: Path) -> None:
    with open_rig("tcp", tmp_path, status="none") as rig:
        with pytest.raises(DeviceError) as caught:
            rig.driver.tick()
        assert caught.value.severity is Severity.INFO
        rig.paper.unplug()
        assert rig.health() == ("device.link-lost", Remedy.RETRY)
        assert rig.health() == ("device.absent", Remedy.SERVICE)


@pytest.mark.parametrize("rig", ["tcp"], indirect=True)
def test_a_slip_asked_for_again_comes_out_once_more_marked_and_is_remembered_by_itself(rig: Rig) -> None:
    assert rig.printed().outcome is PrintOutcome.PRINTED
    assert rig.printed(reprint=1).outcome is PrintOutcome.PRINTED
    assert rig.printed(reprint=1).outcome is PrintOutcome.PRINTED
    first, second = rig.paper.slips()
    assert len(dots(second)) > len(dots(first)) + 20
    assert whole(second)


@pytest.mark.parametrize("rig", ["usb"], indirect=True)
def test_a_slip_that_may_be_out_is_printed_again_only_when_a_person_asked(rig: Rig) -> None:
    rig.paper.fail_after(rig.slip_bytes, Trouble.COVER_OPEN)
    assert rig.printed().outcome is PrintOutcome.UNKNOWN
    rig.paper.cover_open(is_open=False)
    assert rig.printed().outcome is PrintOutcome.UNKNOWN
    assert rig.printed(reprint=1).outcome is PrintOutcome.PRINTED


@pytest.mark.parametrize("rig", ["usb"], indirect=True)
def test_the_same_job_is_printed_once_also_after_a_restart(rig: Rig) -> None:
    assert rig.printed().outcome is PrintOutcome.PRINTED
    assert rig.printed().outcome is PrintOutcome.PRINTED
    rig.driver.close()
    successor = rig.successor()
    assert printed(successor, PrintJob("slip-1", ())).outcome is PrintOutcome.PRINTED
    successor.close()
    assert len(rig.paper.slips()) == 1


def test_a_journal_line_that_the_power_cut_short_does_no_harm(tmp_path: Path) -> None:
    journal = tmp_path / "jobs.jsonl"
    journal.write_bytes(b'{"id":"slip-0","outcome":"unknown"}\n{"id":"slip-1","outco')
    with open_rig("tcp", tmp_path) as rig:
        assert rig.printed("slip-0").outcome is PrintOutcome.UNKNOWN
        assert rig.printed("slip-1").outcome is PrintOutcome.PRINTED
        later = rig.successor()
        assert printed(later, PrintJob("slip-1", ())).outcome is PrintOutcome.PRINTED
        later.close()
        assert len(rig.paper.slips()) == 1


@pytest.mark.parametrize("rig", ["serial"], indirect=True)
def test_a_job_is_written_down_before_its_first_byte_and_nothing_of_the_slip_with_it(rig: Rig) -> None:
    rig.paper.fail_after(0, Trouble.DEAF)
    rig.printed()
    begun, ended = Path(rig.options["journal"]).read_text().splitlines()
    assert begun.startswith('{"id":"slip-1","outcome":"unknown","digest":"')
    assert len(begun) == len('{"id":"slip-1","outcome":"unknown","digest":""}') + 64
    assert ended == '{"id":"slip-1","outcome":"unknown"}'


def test_a_serial_printer_that_says_stop_is_waited_for_and_the_slip_is_whole(tmp_path: Path) -> None:
    with SimulatedSerialPrinter(tmp_path, tmp_path / "ttyS", xon_xoff=True) as paper:
        options = {"port": str(paper.link_path), "flow": "xon-xoff", "baud": 38400}
        driver = make_serial("printer-1", options)
        driver.open()
        paper.trouble(Trouble.DEAF, on=True)
        told = health(driver)
        assert told is not None
        assert told[0] in {"printer.silent", "printer.stalled"}
        paper.trouble(Trouble.DEAF, on=False)
        assert health(driver) is None
        assert printed(driver, PrintJob("slip-1", (TextBlock("回执"),))).outcome is PrintOutcome.PRINTED
        assert paper.unknown_bytes() == []
        driver.close()


@pytest.mark.parametrize(
    ("link", "wrong", "key"),
    [
        ("tcp", {"host": ""}, "host"),
        ("tcp", {"host": "127.0.0.1", "port": 0}, "port"),
        ("tcp", {"host": "127.0.0.1", "paper_mm": 70}, "paper_mm"),
        ("tcp", {"host": "127.0.0.1", "colour": "blue"}, "colour"),
        ("tcp", {}, "host"),
        ("serial", {}, "port"),
        ("serial", {"port": "/dev/ttyS0", "baud": 300}, "baud"),
        ("serial", {"port": "/dev/ttyS0", "flow": "hardware"}, "flow"),
        ("usb", {"port": ""}, "port"),
        ("usb", {"status": "maybe"}, "status"),
    ],
)
def test_a_wrong_option_is_named(link: Link, wrong: Mapping[str, Any], key: str) -> None:
    with pytest.raises(DeviceError) as caught:
        maker(link)("printer-1", wrong)
    assert caught.value.code == "device.bad-option"
    assert key in caught.value.detail
