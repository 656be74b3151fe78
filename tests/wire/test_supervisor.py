import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from devices.device_set import open_devices
from devices.errors import DeviceError, Remedy
from devices.health import Severity
from devices.model import CardDetected, DeviceSpec, Kind
from devices.patience import CallCutError, Patience
from devices.supervisor import DeviceProcess
from tests.support.promises import keeps
from tests.wire.puppets import PUPPET, Told, puppet, until

ONE_LIFE = Patience(restart_s=(30.0,))


def kill(device: DeviceProcess) -> int:
    assert device.pid is not None
    pid = device.pid
    os.kill(pid, signal.SIGKILL)
    return pid


def test_a_command_is_answered_with_what_the_driver_returns(steady: DeviceProcess) -> None:
    assert steady.call("echo", {"value": {"a": [1, b"\0", "字"]}}, 5.0) == {"a": [1, b"\0", "字"]}


def test_a_refusal_of_the_driver_arrives_with_code_remedy_and_detail(steady: DeviceProcess) -> None:
    with pytest.raises(DeviceError) as caught:
        steady.call("fail", {"code": "puppet.sulks", "remedy": "attendant"}, 5.0)
    error = caught.value
    assert (error.device, error.code, error.remedy, error.detail) == (
        "puppet-1",
        "puppet.sulks",
        Remedy.ATTENDANT,
        "as told",
    )
    assert not isinstance(error, CallCutError)


def test_what_a_refusal_costs_arrives_with_it_where_it_is_not_what_usually_follows(
    steady: DeviceProcess,
) -> None:
    refusal = {"code": "puppet.sulks", "remedy": "service", "severity": "warn"}
    with pytest.raises(DeviceError) as caught:
        steady.call("fail", refusal, 5.0)
    assert caught.value.severity is Severity.WARN


def test_a_fault_that_costs_more_than_before_is_told_anew(device: DeviceProcess, told: Told) -> None:
    for severity in (Severity.WARN, Severity.FAULT, Severity.WARN):
        device.call("ail", {"code": "puppet.sulks", "remedy": "service", "severity": severity.value}, 5.0)
        until(lambda: device.health.severity is severity, 5.0)  # noqa: B023 - used at once
    assert told.codes() == ["device.ok", *["puppet.sulks"] * 3]


def test_what_a_device_says_unasked_arrives_as_an_event(device: DeviceProcess, told: Told) -> None:
    device.call("say", {}, 5.0)
    told.wait(lambda events: CardDetected("puppet-1") in events)


def test_the_identity_is_known_once_the_device_is_open(steady: DeviceProcess) -> None:
    assert steady.identity == {"model": "puppet"}


def test_what_a_fault_costs_follows_from_who_has_to_come(device: DeviceProcess, told: Told) -> None:
    for code, remedy, severity in [
        ("puppet.sulks", "retry", Severity.WARN),
        ("puppet.sulks", "resident", Severity.BLOCK),
        ("puppet.sulks", "attendant", Severity.BLOCK),
        ("puppet.sulks", "service", Severity.FAULT),
        ("puppet.paper-low", "attendant", Severity.WARN),
    ]:
        device.call("ail", {"code": code, "remedy": remedy}, 5.0)
        told.wait_for_codes("device.ok", code)
        assert (device.health.severity, device.health.remedy) == (severity, remedy)
        device.call("ail", {"code": "", "remedy": ""}, 5.0)
        told.wait_for_codes("device.ok", code, "device.ok")
        assert device.health.remedy is None


def test_health_is_told_when_it_changes_and_not_on_every_tick(device: DeviceProcess, told: Told) -> None:
    device.call("ail", {"code": "puppet.sulks", "remedy": "retry"}, 5.0)
    told.wait_for_codes("device.ok", "puppet.sulks")
    for _ in range(20):
        device.call("say", {}, 5.0)
    assert told.codes() == ["device.ok", "puppet.sulks"]


