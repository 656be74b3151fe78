import os
import signal
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest

from devices.device_set import open_devices
from devices.errors import DeviceError, Remedy
from devices.health import Action, Health, Phase, Severity
from devices.ladder import Rung, Step
from devices.model import DeviceSpec, Frame, HealthChanged, Kind, ReadingsChanged
from devices.patience import CallCutError, Patience
from devices.supervisor import DeviceProcess
from tests.support.promises import keeps
from tests.wire.puppets import PUPPET, Told, puppet, running, until

BRISK = Patience(look_s=0.1)


def numbers(frames: Iterable[Frame]) -> list[int]:
    return [int(frame.pixels[0, 0, 0]) for frame in frames]


def healths(told: Told) -> list[Health]:
    return [event.health for event in told.events if isinstance(event, HealthChanged)]


def details(told: Told) -> list[str]:
    return [health.detail for health in healths(told)]


# Streams ------------------------------------------------------------------------------------------


def test_the_pages_of_a_stream_come_in_order_and_then_it_ends(steady: DeviceProcess) -> None:
    before = steady.status.stats.done
    assert numbers(steady.stream("feed", {"pages": 3}, 5.0)) == [1, 2, 3]
    assert steady.status.stats.done - before >= 3


def test_a_fault_on_the_second_page_leaves_the_first_one_whole(steady: DeviceProcess) -> None:
    pages = steady.stream("feed", {"pages": 3, "jam_at": 2}, 5.0)
    assert int(next(pages).pixels[0, 0, 0]) == 1
    with pytest.raises(DeviceError, match=r"puppet\.jam"):
        next(pages)
    assert steady.call("echo", {"value": "next"}, 5.0) == "next"


def test_a_stream_that_is_let_go_of_is_cancelled_and_the_device_is_free(steady: DeviceProcess) -> None:
    pages = steady.stream("feed", {"pages": 200, "page_s": 0.05}, 5.0)
    next(pages)
    pages.close()
    assert steady.call("echo", {"value": "next"}, 5.0) == "next"


def test_each_page_of_a_stream_has_the_deadline_anew(steady: DeviceProcess) -> None:
    assert numbers(steady.stream("feed", {"pages": 4, "page_s": 0.4}, 1.2)) == [1, 2, 3, 4]


def test_a_stream_that_hangs_ends_the_process_and_says_so(device: DeviceProcess, told: Told) -> None:
    pages = device.stream("feed", {"pages": 2, "page_s": 30.0}, 0.3)
    with pytest.raises(CallCutError, match=r"device\.timeout"):
        next(pages)
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")


def test_no_more_than_two_pages_run_ahead_of_whoever_takes_them(steady: DeviceProcess) -> None:
    pages = steady.stream("feed", {"pages": 6}, 5.0)
    next(pages)
    time.sleep(0.3)  # all six would be there by now
    asked_s = time.monotonic()
    made_s = [page.taken_s for page in pages]
    assert len(made_s) == 5
    assert min(made_s[2:]) > asked_s


def test_a_stream_that_waits_for_its_pages_to_be_taken_is_broken_off_at_once(steady: DeviceProcess) -> None:
    def break_off() -> tuple[float]:
        pages = steady.stream("feed", {"pages": 6}, 5.0)
        next(pages)
        time.sleep(0.3)  # two pages lie there, and the device has stopped
        closed_s = time.monotonic()
        pages.close()
        assert steady.call("echo", {"value": "next"}, 5.0) == "next"
        return (time.monotonic() - closed_s,)

    assert keeps((1.5,), break_off)


# Cancelling ---------------------------------------------------------------------------------------


def test_a_running_command_is_broken_off_by_cancel(steady: DeviceProcess) -> None:
    with ThreadPoolExecutor(1) as caller:
        waiting = caller.submit(steady.call, "wait", {"for_s": 30.0}, 40.0)
        until(lambda: steady.status.busy)
        steady.cancel()
        error = waiting.exception(timeout=10.0)
    # What is cancelled before the driver has begun is never begun.
    assert isinstance(error, DeviceError)
    assert error.code in {"puppet.cancelled", "device.cancelled"}


