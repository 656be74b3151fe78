"""While somebody stands at the terminal a backlog leaves them most of the line; what they file goes first."""

import time
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend import BackendClient
from kiosk.catalogue_keeper import CatalogueKeeper
from kiosk.line_watch import LineWatch
from offline_queue.courtesy import RESTS
from offline_queue.transport import Answer
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, TERMINAL, RunningQueue, sealed_application
from tests.wire.puppets import until

BACKLOG = 5
LONG_S = 60.0


class SlowLine(LoopbackTransport):
    """Every request takes so long and more; when the line was used is kept."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.takes_s = 0.05
        self.uses: list[tuple[float, float]] = []

    def _ask(self, method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        begun_s = time.monotonic()
        time.sleep(self.takes_s)
        answer = super()._ask(method, path, headers, body)
        self.uses.append((begun_s, time.monotonic()))
        return answer


@pytest.fixture
def line(platform: FakePlatform) -> SlowLine:
    return SlowLine(platform.port)


@pytest.fixture
def queue(line: SlowLine, platform: FakePlatform, tmp_path: Path) -> Generator[RunningQueue]:
    with RunningQueue(tmp_path, line, platform.ack_keys) as running:
        yield running


def submit(queue: RunningQueue, platform: FakePlatform) -> str:
    return queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no


def test_the_backlog_takes_a_quarter_of_the_line_and_all_of_it_arrives(
    queue: RunningQueue, platform: FakePlatform, line: SlowLine
) -> None:
    queue.client.leave_line(LONG_S)
    assert queue.client.stats().line_left
    for _ in range(BACKLOG):
        submit(queue, platform)
    until(lambda: len(platform.commits) == BACKLOG)
    for (begun_s, ended_s), (next_s, _) in pairwise(tuple(line.uses)):
        assert next_s - ended_s >= 0.9 * RESTS * (ended_s - begun_s)


def rest_long(queue: RunningQueue, platform: FakePlatform, line: SlowLine) -> None:
    """Have the line used for a second, for one application of a backlog, and left alone for three."""
    queue.client.leave_line(LONG_S)
    line.takes_s = 1.0
    for _ in range(BACKLOG):
        submit(queue, platform)
    until(lambda: len(line.uses) == 1)
    line.takes_s = 0.05


def test_what_somebody_waits_for_goes_before_the_backlog_and_without_a_rest(
    queue: RunningQueue, platform: FakePlatform, line: SlowLine
) -> None:
    rest_long(queue, platform, line)
    awaited = submit(queue, platform)
    assert queue.client.wait(awaited, 20).settled
    assert platform.receipt_numbers()[1] == awaited
    assert line.uses[1][0] - line.uses[0][1] < RESTS


def test_once_nobody_is_there_any_more_the_backlog_has_the_line(
    queue: RunningQueue, platform: FakePlatform, line: SlowLine
) -> None:
    rest_long(queue, platform, line)
    queue.client.leave_line(0.0)
    until(lambda: len(line.uses) > 1)
    assert line.uses[1][0] - line.uses[0][1] < RESTS


def test_the_screen_says_that_somebody_is_there_for_as_long_as_it_is_so(
    queue: RunningQueue, tmp_path: Path
) -> None:
    there = [False]
    nowhere = BackendClient("http://127.0.0.1:9", "token", TERMINAL, timeout_s=1.0, catalogue_keys={})
    watch = LineWatch(
        nowhere,
        queue.client,
        CatalogueKeeper(tmp_path, {}, lambda _: None),
        on_change=lambda _: None,
        on_catalogue=lambda _: None,
        on_storage=lambda _: None,
        interval_s=0.05,
        occupied=lambda: there[0],
    )
    watch.start()
    try:
        assert not queue.client.stats().line_left
        there[0] = True
        until(lambda: queue.client.stats().line_left)
        there[0] = False
        until(lambda: not queue.client.stats().line_left)
    finally:
        watch.close()
        nowhere.close()