def test_a_device_that_is_absent_is_opened_once_it_is_there(tmp_path: Path, told: Told) -> None:
    needed = tmp_path / "plugged-in"
    with puppet(told, {"needs": str(needed)}) as device:
        told.wait_for_codes("device.absent")
        assert device.health.severity is Severity.FAULT
        with pytest.raises(DeviceError, match=r"device\.absent"):
            device.call("echo", {"value": 1}, 5.0)
        needed.touch()
        told.wait_for_codes("device.absent", "device.ok")
        assert device.call("echo", {"value": 1}, 5.0) == 1


def test_a_driver_that_the_registry_does_not_know_is_a_health_not_a_crash(told: Told) -> None:
    drivers = ["nonsense", "devices.idcard.sdt:make", "os:system", "devices.sim.puppet"]
    specs = [DeviceSpec(f"scanner-{n}", Kind.SCANNER, driver) for n, driver in enumerate(drivers, 1)]
    with open_devices(specs, told) as devices:
        told.wait(lambda _: told.codes() == ["device.unknown-driver"] * len(drivers))
        assert devices.scanner is not None
        with pytest.raises(DeviceError, match=r"device\.unknown-driver"):
            devices.scanner.scan(5.0)


def test_a_killed_process_is_told_at_once_and_comes_back_usable(device: DeviceProcess, told: Told) -> None:
    first = kill(device)
    told.wait_for_codes("device.ok", "device.restarting")
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    assert device.pid != first
    assert device.call("echo", {"value": "again"}, 5.0) == "again"


def test_between_two_lives_a_command_is_refused_at_once(told: Told) -> None:
    with puppet(told, patience=ONE_LIFE) as device:
        told.wait_for_codes("device.ok")
        kill(device)
        told.wait_for_codes("device.ok", "device.restarting")
        until(lambda: device.pid is None)
        with pytest.raises(DeviceError, match=r"device\.restarting") as caught:
            device.call("echo", {"value": 1}, 5.0)
        assert not isinstance(caught.value, CallCutError)


@pytest.mark.parametrize(
    ("command", "arguments", "deadline_s", "code"),
    [("leave", {"code": 3}, 10.0, "device.restarting"), ("hang", {"for_s": 600}, 0.1, "device.timeout")],
)
def test_whoever_hears_that_a_command_was_cut_off_finds_the_device_unwell_already(
    told: Told, command: str, arguments: dict[str, object], deadline_s: float, code: str
) -> None:
    with puppet(told, patience=ONE_LIFE) as device:
        told.wait_for_codes("device.ok")
        with pytest.raises(CallCutError, match=code):
            device.call(command, arguments, deadline_s)
        assert device.health.code == "device.restarting"


def test_a_command_to_a_process_that_has_just_died_never_began_and_finds_the_device_unwell_already(
    told: Told,
) -> None:
    with puppet(told, patience=ONE_LIFE) as device:
        told.wait_for_codes("device.ok")
        pid = kill(device)
        with suppress(ChildProcessError):  # its end was noticed already
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(DeviceError, match=r"device\.restarting") as caught:
            device.call("echo", {"value": 1}, 10.0)
        assert not isinstance(caught.value, CallCutError)
        assert device.health.code == "device.restarting"


