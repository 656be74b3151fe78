"""The line and the platform's wishes over time: refusals, 401, pace, outages, restarts."""

import os
import stat
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from offline_queue import ItemState
from offline_queue.schedule import CAP_S, OUTAGE_SPREAD_S, REFUSALS_MAX
from offline_queue.transport import Pace, Trouble, TryLater
from tests.support.drain_bench import DrainBench
from tests.support.few_descriptors import no_descriptors

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S


@pytest.fixture
def bench(tmp_path: Path) -> Generator[DrainBench]:
    with closing(DrainBench(tmp_path / "queue")) as opened:
        yield opened


def test_the_fifth_refusal_sets_an_application_aside_and_keeps_it(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.refuses = {item.submission_id.hex()}
    while bench.now(item).state == ItemState.QUEUED:
        assert bench.now(item).attempts < REFUSALS_MAX
        bench.step()
        bench.clock.advance(CAP_S)
    assert (bench.now(item).state, bench.now(item).last_error) == (ItemState.ATTENTION, "platform.refused")
    assert bench.now(item).attempts == REFUSALS_MAX
    assert len(bench.containers()) == 1


def test_one_old_refusal_repeated_by_a_cache_counts_once(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.refuses = {item.submission_id.hex()}
    bench.platform.weather.stale_mark = "Wed, 25 Nov 2026 08:00:00 GMT"
    bench.run(DAY_S)
    assert (bench.now(item).state, bench.now(item).refusals) == (ItemState.QUEUED, 1)
    bench.platform.weather.refuses = set()
    bench.run(HOUR_S)
    assert bench.now(item).acceptance_no is not None


def test_refusals_of_a_former_life_count_and_a_retry_by_hand_starts_afresh(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.refuses = {item.submission_id.hex()}
    for _ in range(REFUSALS_MAX):
        bench.step()
        bench.clock.advance(CAP_S)
        bench.open()
    assert bench.now(item).state == ItemState.ATTENTION
    bench.store.ledger.retry(bench.now(item))
    assert bench.now(item).refusals == 0
    bench.platform.weather.refuses = set()
    bench.run(60)
    assert bench.now(item).acceptance_no is not None


def test_what_the_platform_disputes_is_set_aside_at_once(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.disputes = {item.submission_id.hex()}
    bench.run(60)
    assert (bench.now(item).state, bench.now(item).attempts) == (ItemState.ATTENTION, 1)


def test_a_terminal_that_is_not_known_stops_and_no_application_is_to_blame(bench: DrainBench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.platform.weather.busy = TryLater(Trouble.AUTH)
    bench.run(HOUR_S)
    assert [bench.now(item).attempts for item in items] == [0, 0, 0]
    assert 30 <= len(bench.platform.asked) <= 60
    bench.platform.weather.busy = None
    bench.run(HOUR_S)
    assert sorted(bench.cases()) == [1, 2, 3]


@pytest.mark.parametrize("again", ["restart", "in the same life"])
def test_patience_asked_for_is_kept_over_restarts(bench: DrainBench, again: str) -> None:
    bench.put()
    bench.put()
    bench.platform.weather.busy = TryLater(Trouble.BUSY, 1800.0)
    bench.step()
    bench.platform.weather.busy = None
    asked = len(bench.platform.asked)
    if again == "restart":
        bench.open()
    bench.run(1799)
    assert len(bench.platform.asked) == asked
    bench.run(HOUR_S)
    assert len(bench.cases()) == 2


def test_an_open_breaker_is_found_open_after_a_restart(bench: DrainBench) -> None:
    bench.put()
    bench.platform.weather.down = True
    bench.run(HOUR_S)
    assert bench.dispatcher.breaker_open
    bench.platform.asked.clear()
    bench.open()
    assert bench.dispatcher.breaker_open
    bench.run(300)
    assert set(bench.platform.asked) == {"ping"}


def test_after_a_long_outage_the_backlog_waits_for_its_place_in_the_crowd(tmp_path: Path) -> None:
    with closing(DrainBench(tmp_path / "queue", dice=lambda: 0.9)) as bench:
        item = bench.put()
        bench.platform.weather.down = True
        bench.run(HOUR_S)
        bench.platform.weather.down = False
        bench.dispatcher.kick()
        bench.run(0.9 * OUTAGE_SPREAD_S - 1)
        assert bench.now(item).acceptance_no is None
        bench.run(2)
        assert bench.now(item).acceptance_no is not None


def test_a_line_that_comes_up_after_the_machine_leaves_the_backlog_its_place_in_the_crowd(
    tmp_path: Path,
) -> None:
    with closing(DrainBench(tmp_path / "queue", dice=lambda: 0.9)) as bench:
        old = bench.put()
        bench.platform.weather.down = True
        bench.step()
        # The district's power is back, and its network some seconds later.
        bench.reboot()
        fresh = bench.put()
        bench.run(10)
        bench.platform.weather.down = False
        bench.dispatcher.kick()
        bench.run(0.9 * OUTAGE_SPREAD_S - 11)
        assert bench.now(old).attempts == 1
        assert bench.now(fresh).acceptance_no is not None
        bench.run(2)
        assert bench.now(old).acceptance_no is not None


def test_the_one_somebody_waits_for_does_not_wait_in_the_crowd(tmp_path: Path) -> None:
    with closing(DrainBench(tmp_path / "queue", dice=lambda: 0.9)) as bench:
        old = bench.put()
        bench.platform.weather.down = True
        bench.run(HOUR_S)
        bench.platform.weather.down = False
        bench.dispatcher.kick()
        awaited = bench.put()
        bench.step(awaited.receipt_no)
        assert bench.now(awaited).acceptance_no is not None
        assert bench.now(old).acceptance_no is None


def test_the_backlog_goes_at_the_pace_the_platform_tells(bench: DrainBench) -> None:
    bench.platform.weather.pace = Pace(interval_s=100.0, lasts_s=300.0)
    for _ in range(10):
        bench.put()
    bench.run(499)
    assert len(bench.cases()) == 5
    bench.run(500)
    assert len(bench.cases()) == 10


def test_a_wall_clock_that_jumps_in_a_pause_changes_nothing(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.busy = TryLater(Trouble.BUSY, 100.0)
    bench.step()
    bench.platform.weather.busy = None
    for wall_ms in (0, 2_000_000_000_000, 1_000_000_000_000):
        before = bench.clock.stamp
        bench.clock.stamp = type(before)(before.boot, before.mono_ms, wall_ms)
        bench.run(20)
        assert bench.now(item).attempts == 1
    bench.run(200)
    assert bench.now(item).acceptance_no is not None


def test_a_clock_of_the_boot_that_went_back_delays_nothing_for_ever(bench: DrainBench) -> None:
    bench.clock.advance(30 * DAY_S)
    item = bench.put()
    bench.platform.weather.busy = TryLater(Trouble.BUSY)
    bench.step()
    bench.platform.weather.busy = None
    bench.clock.advance(-30 * DAY_S)
    bench.run(HOUR_S)
    assert bench.now(item).acceptance_no is not None


def test_a_process_out_of_descriptors_sets_nothing_aside_and_tries_again_with_a_pause(
    bench: DrainBench,
) -> None:
    items = [bench.put() for _ in range(20)]
    with no_descriptors():
        bench.run(HOUR_S)
    assert {bench.now(item).state for item in items} == {ItemState.QUEUED}
    assert {bench.now(item).last_error for item in items} == {"queue.container-unread"}
    assert {bench.now(item).refusals for item in items} == {0}
    assert sum(bench.now(item).attempts for item in items) <= HOUR_S / 5
    bench.run(CAP_S)
    assert len(bench.cases()) == 20


@pytest.mark.parametrize("down", [True, False])
def test_what_this_machine_lacks_says_nothing_of_the_line(bench: DrainBench, *, down: bool) -> None:
    bench.platform.weather.down = down
    bench.put()
    bench.run(HOUR_S)
    assert bench.dispatcher.breaker_open is down
    fresh = bench.put()
    with no_descriptors():
        for _ in range(10):
            bench.step(fresh.receipt_no)
            bench.clock.advance(10)
    assert bench.now(fresh).last_error == "queue.container-unread"
    assert bench.dispatcher.breaker_open is down


def test_one_that_can_never_be_read_here_delays_the_others_and_stops_none(bench: DrainBench) -> None:
    odd = bench.put()
    others = [bench.put(500) for _ in range(40)]
    path = bench.store.container_path(odd)
    path.unlink()
    os.mknod(path, stat.S_IFSOCK)  # opened as a file: no such device
    bench.run(10 * 60)
    assert bench.now(odd).state == ItemState.QUEUED
    assert bench.cases() == [item.seq for item in others]
