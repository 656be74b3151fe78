import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from devices.codes.scanner import SerialCodeScanner, make
from devices.driver import HotplugDriver, ReportingDriver
from devices.errors import DeviceError, Remedy, Severity
from devices.model import CodeScanned
from devices.sim.code_scanner import SimulatedCodeScanner
from tests.support.promises import keeps

SEEN_S = 1.0
BACK_S = 3.0
QUIET_S = 0.3
GAP_S = 0.06


@pytest.fixture
def simulated(tmp_path: Path) -> Generator[SimulatedCodeScanner]:
    with SimulatedCodeScanner(tmp_path / "codes-port") as plugged:
        yield plugged


@pytest.fixture
def opened(simulated: SimulatedCodeScanner) -> Generator[Callable[..., SerialCodeScanner]]:
    made: list[SerialCodeScanner] = []

    def open_one(**options: Any) -> SerialCodeScanner:
        chosen = {"port": str(simulated.link_path), "gap_s": GAP_S, "flood_rest_s": QUIET_S, **options}
        scanner = make("codes-1", chosen)
        made.append(scanner)
        scanner.open()
        return scanner

    yield open_one
    for scanner in made:
        scanner.close()


def arm(scanner: SerialCodeScanner, for_s: float = 60.0) -> None:
    scanner.command("arm", {"until_s": time.monotonic() + for_s})


class Watch:
    """Ticks a scanner as its host does, and keeps what it tells."""

    def __init__(self, scanner: SerialCodeScanner) -> None:
        self.scanner = scanner
        self.texts: list[str] = []
        self.error: DeviceError | None = None

    def tick(self) -> None:
        try:
            events = self.scanner.tick()
        except DeviceError as error:
            self.error = error
        else:
            self.error = None
            for event in events:
                assert isinstance(event, CodeScanned)
                self.texts.append(event.text)

    def until(self, done: Callable[["Watch"], bool]) -> float:
        """Tick until ``done``; the test's timeout is the limit. Return the seconds that it took."""
        began_s = time.monotonic()
        while True:
            self.tick()
            if done(self):
                return time.monotonic() - began_s
            time.sleep(min(self.scanner.tick_s, 0.25))

    def code(self) -> str:
        return "" if self.error is None else self.error.code

    def count(self, name: str) -> int:
        return int(self.scanner.readings()[name])


def test_a_code_that_is_shown_is_told_once(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened())
    arm(watch.scanner)
    simulated.show("https://progress.example/case?n=1", times=3)
    simulated.show("SECOND")
    watch.until(lambda told: len(told.texts) >= 2)
    assert watch.texts == ["https://progress.example/case?n=1", "SECOND"]
    assert watch.count("codes") == 4


@pytest.mark.parametrize(
    ("terminator", "end"), [("cr", b"\r"), ("lf", b"\n"), ("crlf", b"\r\n"), ("none", b"")]
)
def test_every_way_to_end_a_code_is_understood(terminator: str, end: bytes, tmp_path: Path) -> None:
    with SimulatedCodeScanner(tmp_path / "port", end) as simulated:
        scanner = make(
            "codes-1", {"port": str(simulated.link_path), "terminator": terminator, "gap_s": GAP_S}
        )
        scanner.open()
        watch = Watch(scanner)
        arm(scanner)
        simulated.show("ONE")
        watch.until(lambda told: told.texts == ["ONE"])
        scanner.close()


def test_what_is_scanned_before_it_is_armed_is_dropped(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened(gap_s=1.0))
    simulated.show("BEFORE")
    simulated.show_half("HALF")
    watch.until(lambda told: told.count("dropped_bytes") == len("BEFORE\rHALF"))
    arm(watch.scanner)
    simulated.show("-REST")
    simulated.show("AFTER")
    watch.until(lambda told: bool(told.texts))
    assert watch.texts == ["AFTER"]


def test_what_is_scanned_after_it_was_disarmed_is_dropped(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened())
    arm(watch.scanner)
    watch.tick()
    watch.scanner.command("disarm", {})
    simulated.show("LATE")
    watch.until(lambda told: told.count("dropped_bytes") == len("LATE\r"))
    arm(watch.scanner)
    simulated.show("NEXT")
    watch.until(lambda told: bool(told.texts))
    assert watch.texts == ["NEXT"]


def test_the_time_to_scan_runs_out(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened())
    arm(watch.scanner, for_s=0.2)
    assert watch.scanner.readings()["armed"] is True
    watch.until(lambda told: told.scanner.readings()["armed"] is False)
    simulated.show("LATE")
    watch.until(lambda told: told.count("dropped_bytes") == len("LATE\r"))
    assert watch.texts == []
    assert watch.scanner.tick_s > 0


def test_arming_again_tells_the_same_code_again(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened())
    for times in (1, 2):
        arm(watch.scanner)
        simulated.show("SAME")
        watch.until(lambda told, times=times: len(told.texts) == times)


def test_a_code_without_its_end_and_one_that_is_too_long_are_dropped(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened(max_bytes=16))
    arm(watch.scanner)
    simulated.show_half("12345")
    watch.until(lambda told: told.count("unfinished") == 1)
    simulated.show("678")
    simulated.show("X" * 17)
    watch.until(lambda told: told.count("too_long") == 1)
    simulated.show("X" * 16)
    watch.until(lambda told: bool(told.texts))
    assert watch.texts == ["X" * 16]


