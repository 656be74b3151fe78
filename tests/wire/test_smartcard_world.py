import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from devices.sim.pcscd_world import PcscdWorld, why_not
from tests.wire.puppets import until

pytestmark = [pytest.mark.root, pytest.mark.skipif(bool(why_not()), reason=why_not() or "never")]

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys, threading
from devices.sim.pcscd_world import PcscdWorld
with PcscdWorld() as world:
    print(world.pid, world.folder, flush=True)
    sys.stdin.read()
"""


def test_the_reader_cannot_be_reached_from_the_machines_own_network() -> None:
    with PcscdWorld(), socket.socket() as outside, pytest.raises(ConnectionRefusedError):
        outside.connect(("127.0.0.1", 0x8C7B))


def test_nothing_is_left_of_a_world_that_has_ended() -> None:
    with PcscdWorld() as world:
        pid = world.pid
        assert pid is not None
        assert psutil.Process(pid).name() == "pcscd"
        folder = world.folder
    assert not psutil.pid_exists(pid)
    assert not folder.exists()


def test_pcscd_dies_with_a_program_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    ) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline().split()[0])
        assert psutil.Process(pid).name() == "pcscd"
        program.send_signal(signal.SIGKILL)
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