def test_a_cancel_that_comes_too_late_changes_nothing(steady: DeviceProcess) -> None:
    steady.call("echo", {"value": 1}, 5.0)
    steady.cancel()
    assert steady.call("echo", {"value": 2}, 5.0) == 2


# What a device tells ------------------------------------------------------------------------------


def test_readings_are_told_when_they_change_and_only_then(device: DeviceProcess, told: Told) -> None:
    level = ReadingsChanged("puppet-1", {"paper": "low", "slips": 7, "charge": 0.5, "door": True})
    device.call("read", {"readings": dict(level.readings)}, 5.0)
    told.wait(lambda events: level in events)
    for _ in range(10):
        device.call("say", {}, 5.0)
    assert [event for event in told.events if isinstance(event, ReadingsChanged)] == [level]
    assert device.status.readings == level.readings


def test_the_last_success_and_the_failures_are_counted(steady: DeviceProcess) -> None:
    before = steady.status.stats
    steady.call("echo", {"value": 1}, 5.0)
    with pytest.raises(DeviceError):
        steady.call("fail", {"code": "puppet.sulks", "remedy": "retry"}, 5.0)
    after = steady.status.stats
    assert (after.done, after.failures) == (before.done + 1, before.failures + 1)
    assert after.last_ok is not None


def test_every_phase_of_a_life_is_seen(told: Told, tmp_path: Path) -> None:
    needed = tmp_path / "plugged-in"
    with puppet(told, {"needs": str(needed)}) as device:
        assert device.status.phase in {Phase.STARTING, Phase.LOST}
        told.wait_for_codes("device.absent")
        assert device.status.phase is Phase.LOST
        needed.touch()
        told.wait_for_codes("device.absent", "device.ok")
        assert device.status.phase is Phase.READY
        with ThreadPoolExecutor(1) as caller:
            waiting = caller.submit(device.call, "wait", {"for_s": 30.0}, 40.0)
            until(lambda: device.status.phase is Phase.BUSY)
            device.cancel()
            assert waiting.exception(timeout=10.0) is not None
        device.call("ail", {"code": "puppet.sulks", "remedy": "service"}, 5.0)
        told.wait_for_codes("device.ok", "puppet.sulks")
        assert (device.status.phase, device.health.action) == (Phase.FAULT, Action.MAINTENANCE)


def test_a_device_out_of_use_has_no_process_and_says_so(told: Told) -> None:
    with open_devices([DeviceSpec("camera-1", Kind.CAMERA, PUPPET, enabled=False)], told) as devices:
        assert told.codes() == ["device.disabled"]
        assert devices.pid("camera-1") is None
        assert devices.camera is None
        assert devices.statuses()[0].phase is Phase.DISABLED


# Hot-plug -----------------------------------------------------------------------------------------


def test_an_open_device_is_told_to_look_now(steady: DeviceProcess) -> None:
    before = steady.call("stirs", {}, 5.0)
    steady.stir()
    until(lambda: steady.call("stirs", {}, 5.0) != before)


def test_an_absent_device_is_opened_at_once_when_something_was_plugged_in(told: Told, tmp_path: Path) -> None:
    def plug_in() -> tuple[float]:
        needed = Path(mkdtemp(dir=tmp_path)) / "plugged-in"
        with puppet(told, {"needs": str(needed)}) as device:
            told.wait_for_codes("device.absent")
            time.sleep(2.0)  # the pauses between looks have grown by now
            needed.touch()
            plugged_s = time.monotonic()
            device.stir()
            told.wait_for_codes("device.absent", "device.ok")
            return (time.monotonic() - plugged_s,)

    assert keeps((1.0,), plug_in)


# What the supervisor does with a process that goes wrong ------------------------------------------


def test_a_process_that_takes_too_much_memory_is_started_again(told: Told) -> None:
    spec = DeviceSpec("puppet-1", Kind.CAMERA, PUPPET, memory_mb=256)
    with running(spec, told, BRISK) as device:
        told.wait_for_codes("device.ok")
        with suppress(CallCutError):  # it may be ended before it has answered
            device.call("hoard", {"mb": 300}, 10.0)
        told.wait_for_codes("device.ok", "device.restarting", "device.ok")
        assert any("256 allowed" in detail for detail in details(told))


