import json
import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import tomli_w
from rich.console import Console

from devices import DeviceSpec, DeviceStatus, Health, Kind, Severity, Stats
from kiosk.catalogue.loader import load_builtin
from kiosk.device_board import BoardWriter, read_board
from kiosk.device_desk import show_devices, watch_devices
from kiosk.doctor import Finding, show
from provisioning.profile import ProfileError, load_profile
from tests.wire.puppets import PUPPET, until

BUG, UNUSABLE, UNAVAILABLE = 70, 78, 69
PLACE = {"zh": "示例", "en": "Example"}
Devices = dict[str, dict[str, Any]]


def puppet(kind: str = "camera", **options: str) -> dict[str, Any]:
    return {"kind": kind, "driver": PUPPET, "options": options}


def written(folder: Path, devices: Devices) -> Path:
    profile = {
        "terminal": {"number": "T0421", "place": PLACE},
        "paths": {"data": "data", "runtime": "run"},
        "platform": {
            "url": "http://127.0.0.1:1",
            "progress_url": "https://progress.example/case",
            "keys": "platform.json",
            "token": "token",
        },
        "devices": devices,
    }
    path = folder / "terminal.toml"
    path.write_text(tomli_w.dumps(profile), encoding="utf-8")
    return path


def shown(profile: Path) -> tuple[bool, str]:
    text = StringIO()
    usable = show_devices(load_profile(profile), load_builtin(), Console(width=180, file=text))
    return usable, text.getvalue()


def asked(profile: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "doctor", "devices", "--profile", str(profile)]
    return subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)


def test_every_device_is_listed_with_identity_health_and_remedy(tmp_path: Path) -> None:
    devices = {
        "camera-1": puppet(),
        "scanner-1": puppet("scanner", needs="/no/such/cable"),
        "printer-1": puppet("printer") | {"enabled": False},
    }
    done = asked(written(tmp_path, devices))
    assert done.returncode == UNAVAILABLE
    for word in ("camera-1", "model puppet", "ready", "device.ok"):
        assert word in done.stdout
    for word in (
        "scanner-1",
        "lost",
        "device.absent",
        "service, maintenance",
        "Plug it in",
        "/no/such/cable",
    ):
        assert word in done.stdout
    assert "disabled" in done.stdout


def test_what_a_device_does_to_the_services_is_told(tmp_path: Path) -> None:
    _, text = shown(written(tmp_path, {"idcard-1": puppet("id-card", needs="/no/such/cable")}))
    line = next(line for line in text.splitlines() if "residence-registration" in line)
    assert "blocked" in line
    assert "item.needs-id-card (idcard-1: device.absent)" in line


def test_all_well_is_told_by_the_exit_status(tmp_path: Path) -> None:
    assert asked(written(tmp_path, {"camera-1": puppet()})).returncode == 0


@pytest.mark.parametrize(
    ("devices", "said"),
    [
        ({"camera-1": puppet() | {"driver": "opencvv"}}, "devices.camera-1.driver"),
        ({"camera-1": puppet() | {"driver": "sane"}}, "for camera it is one of opencv"),
        ({"camera-1": puppet("scanner")}, "a device of kind scanner is called scanner-1"),
        ({"camera-1": puppet() | {"memory_mb": 1}}, "devices.camera-1.memory_mb"),
        ({"camera-1": puppet() | {"colour": "red"}}, "devices.camera-1.colour"),
        ({"camera-1": puppet("toaster")}, "devices.camera-1.kind"),
    ],
)
def test_a_mistake_in_the_profile_is_told_by_its_key(tmp_path: Path, devices: Devices, said: str) -> None:
    with pytest.raises(ProfileError, match=r"profile\.bad-key") as caught:
        shown(written(tmp_path, devices))
    assert said in str(caught.value)


def test_a_mistake_in_the_profile_ends_the_program_with_words_and_a_status_of_its_own(tmp_path: Path) -> None:
    done = asked(written(tmp_path, {"camera-1": puppet() | {"driver": "sane"}}))
    assert done.returncode == UNUSABLE
    assert "profile.bad-key" in done.stderr
    assert "for camera it is one of opencv" in done.stderr


def test_a_wrong_option_is_the_health_of_that_device_and_names_the_key(tmp_path: Path) -> None:
    devices = {
        "camera-1": puppet(),
        "scanner-1": {"kind": "scanner", "driver": "sane", "options": {"device": "test:0", "colour": 3}},
    }
    usable, text = shown(written(tmp_path, devices))
    assert not usable
    assert "device.bad-option" in text
    assert "colour" in text
    assert "device.ok" in text


# A terminal that runs -----------------------------------------------------------------------------


def status(code: str = "device.ok") -> DeviceStatus:
    began = datetime(2026, 11, 1, tzinfo=UTC)
    health = Health("idcard-1", code, Severity.OK, None, began)
    spec = DeviceSpec("idcard-1", Kind.ID_CARD, "sdt")
    return DeviceStatus(spec, health, False, {"serial": "05.03 [/x]"}, {"reads": 12}, Stats(12, 1, 0, began))  # noqa: FBT003 - a record


def test_a_running_terminal_is_asked_instead_of_its_devices(tmp_path: Path) -> None:
    path = written(tmp_path, {"idcard-1": puppet("id-card", needs="/the/terminal/has/it/open")})
    with BoardWriter(tmp_path / "run", lambda: (status(),)):
        until(lambda: read_board(tmp_path / "run") is not None)
        usable, text = shown(path)
    assert usable
    assert "serial 05.03 [/x]" in text  # brackets that a device says are no mark-up
    assert "reads 12" in text


