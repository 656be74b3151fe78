import json
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
READER = ("1-2", "0403", "6001", "A1", "ttyUSB0")
OTHER = ("1-3", "10c4", "ea60", "B2", "ttyUSB1")
TTY_ADDED = ["add", "tty", "/dev/ttyUSB0", "0403:6001:A1"]
TTY_REMOVED = ["remove", "tty", "/dev/ttyUSB0", "0403:6001:A1"]


class MockMachine:
    """The process of tests/support/mock_machine.py."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.bursts: list[list[list[str]]] = []
        self.stirs = 0

    def order(self, name: str, *arguments: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        return self.hear("done")

    def hear(self, wanted: str) -> Any:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            kind, value = json.loads(line)
            if kind == "plugs":
                self.bursts.append(value)
            self.stirs += kind == "stir"
            if kind == wanted:
                return value
        raise AssertionError(f"the machine ended before it said {wanted}")

    def next_burst(self) -> list[list[str]]:
        self.hear("stir")
        return self.bursts[-1]


@pytest.fixture(params=[0.2])
def machine(request: pytest.FixtureRequest) -> Generator[MockMachine]:
    with subprocess.Popen(
        ["umockdev-wrapper", sys.executable, "-m", "tests.support.mock_machine", str(request.param)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        made = MockMachine(process)
        made.hear("ready")
        yield made
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_reader_that_is_plugged_in_is_told_by_udev_with_node_and_id(machine: MockMachine) -> None:
    machine.order("plug", *READER)
    assert TTY_ADDED in machine.next_burst()
    assert machine.stirs == 1


def test_a_reader_that_is_pulled_is_told_by_udev(machine: MockMachine) -> None:
    machine.order("plug", *READER)
    machine.next_burst()
    machine.order("pull", "1-2")
    assert TTY_REMOVED in machine.next_burst()
    assert machine.order("ids") == []


def test_the_kernels_own_tree_is_read_with_the_ids_of_the_profile(machine: MockMachine) -> None:
    machine.order("plug", *READER)
    machine.order("plug", *OTHER)
    assert machine.order("ids") == ["usb:0403:6001:A1", "usb:10c4:ea60:B2"]
    assert machine.order("ports", "10c4", "ea60") == ["/dev/ttyUSB1"]


def test_events_out_of_order_stir_and_the_tree_has_the_truth(machine: MockMachine) -> None:
    machine.order("plug", *READER)
    machine.next_burst()
    machine.order("shout", "1-2", "add", "remove")  # the goodbye of the one before comes last
    assert machine.next_burst()[-2:] == [TTY_ADDED, TTY_REMOVED]
    assert machine.order("ports", "0403", "6001") == ["/dev/ttyUSB0"]


# One machine that is kept from running in the middle of it takes longer than a hub does.
@pytest.mark.parametrize("machine", [1.0], indirect=True)
def test_all_devices_lost_at_once_and_back_stir_once(machine: MockMachine) -> None:
    machine.order("plug", *READER)
    machine.order("plug", *OTHER)
    machine.next_burst()
    before = machine.stirs
    machine.order("reset", READER, OTHER)
    burst = machine.next_burst()
    assert {entry[3] for entry in burst if entry[0] == "add"} >= {"0403:6001:A1", "10c4:ea60:B2"}
    assert machine.stirs == before + 1
