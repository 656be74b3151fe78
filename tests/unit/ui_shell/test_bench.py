from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtQuick import QQuickWindow

from ui.bench import BenchWindow
from ui.robot import Robot


@dataclass
class RecordingBench:
    persons: tuple[str, ...] = ("陈淑芬", "李建国")
    devices: tuple[str, ...] = ("idcard-1", "scanner-1")
    done: list[object] = field(default_factory=list[object])

    def place_card(self, person: int) -> None:
        self.done.append(("place", person))

    def take_card(self) -> None:
        self.done.append("take")

    def show_code(self, person: int) -> None:
        self.done.append(("code", person))

    def set_paper(self, *, present: bool) -> None:
        self.done.append(("paper", present))

    def set_cover(self, *, closed: bool) -> None:
        self.done.append(("cover", closed))

    def set_network(self, *, connected: bool) -> None:
        self.done.append(("network", connected))

    def kill_device(self, name: str) -> None:
        self.done.append(("kill", name))


@pytest.fixture
def bench() -> RecordingBench:
    return RecordingBench()


@pytest.fixture
def robot(qapp: object, bench: RecordingBench) -> Iterator[Robot]:
    del qapp
    kiosk = QQuickWindow()
    with BenchWindow(bench, kiosk) as shown:
        yield Robot(shown.window, timeout_s=5)
    shiboken6.delete(kiosk)


def test_laying_another_card_takes_the_first_one_away(robot: Robot, bench: RecordingBench) -> None:
    for name in ("bench-card-0", "bench-card-1", "bench-take-card"):
        robot.tap(name)
    assert bench.done == [("place", 0), "take", ("place", 1), "take"]


def test_a_phone_is_shown_with_the_code_of_a_person(robot: Robot, bench: RecordingBench) -> None:
    robot.tap("bench-code-1")
    assert bench.done == [("code", 1)]


def test_there_is_no_card_to_take_at_first(robot: Robot) -> None:
    robot.sees("bench-take-card")
    assert not next(
        item for item in robot.window.contentItem().childItems()[0].childItems()
        if item.objectName() == "bench-take-card"
    ).isEnabled()  # fmt: skip


@pytest.mark.parametrize(
    ("name", "what"), [("bench-paper", "paper"), ("bench-cover", "cover"), ("bench-network", "network")]
)
def test_a_second_press_undoes_the_first(robot: Robot, bench: RecordingBench, name: str, what: str) -> None:
    robot.tap(name)
    robot.tap(name)
    assert bench.done == [(what, False), (what, True)]


def test_a_device_is_killed_by_its_name(robot: Robot, bench: RecordingBench) -> None:
    robot.tap("bench-kill-scanner-1")
    assert bench.done == [("kill", "scanner-1")]
