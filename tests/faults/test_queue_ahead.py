"""The next applications are ready while one is on its way; nothing is promised and nothing sent too early."""

import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import Executor, Future
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from offline_queue import ItemState
from offline_queue.dispatch import Dispatcher
from offline_queue.item import Item
from offline_queue.transport import Pace, Trouble, TryLater
from tests.support.drain_bench import DrainBench
from tests.support.paper_platform import ACK_KEYS, AtOnce

CHAIN = b"a" * 16
MIB = 1024 * 1024


class ByHand(Executor):
    """A lane that does its next job when it is told to."""

    def __init__(self) -> None:
        self._jobs: list[tuple[Future[Any], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not args
        assert not kwargs
        done: Future[Any] = Future()
        self._jobs.append((done, fn))
        return done

    def go(self) -> None:
        done, job = self._jobs.pop(0)
        done.set_result(job())

    def go_all(self) -> None:
        while self._jobs:
            self.go()


class Bench(DrainBench):
    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.lane = ByHand()
        self.dispatcher = Dispatcher(
            self.store,
            self.platform,
            ACK_KEYS,
            self.clock,
            dice=lambda: 0.5,
            wake=lambda: None,
            lane=self.lane,
            reads=AtOnce(),
        )

    def states(self, *items: Item) -> list[str]:
        return [self.now(item).state for item in items]


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    with closing(Bench(tmp_path / "queue")) as opened:
        yield opened


NICE = """
import os, tempfile, threading
from pathlib import Path
from offline_queue.dispatch import Dispatcher
from tests.support.drain_bench import DrainBench
from tests.support.paper_platform import ACK_KEYS
os.nice(15)
if os.geteuid() == 0:
    os.setuid(65534)
came = threading.Event()
with tempfile.TemporaryDirectory() as folder:
    bench = DrainBench(Path(folder) / "queue")
    items = [bench.put() for _ in range(3)]
    told = Dispatcher(bench.store, bench.platform, ACK_KEYS, bench.clock, dice=lambda: 0.5, wake=came.set)
    while bench.containers():
        told.tick()
        came.wait(1)
        came.clear()
    told.finish()
print(len(bench.cases()))
"""


def test_a_process_that_is_very_nice_already_reads_ahead_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NICE], check=False, capture_output=True, text=True, timeout=150
    )
    assert done.stdout == "3\n", done.stderr


def test_the_next_ones_are_leased_before_they_are_sent_and_sent_only_after_a_delivery(bench: Bench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.tick()
    assert bench.states(*items) == [ItemState.SENDING] * 3
    assert bench.platform.asked == []
    bench.lane.go()
    bench.lane.go()
    assert bench.platform.asked == ["deliver", "deliver"]


def test_what_rests_is_told_to_stop_before_the_line_is_its_own_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.put()
    bench.dispatcher.leave_line(15.0)
    bench.dispatcher.tick()
    courier = bench.courier
    told: list[bool] = []
    monkeypatch.setattr(courier.courtesy.line_is_free, "set", lambda: told.append(courier.interrupt.is_set()))
    awaited = bench.put()
    bench.dispatcher.tick([awaited.receipt_no])
    assert told == [True]


def test_who_waits_for_what_cannot_go_yet_does_not_hurry_the_others(bench: Bench) -> None:
    first, awaited = bench.put(10, CHAIN), bench.put(10, CHAIN)
    bench.dispatcher.leave_line(15.0)
    bench.dispatcher.tick([awaited.receipt_no])
    assert bench.states(first, awaited) == [ItemState.SENDING, ItemState.QUEUED]
    assert not bench.courier.courtesy.line_is_free.is_set()
    assert not bench.courier.interrupt.is_set()


def test_nothing_is_leased_ahead_while_a_resident_needs_the_line(bench: Bench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.leave_line(15.0)
    bench.dispatcher.tick()
    assert bench.states(*items) == [ItemState.SENDING, ItemState.QUEUED, ItemState.QUEUED]
    bench.clock.advance(15)
    bench.dispatcher.tick()
    assert bench.states(*items) == [ItemState.SENDING] * 3


@pytest.mark.parametrize("down", [True, False], ids=["line down", "busy"])
def test_when_one_fails_those_behind_it_are_returned_untried(bench: Bench, *, down: bool) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.tick()
    bench.platform.weather.down = down
    bench.platform.weather.busy = None if down else TryLater(Trouble.BUSY, 10.0)
    bench.lane.go_all()
    bench.dispatcher.tick()
    assert len(bench.platform.asked) == 1
    # While something is wrong, one goes at a time, and only what was sent counts as tried.
    rows = [bench.now(item) for item in items]
    assert [row.state for row in rows].count(ItemState.SENDING) == int(down)
    assert sum(row.attempts for row in rows) == 1 + int(down)
    assert {row.last_error for row in rows[1:]} == {"interrupted"}


def test_a_wish_for_a_pace_stops_those_behind(bench: Bench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.tick()
    bench.platform.weather.pace = Pace(10.0, 60.0)
    bench.lane.go_all()
    bench.dispatcher.tick()
    assert bench.platform.asked == ["deliver"]
    assert bench.states(*items)[1:] == [ItemState.QUEUED] * 2


def test_the_later_one_of_a_chain_never_follows_before_the_earlier_is_acknowledged(bench: Bench) -> None:
    first, second, other = bench.put(10, CHAIN), bench.put(10, CHAIN), bench.put(10)
    bench.dispatcher.tick()
    assert bench.states(first, second, other) == [ItemState.SENDING, ItemState.QUEUED, ItemState.SENDING]


def test_somebody_who_waits_goes_before_those_that_were_ready(bench: Bench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.tick()
    awaited = bench.put(5_000)
    bench.dispatcher.tick([awaited.receipt_no])
    bench.lane.go_all()
    bench.dispatcher.tick([awaited.receipt_no])
    bench.lane.go()
    assert bench.cases() == [awaited.seq]
    assert bench.states(*items) == [ItemState.QUEUED] * 3


def test_somebody_who_waits_for_one_that_is_ready_waits_for_no_large_one(bench: Bench) -> None:
    large = bench.put(6 * MIB)
    bench.dispatcher.tick([large.receipt_no])
    ready = bench.put()
    bench.dispatcher.tick()
    assert bench.states(ready) == [ItemState.SENDING]
    bench.dispatcher.tick([ready.receipt_no])
    bench.lane.go_all()
    bench.dispatcher.tick([ready.receipt_no])
    bench.lane.go()
    assert bench.cases() == [ready.seq]


def test_no_more_is_ready_than_a_turn_may_send(bench: Bench) -> None:
    items = [bench.put(3 * MIB) for _ in range(4)]
    bench.dispatcher.tick()
    assert bench.states(*items).count(ItemState.SENDING) == 2


def test_nothing_is_wiped_before_its_own_acknowledgement_is_committed(bench: Bench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.dispatcher.tick()
    bench.lane.go_all()
    assert len(bench.containers()) == 3
    bench.reboot()
    bench.run(1_000)
    assert bench.states(*items) == [ItemState.WIPED] * 3
    assert len(bench.cases()) == len(set(bench.cases())) == 3
