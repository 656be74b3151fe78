import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from devices.errors import DeviceError, Remedy
from devices.patience import Patience
from devices.sim.saned_wire import Call, Status
from devices.sim.scanner_mechanism import Habits
from devices.sim.scanner_sheets import mark_of
from tests.wire.puppets import until
from tests.wire.scanners import FEED_S, Stand, stand

HASTY = replace(Patience(), restart_s=(0.05,), cancel_s=0.5)


def scanned(at: Stand, deadline_s: float = FEED_S) -> int:
    return mark_of(at.scanner.scan(deadline_s).pixels)


def code_when(at: Stand, work: Callable[[], object], then: Callable[[], object]) -> str:
    """Return the code with which the work ends that something happens to."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        then()
        error = running.exception(FEED_S)
    assert isinstance(error, DeviceError), (error, at.told.codes())
    return error.code


@pytest.mark.parametrize("lines_go_on", [False, True])
def test_a_scan_that_is_cancelled_in_mid_page_hands_over_nothing(*, lines_go_on: bool) -> None:
    with stand(patience=replace(Patience(), cancel_s=FEED_S)) as at:
        at.simulated.hold(0.5)

        def cancel() -> None:
            assert at.simulated.wait_held()
            at.scanner.cancel()
            if lines_go_on:
                at.simulated.release(line_s=0.05)  # 14 s: no cancel comes too late

        assert code_when(at, lambda: at.scanner.scan(FEED_S), cancel) == "scanner.cancelled"
        assert scanned(at) == 1
        assert at.process.status.stats.restarts == 0


def test_a_feed_that_is_left_in_mid_page_ends_and_the_next_goes_on_with_the_next_sheet() -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(1, 2, 3)
        at.simulated.hold(0.5, after=1)
        pages = at.scanner.feed(timeout_s=FEED_S)
        assert mark_of(next(pages).pixels) == 1

        def cancel() -> None:
            assert at.simulated.wait_held()
            at.scanner.cancel()

        assert code_when(at, lambda: next(pages), cancel) == "scanner.cancelled"
        assert hands.spoiled == (2,)
        assert at.feed() == ([3], "")
        assert at.process.status.stats.restarts == 0


def test_closing_a_feed_leaves_the_rest_in_the_feeder_and_the_next_goes_on_there() -> None:
    with stand() as at:
        hands = at.simulated.mechanism
        hands.load(*range(1, 9))
        pages = at.scanner.feed(timeout_s=FEED_S)
        assert mark_of(next(pages).pixels) == 1
        pages.close()
        rest, code = at.feed()
        assert code == ""
        assert sorted({*hands.passed, *hands.spoiled}) == list(range(1, 9))
        assert rest == list(range(rest[0], 9))


@pytest.mark.parametrize("call", [Call.START, Call.GET_PARAMETERS, Call.CONTROL_OPTION])
def test_a_scanner_that_hangs_costs_one_scan_and_its_process(call: Call) -> None:
    with stand(patience=HASTY, profiles={"gray": {"mode": "gray"}}) as at:
        before = at.process.pid
        at.simulated.hang(call)
        with pytest.raises(DeviceError) as caught:
            at.scanner.scan(1.0, "gray")
        assert caught.value.code in {"device.timeout", "device.restarting"}
        at.simulated.release()
        until(lambda: at.process.pid not in {None, before} and at.process.health.code == "device.ok")
        assert scanned(at) == 1


def test_a_page_that_stops_coming_costs_one_scan_and_its_process() -> None:
    with stand(patience=HASTY) as at:
        at.simulated.mechanism.load(1, 2)
        at.simulated.hold(0.3)
        pages = at.scanner.feed(timeout_s=0.7)
        with pytest.raises(DeviceError) as caught:
            next(pages)
        assert caught.value.code == "device.timeout"
        until(lambda: at.process.status.stats.restarts == 1 and at.process.health.code == "device.ok")
        assert at.simulated.mechanism.spoiled == (1,)
        assert at.feed() == ([2], "")


def test_a_driver_that_ends_in_mid_page_does_not_leave_the_scanner_taken() -> None:
    with stand(patience=HASTY) as at:
        at.simulated.hold(0.5)
        code = code_when(at, lambda: at.scanner.scan(FEED_S), lambda: _kill_when_held(at))
        assert code == "device.restarting"
        until(lambda: at.process.health.code == "device.ok" and at.process.status.stats.restarts == 1)
        assert scanned(at) == 1


def _kill_when_held(at: Stand) -> None:
    assert at.simulated.wait_held()
    assert at.process.pid is not None
    os.kill(at.process.pid, signal.SIGKILL)


def test_unplugging_is_seen_within_a_second_and_the_scanner_is_back_under_another_number() -> None:
    with stand() as at:
        assert at.process.identity["serial"] == "B0001"
        name = at.simulated.sane_name
        for _ in range(2):
            pulled_s = time.monotonic()
            at.simulated.unplug()
            at.told.wait_for_codes("device.ok", "device.absent")
            assert time.monotonic() - pulled_s < 5.0  # 0.5 where nothing else runs
            with pytest.raises(DeviceError, match=r"device\.absent"):
                at.scanner.scan(FEED_S)
            put_back_s = time.monotonic()
            at.simulated.replug()
            at.told.wait_for_codes("device.absent", "device.ok")
            assert time.monotonic() - put_back_s < 8.0  # 0.6 where nothing else runs
            assert scanned(at) == 1
        assert at.simulated.sane_name != name


def test_a_scanner_that_was_pulled_and_put_back_between_two_looks_is_opened_anew() -> None:
    with stand() as at:
        at.simulated.unplug()
        at.simulated.replug()
        until(lambda: at.simulated.calls.count(Call.OPEN) >= 2)
        until(lambda: at.process.health.code == "device.ok")
        assert scanned(at) == 1


def test_unplugging_in_mid_page_is_an_error_and_never_a_page() -> None:
    with stand() as at:
        at.simulated.hold(0.5)

        def unplug() -> None:
            assert at.simulated.wait_held()
            at.simulated.unplug()

        assert code_when(at, lambda: at.scanner.scan(FEED_S), unplug) == "scanner.io-error"
        at.told.wait(lambda _: at.told.codes()[-1] == "device.absent")
        at.simulated.replug()
        at.told.wait_for_codes("device.ok")
        assert scanned(at) == 1


def test_where_only_sanes_list_tells_the_scanner_is_looked_for_now_and_then() -> None:
    with stand(Habits(sensors=False), usb_id=None, look_s=1) as at:
        at.simulated.unplug()
        at.told.wait_for_codes("device.ok", "device.absent")
        at.simulated.replug()
        at.told.wait_for_codes("device.absent", "device.ok")
        assert scanned(at) == 1


def test_where_only_sanes_list_tells_a_stir_makes_the_driver_look_at_once() -> None:
    with stand(Habits(sensors=False), usb_id=None, look_s=3600) as at:
        at.simulated.unplug()
        at.process.stir()
        at.told.wait_for_codes("device.ok", "device.absent")
        at.simulated.replug()
        at.process.stir()
        at.told.wait_for_codes("device.absent", "device.ok")
        assert scanned(at) == 1


def test_a_sensor_tells_of_unplugging_where_the_kernel_does_not() -> None:
    with stand(usb_id=None, look_s=3600) as at:
        at.simulated.unplug()
        at.told.wait(lambda _: at.told.codes()[-1] == "device.absent")
        at.simulated.replug()
        at.told.wait(lambda _: at.told.codes()[-1] == "device.ok")
        assert scanned(at) == 1


def test_a_daemon_that_goes_away_and_comes_back_is_found_again() -> None:
    with stand(patience=HASTY) as at:
        at.simulated.switch_off()
        at.told.wait(lambda _: at.told.codes()[-1] not in {"device.ok", "device.starting"})
        at.simulated.switch_on()
        at.told.wait(lambda _: at.told.codes()[-1] == "device.ok")
        assert scanned(at) == 1


def test_a_scanner_that_is_not_there_at_the_start_is_found_when_it_comes() -> None:
    with stand(plugged=False, first="device.absent") as at:
        assert at.process.health.remedy is Remedy.SERVICE
        at.simulated.replug()
        at.told.wait_for_codes("device.absent", "device.ok")
        assert scanned(at) == 1


def test_a_scanner_that_is_described_wrongly_is_told_with_what_there_is() -> None:
    with stand(first="device.absent", match={"model": "no such*"}) as at:
        assert "SANE lists net:127." in at.process.health.detail


@pytest.mark.parametrize(
    ("statuses", "code", "remedy"),
    [
        ([Status.DEVICE_BUSY], "scanner.busy", Remedy.RETRY),
        ([Status.ACCESS_DENIED], "scanner.denied", Remedy.SERVICE),
        ([Status.IO_ERROR, Status.IO_ERROR], "scanner.io-error", Remedy.SERVICE),
    ],
)
def test_a_scanner_that_cannot_be_opened_says_why_until_it_can(
    statuses: list[Status], code: str, remedy: Remedy
) -> None:
    with stand() as at:
        at.simulated.refuse(Call.OPEN, *statuses)
        at.simulated.mechanism.fail(Status.IO_ERROR)
        with pytest.raises(DeviceError, match=r"scanner\.io-error"):
            at.scanner.scan(FEED_S)
        at.told.wait_for_codes(code)
        assert at.process.health.remedy is remedy
        at.told.wait_for_codes("device.ok")
        assert scanned(at) == 1


def test_two_programs_do_not_share_a_scanner() -> None:
    with stand() as at:
        at.simulated.refuse(Call.OPEN, *([Status.DEVICE_BUSY] * 50))
        at.simulated.mechanism.jam()
        with pytest.raises(DeviceError):
            at.scanner.scan(FEED_S)
        with pytest.raises(DeviceError) as caught:
            at.scanner.scan(FEED_S)
        assert caught.value.code == "scanner.busy"


def test_an_a4_page_in_colour_at_300_dpi_takes_three_times_its_size_at_most() -> None:
    with stand(dpi=300, page="A4") as at:
        before_kb = peak_kb(at)
        frame = at.scanner.scan(30.0)
        assert frame.pixels.shape == (3508, 2480, 3)
        assert mark_of(frame.pixels) == 1
        assert (peak_kb(at) - before_kb) * 1024 < 3 * frame.pixels.nbytes


def peak_kb(at: Stand) -> int:
    status = Path(f"/proc/{at.process.pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