def test_a_process_that_ends_again_and_again_is_a_matter_for_service(told: Told) -> None:
    with puppet(told, patience=Patience(restart_s=(0.05,))) as device:
        for death in range(6):
            until(lambda: told.codes().count("device.ok") == death + 1)  # noqa: B023 - used at once
            assert device.pid is not None
            os.kill(device.pid, signal.SIGKILL)
        told.wait(lambda _: "device.flapping" in told.codes())
        flapping = next(health for health in healths(told) if health.code == "device.flapping")
        assert (flapping.remedy, flapping.severity) == (Remedy.SERVICE, Severity.FAULT)
        told.wait(lambda _: told.codes()[-1] == "device.ok")


def test_a_device_that_stays_unwell_gets_a_new_process_once_in_a_while(told: Told) -> None:
    ladder = {Rung.NEW_PROCESS: Step(0.5, 600.0, frozenset({Phase.FAULT}))}
    with puppet(told, patience=replace(BRISK, ladder=ladder)) as device:
        told.wait_for_codes("device.ok")
        device.call("ail", {"code": "puppet.sulks", "remedy": "service"}, 5.0)
        told.wait_for_codes("device.ok", "puppet.sulks", "device.restarting", "device.ok")
        device.call("ail", {"code": "puppet.sulks", "remedy": "service"}, 5.0)
        told.wait_for_codes("device.ok", "puppet.sulks")
        time.sleep(1.0)  # twice what the first time took
        assert told.codes()[-1] == "puppet.sulks"


def test_a_port_that_cannot_be_switched_off_and_on_is_told_with_the_fault(told: Told) -> None:
    ladder = {Rung.USB_OFF_AND_ON: Step(0.1, 600.0, frozenset({Phase.FAULT}))}
    spec = DeviceSpec("puppet-1", Kind.CAMERA, PUPPET, usb="99-9")
    with running(spec, told, replace(BRISK, ladder=ladder)) as device:
        told.wait_for_codes("device.ok")
        device.call("ail", {"code": "puppet.sulks", "remedy": "service"}, 5.0)
        told.wait(lambda _: any("99-9/authorized" in detail for detail in details(told)))
        assert (device.health.code, device.health.severity) == ("puppet.sulks", Severity.FAULT)


def test_a_listener_that_never_returns_does_not_hold_up_the_end() -> None:
    stuck, never = threading.Event(), threading.Event()

    def listen(_: object) -> None:
        stuck.set()
        never.wait(60.0)

    process = DeviceProcess(DeviceSpec("puppet-1", Kind.CAMERA, PUPPET), listen, Patience(stop_s=0.3))
    process.start()
    assert stuck.wait(15.0)
    ending_s = time.monotonic()
    process.stop_soon()
    process.join()
    assert time.monotonic() - ending_s < 5.0
    never.set()
    until(lambda: process.pid is None)


def test_a_process_that_was_stopped_is_ended_when_it_stays_silent(told: Told) -> None:
    spec = DeviceSpec("puppet-1", Kind.CAMERA, PUPPET, silence_s=4.0)
    with running(spec, told, BRISK) as device:
        told.wait_for_codes("device.ok")
        assert device.pid is not None
        os.kill(device.pid, signal.SIGSTOP)
        told.wait_for_codes("device.ok", "device.restarting", "device.ok")


def test_all_devices_end_within_two_seconds_whatever_they_are_doing() -> None:
    specs = [DeviceSpec(f"camera-{number}", Kind.CAMERA, PUPPET) for number in range(1, 6)]

    def end_all() -> tuple[float]:
        told = Told()
        with open_devices(specs, told) as devices:
            told.wait(lambda _: told.codes().count("device.ok") == len(specs))
            pids = [pid for spec in specs if (pid := devices.pid(spec.name)) is not None]
            os.kill(pids[0], signal.SIGSTOP)
            ending_s = time.monotonic()
        until(lambda: not any(psutil.pid_exists(pid) for pid in pids))
        took_s = time.monotonic() - ending_s
        assert not [child for child in psutil.Process().children() if child.status() == psutil.STATUS_ZOMBIE]
        return (took_s,)

    assert keeps((2.0,), end_all)