def test_noise_is_counted_and_after_three_in_a_row_complained_of_until_a_code_is_read(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened(max_bytes=4096))
    arm(watch.scanner)
    for seed in range(3):
        simulated.emit(bytes([0x80 + seed, 0xFF, 0x01]) * 20 + b"\r")
    watch.until(lambda told: told.code() == "codes.garbled")
    assert watch.error is not None
    assert (watch.error.remedy, watch.error.severity) == (Remedy.SERVICE, Severity.WARN)
    assert watch.count("garbled") == 3
    assert watch.texts == []
    simulated.show("GOOD")
    watch.until(lambda told: bool(told.texts))
    watch.until(lambda told: told.error is None)


@pytest.mark.parametrize("seed", range(4))
def test_no_noise_makes_it_fall_over(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner], seed: int
) -> None:
    watch = Watch(opened(flood_per_s=50))
    arm(watch.scanner)
    simulated.babble(3000, seed)
    watch.until(lambda told: sum(told.count(name) for name in ("garbled", "too_long", "codes")) >= 1)
    arm(watch.scanner)
    simulated.show("\r\rAFTER-NOISE")
    watch.until(lambda told: "AFTER-NOISE" in told.texts)


def test_a_flood_disarms_it_until_it_is_quiet_again(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened(flood_per_s=10))
    arm(watch.scanner)
    simulated.flood(200)
    watch.until(lambda told: told.code() == "codes.flood")
    assert watch.error is not None
    assert (watch.error.remedy, watch.error.severity) == (Remedy.RETRY, Severity.BLOCK)
    assert len(watch.texts) <= 10
    told_before = len(watch.texts)
    simulated.show("STILL-FLOODING")
    watch.until(lambda told: told.error is None)
    assert len(watch.texts) == told_before
    assert watch.count("floods") == 1
    simulated.show("QUIET")
    watch.until(lambda told: told.texts[-1:] == ["QUIET"])


def test_the_scanners_light_is_on_while_it_is_armed_and_off_in_a_flood(tmp_path: Path) -> None:
    trigger = (b"\x16T\r", b"\x16U\r")
    with SimulatedCodeScanner(tmp_path / "port", trigger=trigger) as simulated:
        options = {"port": str(simulated.link_path), "arm_hex": "16540d", "disarm_hex": "16550d"}
        scanner = make("codes-1", {**options, "gap_s": GAP_S, "flood_rest_s": QUIET_S})
        scanner.open()
        watch = Watch(scanner)
        assert not simulated.show("DARK")
        arm(scanner)
        watch.until(lambda _: simulated.lit)
        simulated.show("LIT")
        watch.until(lambda told: told.texts == ["LIT"])
        simulated.flood(200)
        watch.until(lambda told: told.code() == "codes.flood" and not simulated.lit)
        watch.until(lambda told: told.error is None and simulated.lit)
        scanner.command("disarm", {})
        watch.until(lambda _: not simulated.lit)
        arm(scanner)
        watch.until(lambda _: simulated.lit)
        scanner.close()
        watch_end_s = time.monotonic() + 10
        while simulated.lit and time.monotonic() < watch_end_s:
            time.sleep(0.01)
        assert not simulated.lit


@pytest.mark.parametrize("armed", ["armed", "idle"])
def test_a_scanner_that_is_unplugged_is_missed_within_a_second_and_back_within_three(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner], armed: str
) -> None:
    watch = Watch(opened())
    assert isinstance(watch.scanner, HotplugDriver)
    assert isinstance(watch.scanner, ReportingDriver)
    if armed == "armed":
        arm(watch.scanner)

    def pull_and_put_back() -> tuple[float, float]:
        simulated.unplug()
        seen_s = watch.until(lambda told: told.code() in {"device.port-gone", "device.absent"})
        watch.until(lambda told: told.code() == "device.absent")
        simulated.replug()
        return seen_s, watch.until(lambda told: told.error is None)

    assert keeps((SEEN_S, BACK_S), pull_and_put_back)
    arm(watch.scanner)
    simulated.show("BACK")
    watch.until(lambda told: told.texts == ["BACK"])


def test_an_armed_scanner_is_armed_again_when_it_is_plugged_in_again(
    simulated: SimulatedCodeScanner, opened: Callable[..., SerialCodeScanner]
) -> None:
    watch = Watch(opened())
    arm(watch.scanner)
    simulated.show_half("TORN")
    watch.tick()
    simulated.unplug()
    watch.until(lambda told: told.code() == "device.absent")
    simulated.replug()
    watch.until(lambda told: told.error is None)
    simulated.show("WHOLE")
    watch.until(lambda told: told.texts == ["WHOLE"])


def test_a_scanner_that_was_never_there_is_absent(tmp_path: Path) -> None:
    scanner = make("codes-1", {"port": str(tmp_path / "none")})
    with pytest.raises(DeviceError) as caught:
        scanner.open()
    assert (caught.value.code, caught.value.remedy) == ("device.absent", Remedy.SERVICE)
    scanner.close()


def test_a_command_that_it_does_not_have_is_a_bug(opened: Callable[..., SerialCodeScanner]) -> None:
    with pytest.raises(KeyError):
        opened().command("print", {})


def test_a_code_does_not_show_in_a_log() -> None:
    assert "SECRET" not in repr(CodeScanned("codes-1", "SECRET"))
