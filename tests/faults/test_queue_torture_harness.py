"""The torture itself: exact, and gone without a trace however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.__main__ import ROOT
from tests.torture.loop_disk import why_no_disk
from tests.torture.quick import torture


def wait_until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


def loop_device(harness: int, *, seen_by: int) -> str:
    lines = Path(f"/proc/{seen_by}/mounts").read_text(encoding="ascii").splitlines()
    return next((line.split()[0] for line in lines if f" /mnt/ext4-{harness} " in line), "")


def is_backed_by(device: str, harness: int) -> bool:
    backing = Path(f"/sys/block/{device}/loop/backing_file")
    try:
        return f"ext4-{harness}.img" in backing.read_text(encoding="utf-8")
    except OSError:
        return False


def children_of(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


@pytest.mark.root
def test_a_harness_that_is_killed_leaves_no_mount_no_loop_device_and_no_process(tmp_path: Path) -> None:
    if (reason := why_no_disk()) is not None:
        pytest.skip(reason)
    command = [sys.executable, "-m", "tests.torture", "--only", "power-random-ext4", "--most", "400"]
    harness = subprocess.Popen(
        [*command, "--out", str(tmp_path / "torture.json")], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    pid = harness.pid
    try:
        wait_until(lambda: loop_device(pid, seen_by=pid) != "")
        device = Path(loop_device(pid, seen_by=pid)).name
        wait_until(lambda: children_of(pid) != [])
        children = children_of(pid)
        assert is_backed_by(device, pid)
        assert loop_device(pid, seen_by=os.getpid()) == ""
    finally:
        harness.send_signal(signal.SIGKILL)
        harness.wait()
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    wait_until(lambda: not is_backed_by(device, pid))


def test_the_same_seed_catches_the_same_wrong_queue_after_the_same_number_of_cuts() -> None:
    name = "kill-submit:row-before-file"
    first, second = (torture(name, most=16)[name]["caught_after"] for _ in range(2))
    assert first == second is not None