def test_the_board_of_a_terminal_that_was_killed_is_not_believed(tmp_path: Path) -> None:
    writer = "from pathlib import Path; import time; from kiosk.device_board import BoardWriter\n"
    writer += f"BoardWriter(Path({str(tmp_path)!r}), lambda: ()).__enter__(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", writer]) as killed:
        until(lambda: read_board(tmp_path) is not None)
        killed.kill()
    assert (tmp_path / "devices.json").exists()
    assert read_board(tmp_path) is None


def test_the_board_follows_the_devices_and_goes_with_the_terminal(tmp_path: Path) -> None:
    now = [status()]
    with BoardWriter(tmp_path, lambda: tuple(now)) as board:
        until(lambda: _codes(tmp_path) == ["device.ok"])
        now[0] = status("device.absent")
        board.touch()
        until(lambda: _codes(tmp_path) == ["device.absent"])
    assert list(tmp_path.iterdir()) == []


def _codes(folder: Path) -> list[str]:
    board = read_board(folder)
    return [] if board is None else [row.health.code for row in board.rows]


def test_the_board_of_a_terminal_whose_number_another_process_has_now_is_not_believed(tmp_path: Path) -> None:
    with BoardWriter(tmp_path, lambda: (status(),)):
        until(lambda: read_board(tmp_path) is not None)
        board = json.loads((tmp_path / "devices.json").read_bytes())
    (tmp_path / "devices.json").write_text(
        json.dumps(board | {"begun": board["begun"] - 1}), encoding="utf-8"
    )
    assert read_board(tmp_path) is None


def test_a_thread_that_ends_of_a_bug_ends_the_program() -> None:
    code = "import sys, threading, time; from kiosk import __main__ as k\n"
    code += "k.log.configure(); sys.argv[1:] = ['run']\n"
    code += "k.app = lambda: (threading.Thread(target=lambda: 1 / 0).start(), time.sleep(30)); k.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=25, check=False
    )
    assert done.returncode == BUG
    assert "ZeroDivisionError" in done.stderr
    assert "division by zero" not in done.stderr


# Live ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["no answer on [/dev/ttyUSB0]", "lost device [usb:001]"])
def test_what_a_driver_says_in_brackets_is_shown(capsys: pytest.CaptureFixture[str], said: str) -> None:
    show([Finding("scanner", ok=False, code="scanner.offline", remedy=said)])
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("command", [["metrics", "--textfile", "/proc/none/queue.prom"], ["repair"]])
def test_a_disk_that_refuses_an_operator_is_no_bug(tmp_path: Path, command: list[str]) -> None:
    profile = written(tmp_path, {})
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "queue", *command, "--profile", str(profile)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "No such file" in done.stderr) == (UNAVAILABLE, True)


def test_watch_follows_a_device_live_and_ends_when_told(tmp_path: Path) -> None:
    needed = tmp_path / "plugged-in"
    path = written(tmp_path, {"camera-1": puppet(needs=str(needed))})
    command = [sys.executable, "-m", "kiosk", "doctor", "devices", "--watch", "--profile", str(path)]
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "180", "LINES": "50"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as watching:
        os.close(theirs)
        assert _shows(ours, b"device.absent")
        needed.touch()
        assert _shows(ours, b"device.ok")
        watching.send_signal(signal.SIGINT)
        assert not _shows(ours, b"never shown")
        assert watching.wait(20) == 0
    os.close(ours)


def test_ctrl_c_ends_a_command_wherever_it_was_in_waiting_for_it() -> None:
    code = """
        import signal, sys, threading
        from kiosk.command_line import told_to_end

        def press_at(line):
            stop, lines = told_to_end(), 0
            def trace(frame, event, _):
                nonlocal lines
                if frame.f_code.co_filename != threading.__file__:
                    return None
                lines += event == "line"
                if lines == line:
                    lines += 1
                    signal.raise_signal(signal.SIGINT)
                return trace
            sys.settrace(trace)
            stop.wait(0.01)
            sys.settrace(None)
            if lines > line:
                stop.wait()
            return lines > line

        line = 1
        while press_at(line):
            line += 1
        print(line)
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, timeout=50, check=False
    )
    assert int(done.stdout) > 20, done.stderr


def test_watch_says_when_the_terminal_that_it_followed_has_ended(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, {"idcard-1": puppet("id-card")}))
    screen, stop = StringIO(), threading.Event()
    console = Console(width=180, file=screen, force_terminal=True)
    with ThreadPoolExecutor(1) as pool:
        try:
            with BoardWriter(tmp_path / "run", lambda: (status(),)):
                until(lambda: read_board(tmp_path / "run") is not None)
                watching = pool.submit(watch_devices, profile, load_builtin(), console, stop)
                until(lambda: "device.ok" in screen.getvalue())
            until(lambda: "no terminal runs any more" in screen.getvalue())
        finally:
            stop.set()
        watching.result(10.0)


def _shows(screen: int, words: bytes, timeout_s: float = 30.0) -> bool:
    seen = b""
    end_s = time.monotonic() + timeout_s
    while words not in seen and time.monotonic() < end_s:
        if select.select([screen], [], [], 0.2)[0]:
            try:
                seen += os.read(screen, 65536)
            except OSError:  # the program has gone
                return False
    return words in seen
