"""Property 22: no clock, a wrong clock, a clock that jumps; nothing waits longer and no time is absurd."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from offline_queue import Confidence, Stamp
from offline_queue.item import Item
from offline_queue.timekeeping import SteadyClock, program_built_ms, system_confidence
from offline_queue.turns import Order
from tests.support.sealed_queue import FakeClock
from tests.unit.queue.conftest import StoreBench

Put = Callable[..., Item]
DAY_MS = 24 * 3600 * 1000
KNOWN_MS = 1_750_000_000_000


def steady(
    clock: FakeClock, confidence: Confidence = Confidence.UNKNOWN, floor_ms: int = KNOWN_MS
) -> SteadyClock:
    return SteadyClock(clock, lambda: confidence, floor_ms)


def test_a_clock_that_starts_in_1970_is_not_believed() -> None:
    clock = FakeClock()
    clock.set_wall(0)
    assert steady(clock).now().wall_ms == KNOWN_MS


def test_time_goes_on_from_what_is_known_while_the_clock_lies_behind() -> None:
    clock = FakeClock()
    clock.set_wall(0)
    now = steady(clock)
    clock.advance(90)
    assert now.now().wall_ms == KNOWN_MS + 90_000


def test_a_clock_ahead_of_what_is_known_is_taken_as_it_is() -> None:
    clock = FakeClock()
    clock.set_wall(KNOWN_MS + 400 * DAY_MS)
    assert steady(clock).now().wall_ms == KNOWN_MS + 400 * DAY_MS


def test_a_time_server_is_believed_even_behind_what_was_thought_known() -> None:
    clock = FakeClock()
    clock.set_wall(KNOWN_MS - DAY_MS)
    assert steady(clock, Confidence.NTP).now().wall_ms == KNOWN_MS - DAY_MS


def test_a_start_without_a_clock_goes_on_from_the_last_entry_of_the_journal(
    bench: StoreBench, put: Put
) -> None:
    before = put(bench.open())
    bench.clock.reboot()
    bench.clock.set_wall(0)
    after = put(bench.open())
    assert after.created_wall >= before.created_wall
    assert after.clock_conf == "unknown"


@pytest.mark.parametrize("days", [-30, 400, -20_000])
def test_a_jump_of_the_wall_clock_delays_no_application_and_hurries_none(
    bench: StoreBench, put: Put, days: int
) -> None:
    store = bench.open()
    item = put(store)
    store.ledger.lease(item)
    store.ledger.put_back(item, "offline", not_before_ms=bench.clock.now().mono_ms + 60_000, offset=0)
    bench.clock.set_wall(bench.clock.now().wall_ms + days * DAY_MS)
    bench.clock.advance(59)
    assert store.turns.due(bench.clock.now(), Order.OLDEST) is None
    bench.clock.advance(1)
    assert store.turns.due(bench.clock.now(), Order.OLDEST) is not None


def test_numbers_go_on_whatever_the_clock_says(bench: StoreBench, put: Put) -> None:
    seqs: list[int] = []
    for wall_ms in (KNOWN_MS, 0, KNOWN_MS + 400 * DAY_MS, KNOWN_MS - 30 * DAY_MS):
        bench.clock.set_wall(wall_ms)
        seqs.append(put(bench.open()).seq)
    assert seqs == [1, 2, 3, 4]


def test_a_moment_of_another_boot_is_left_as_it_was_written() -> None:
    clock = FakeClock()
    assert steady(clock).wall_of(Stamp("another", 5, 77)) == 77


def test_a_moment_of_this_boot_is_told_by_what_is_known_now() -> None:
    clock = FakeClock()
    moment = replace(clock.now(), wall_ms=0)
    clock.advance(30)
    assert steady(clock).wall_of(moment) == clock.now().wall_ms - 30_000


def test_this_machine_can_say_how_good_its_clock_is() -> None:
    assert system_confidence() in set(Confidence)


def test_the_program_was_built_in_the_past() -> None:
    built = datetime.fromtimestamp(program_built_ms() / 1000, UTC)
    assert datetime(2025, 1, 1, tzinfo=UTC) < built <= datetime.now(UTC)
