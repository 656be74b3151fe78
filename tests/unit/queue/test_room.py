"""Room on the disk (§5.7): who may begin a visit, and what is held for it."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from offline_queue import QueueError
from offline_queue.disk import MAX_CONTAINER_BYTES, Level, RoomPolicy
from offline_queue.item import Item
from tests.support.sealed_queue import NO_ROOM_KEPT
from tests.unit.queue.conftest import StoreBench

Put = Callable[..., Item]
PLENTY = replace(NO_ROOM_KEPT, amber_bytes=0)


def test_with_plenty_of_room_the_level_is_green(bench: StoreBench) -> None:
    assert bench.open(policy=PLENTY).level() is Level.GREEN


def test_short_of_room_it_is_amber_and_visits_begin(bench: StoreBench) -> None:
    store = bench.open(policy=replace(PLENTY, amber_bytes=10**15))
    assert store.level() is Level.AMBER
    assert store.admits(MAX_CONTAINER_BYTES)


def test_without_room_for_the_largest_application_it_is_red(bench: StoreBench) -> None:
    assert bench.open(policy=replace(PLENTY, headroom_bytes=10**15)).level() is Level.RED


def test_a_cap_on_the_number_stops_new_visits_and_drops_nothing(bench: StoreBench, put: Put) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting=5))
    levels = [store.level()]
    for _ in range(5):
        put(store)
        levels.append(store.level())
    assert levels == [Level.GREEN] * 4 + [Level.AMBER, Level.RED]
    assert put(store).seq == 6  # whoever had begun is still served
    assert len(bench.files()) == 6


def test_a_cap_on_the_age_stops_new_visits_until_the_oldest_is_delivered(bench: StoreBench, put: Put) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting_s=72 * 3600.0))
    item = put(store)
    levels = [store.level()]
    for hours in (60, 12):
        bench.clock.advance(hours * 3600)
        levels.append(store.level())
    assert levels == [Level.GREEN, Level.AMBER, Level.RED]
    store.ledger.accept(item, "3301000001", b"{}")
    assert store.level() is Level.GREEN


@pytest.mark.parametrize("years", [-20, 20])
def test_a_wall_clock_that_is_set_makes_nothing_older_or_younger(
    bench: StoreBench, put: Put, years: int
) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting_s=72 * 3600.0))
    put(store)
    bench.clock.set_wall(bench.clock.stamp.wall_ms + years * 365 * 86_400_000)
    assert store.level() is Level.GREEN
    assert store.ledger.tally().oldest_waiting_s == 0
    bench.clock.advance(72 * 3600)
    assert store.level() is Level.RED


def test_what_another_boot_left_is_as_old_as_the_wall_clock_says(bench: StoreBench, put: Put) -> None:
    policy = replace(PLENTY, max_waiting_s=72 * 3600.0)
    put(bench.open(policy=policy))
    bench.clock.advance(71 * 3600)
    bench.clock.reboot()
    store = bench.open(policy=policy)
    assert store.level() is Level.AMBER
    bench.clock.advance(3600)
    assert store.level() is Level.RED


def test_what_the_platform_lost_for_good_closes_no_terminal(bench: StoreBench, put: Put) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting=1, max_waiting_s=3600.0))
    item = put(store)
    store.ledger.accept(item, "3301000001", b"{}")
    store.wipe(item)
    store.ledger.need_attention(item, "platform.forgotten")
    bench.clock.advance(7200)
    assert store.level() is Level.GREEN


@pytest.mark.parametrize("code", ["queue.container-missing", "queue.container-damaged"])
def test_what_can_never_be_sent_from_here_closes_no_terminal_and_stays_visible(
    bench: StoreBench, put: Put, code: str
) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting=2, max_waiting_s=3600.0))
    lost, _later = put(store, order_key=b"a" * 16), put(store, order_key=b"a" * 16)
    assert store.level() is Level.RED
    store.ledger.need_attention(lost, code)
    bench.clock.advance(7200)
    assert store.level() is Level.GREEN, "nor does what must not arrive before it"
    assert store.ledger.tally().counts == {"attention": 1, "queued": 1}
    put(store, order_key=b"b" * 16)
    bench.clock.advance(3600)
    assert store.level() is Level.RED
    store.ledger.retry(store.ledger.by_number(lost.receipt_no))
    assert store.turns.waiting(bench.clock.now())[0] == 3


def test_what_a_person_can_send_again_from_here_counts_as_waiting(bench: StoreBench, put: Put) -> None:
    store = bench.open(policy=replace(PLENTY, max_waiting=1))
    store.ledger.need_attention(put(store), "platform.refused")
    assert store.level() is Level.RED


def test_held_room_is_really_taken_and_given_back(bench: StoreBench) -> None:
    store = bench.open()
    store.hold(5_000_000)
    held = bench.directory / "containers" / "held.tmp"
    assert held.stat().st_blocks * 512 >= 5_000_000
    store.release()
    assert not held.exists()


def test_an_application_goes_where_its_room_was_held(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    store.hold(5_000_000)
    inode = (bench.directory / "containers" / "held.tmp").stat().st_ino
    item = put(store, page_bytes=50_000)
    path = bench.directory / "containers" / item.file
    assert (path.stat().st_ino, path.stat().st_size) == (inode, item.size)
    assert path.stat().st_blocks * 512 < 1_000_000
    assert bench.files() == [item.file]


def test_holding_twice_takes_the_room_once(bench: StoreBench) -> None:
    store = bench.open()
    store.hold(1_000_000)
    store.hold(1_000_000)
    assert bench.files() == ["held.tmp"]


def test_room_that_is_not_there_cannot_be_held(bench: StoreBench) -> None:
    store = bench.open(policy=RoomPolicy(reserve_bytes=0, headroom_bytes=10**15))
    with pytest.raises(QueueError, match=r"queue\.no-space"):
        store.hold(1_000_000)
    assert bench.files() == []


def test_a_disk_that_fills_while_room_is_taken_leaves_nothing_behind(
    bench: StoreBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "injected")

    store = bench.open()
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(QueueError, match=r"queue\.no-space"):
        store.hold(1_000_000)
    assert bench.files() == []


def test_what_a_former_life_held_is_given_back_at_the_start(bench: StoreBench) -> None:
    bench.open().hold(1_000_000)
    bench.open()
    assert bench.files() == []