@pytest.mark.parametrize(("command", "arguments"), [("leave", {"code": 3}), ("no such command", {})])
def test_a_process_that_ends_during_a_command_cuts_the_call(
    device: DeviceProcess, command: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(CallCutError, match=r"device\.restarting"):
        device.call(command, arguments, 10.0)


def test_a_crash_is_reported_without_the_text_of_the_exception(
    told: Told, capfd: pytest.CaptureFixture[str]
) -> None:
    with puppet(told) as device:
        told.wait_for_codes("device.ok")
        with pytest.raises(CallCutError):
            device.call("break", {"text": "陈淑芬 440306194305179908"}, 10.0)
        told.wait_for_codes("device.ok", "device.restarting")
    reported = capfd.readouterr().err
    assert "puppet.py" in reported
    assert "RuntimeError" in reported
    assert "陈" not in reported
    assert "440306" not in reported


def test_a_command_over_its_deadline_ends_the_process_and_the_next_one_works(
    device: DeviceProcess, told: Told
) -> None:
    first = device.pid
    began_s = time.monotonic()
    with pytest.raises(CallCutError, match=r"device\.timeout") as caught:
        device.call("hang", {"for_s": 600}, 0.3)
    assert time.monotonic() - began_s < 5.0
    assert caught.value.remedy is Remedy.RETRY
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    assert device.pid != first
    assert device.call("echo", {"value": 1}, 5.0) == 1


def test_a_device_that_hangs_while_nobody_asks_is_restarted(told: Told) -> None:
    with puppet(told, patience=Patience(silence_s=3.0, look_s=0.1)) as device:
        told.wait_for_codes("device.ok")
        device.call("hang-later", {"for_s": 600}, 5.0)
        told.wait_for_codes("device.ok", "device.restarting", "device.ok")


def test_a_second_call_is_refused_while_the_first_is_under_way(steady: DeviceProcess) -> None:
    began = threading.Event()

    def occupy() -> None:
        began.set()
        steady.call("hang", {"for_s": 1.0}, 10.0)

    first = threading.Thread(target=occupy)
    first.start()
    began.wait()
    until(lambda: steady.status.busy)
    with pytest.raises(DeviceError, match=r"device\.busy"):
        steady.call("echo", {"value": 1}, 5.0)
    first.join()
    assert steady.call("echo", {"value": 1}, 5.0) == 1


def test_a_wish_is_carried_out_again_after_a_restart(device: DeviceProcess, told: Told) -> None:
    device.wish("topic", "wish")
    until(lambda: device.call("wishes", {}, 5.0) == 1)
    kill(device)
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    until(lambda: device.call("wishes", {}, 5.0) == 1)


def test_a_killed_process_leaves_no_zombie(device: DeviceProcess, told: Told) -> None:
    first = kill(device)
    told.wait_for_codes("device.ok", "device.restarting", "device.ok")
    assert not psutil.pid_exists(first)


def test_stopping_ends_hung_devices_within_two_seconds_and_leaves_no_process() -> None:
    specs = [DeviceSpec(f"camera-{n}", Kind.CAMERA, PUPPET) for n in (1, 2)]

    def end_both() -> tuple[float]:
        told = Told()
        with open_devices(specs, told) as devices:
            told.wait(lambda _: told.codes().count("device.ok") == 2)
            pids = [devices.pid(name) for name in devices.names]
            for process in devices._processes.values():  # pyright: ignore[reportPrivateUsage]  # no façade has a wish to hang
                process.wish("hang", "hang", {"for_s": 600})
            began_s = time.monotonic()
        until(lambda: not any(psutil.pid_exists(pid) for pid in pids if pid))
        took_s = time.monotonic() - began_s
        assert "device.restarting" not in told.codes()
        return (took_s,)

    assert keeps((2.0,), end_both)


def test_a_device_dies_with_the_program_even_while_it_hangs(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import threading\n"
        "from devices import DeviceSpec, Kind, open_devices\n"
        "from devices.model import HealthChanged\n"
        "ok = threading.Event()\n"
        f"spec = DeviceSpec('camera-1', Kind.CAMERA, {PUPPET!r})\n"
        "with open_devices([spec], lambda event: ok.set()) as devices:\n"
        "    ok.wait()\n"
        "    devices._processes['camera-1'].wish('hang', 'hang', {'for_s': 600})\n"
        "    print(devices.pid('camera-1'), flush=True)\n"
        "    threading.Event().wait()\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(root)}
    ) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        assert psutil.pid_exists(child)
        program.kill()
    until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)


def test_a_device_that_holds_personal_data_dumps_no_core(device: DeviceProcess) -> None:
    limits = Path(f"/proc/{device.pid}/limits").read_text("ascii")
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[-3:-1] == ["0", "0"]


def test_a_signal_meant_for_the_program_does_not_end_its_devices(device: DeviceProcess) -> None:
    pid = device.pid
    assert pid is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, number)
    assert device.call("echo", {"value": 1}, 5.0) == 1
    assert device.pid == pid
