import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kiosk.demo.delivery import wait_for_case
from kiosk.demo.stage import PORTRAIT, Stage, open_stage
from kiosk.wiring import queue_socket
from offline_queue import QueueClient

MOMENTS = ["Submitting", "Resulting", "Receipting-printing", "Receipting-printed"]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage(PORTRAIT) as stage:
        yield stage


def slips_owed(stage: Stage) -> list[str]:
    """Numbers whose slip nobody holds, the one of the screen that was killed last, if it is."""
    items = QueueClient(queue_socket(stage.profile)).items()
    return [item.receipt_no for item in items[-1:] if not item.receipt_printed]


def play_until(stage: Stage, moment: str) -> str:
    """Play a visit in a process of its own, kill it at a moment, and return the number it had shown.

    The slip that the screen killed before left is taken first.
    """
    command = [sys.executable, "-m", "tests.support.killed_screen", str(stage.profile_path)]
    control = str(stage.folder / "bench" / "control.sock")
    screen = subprocess.run(
        [*command, control, moment, *slips_owed(stage)], stdout=subprocess.PIPE, text=True, check=False
    )
    said = screen.stdout.splitlines()
    assert screen.returncode == -signal.SIGKILL, f"the visit never came to {moment}: {said}"
    return said[-1].split()[1]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_screen_killed_once_the_number_is_given_loses_nothing(stage: Stage, moment: str) -> None:
    queue = QueueClient(queue_socket(stage.profile))
    before = len(queue.items())
    owed = slips_owed(stage)
    receipt_no = play_until(stage, moment)
    assert all(queue.status(number).receipt_printed for number in owed)
    assert slips_owed(stage) == ([] if moment == "Receipting-printed" else [receipt_no])
    stage.bench.pull_card()
    assert [item.receipt_no for item in queue.items()][before:] == [receipt_no]
    stage.bench.restore_network()
    queue.kick()
    case_no = wait_for_case(queue, receipt_no)
    held = stage.desk(f"/cases/{case_no}/application").json()
    assert (held["number"], held["terminal"]) == (case_no, stage.profile.terminal.number)
    assert [item.acceptance_no for item in queue.items()].count(case_no) == 1
    assert sum(item.acceptance_no is None for item in queue.items()) == 0
