"""What the queue does for itself: the thorough check, held room that runs out, times put right."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from offline_queue import CheckPolicy, Confidence, ItemState, QueueError, RoomPolicy, Stamp
from offline_queue.housekeeping import Housekeeper
from offline_queue.item import Item
from tests.unit.queue.conftest import StoreBench

Put = Callable[..., Item]
HOUR_MS = 3_600_000
NEVER = CheckPolicy(longest_h=10**6)


def check(keeper: Housekeeper) -> None:
    keeper.checkup.begin()
    while keeper.tick():
        pass


def test_a_sound_queue_is_said_to_be_sound(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    put(store)
    keeper = Housekeeper(store, NEVER)
    assert keeper.checkup.last.result == ""
    check(keeper)
    assert (keeper.checkup.last.result, keeper.checkup.last.damaged) == ("ok", 0)


def test_the_last_result_outlives_a_restart(bench: StoreBench) -> None:
    check(Housekeeper(bench.open(), NEVER))
    assert Housekeeper(bench.open(), NEVER).checkup.last.result == "ok"


@pytest.mark.parametrize("place", [0, 60, -1])
def test_a_flipped_bit_in_a_container_sets_it_aside_and_keeps_it(
    bench: StoreBench, put: Put, place: int
) -> None:
    store = bench.open()
    sound, damaged = put(store), put(store)
    path = bench.directory / "containers" / damaged.file
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    keeper = Housekeeper(store, NEVER)
    check(keeper)
    assert keeper.checkup.last.result == "queue.container-damaged"
    again = store.ledger.by_number(damaged.receipt_no)
    assert (again.state, again.last_error) == (ItemState.ATTENTION, "queue.container-damaged")
    assert store.ledger.by_number(sound.receipt_no).state == ItemState.QUEUED
    assert path.read_bytes() == data


def test_a_bad_sector_under_one_container_keeps_no_other_from_being_checked(
    bench: StoreBench, put: Put
) -> None:
    store = bench.open()
    unreadable, damaged = put(store), put(store)
    path = bench.directory / "containers" / unreadable.file
    path.unlink()
    path.symlink_to("/proc/self/mem")  # reading at the start of one's own memory is EIO
    (bench.directory / "containers" / damaged.file).write_bytes(b"?")
    keeper = Housekeeper(store, NEVER)
    check(keeper)
    assert keeper.checkup.last.damaged == 2
    assert store.ledger.by_number(unreadable.receipt_no).last_error == "queue.container-damaged"


def test_a_container_that_vanished_is_told(bench: StoreBench, put: Put) -> None:
    store = bench.open()
    item = put(store)
    (bench.directory / "containers" / item.file).unlink()
    check(Housekeeper(store, NEVER))
    assert store.ledger.by_number(item.receipt_no).last_error == "queue.container-missing"


def test_a_journal_that_was_changed_ends_the_service_and_the_next_start_repairs(
    bench: StoreBench, put: Put
) -> None:
    item = put(bench.open())
    bench.close()
    with closing(sqlite3.connect(bench.directory / "queue.db")) as database, database:
        database.execute("UPDATE journal SET wall = wall + 1 WHERE n = 2")
    with pytest.raises(QueueError, match=r"queue\.database-corrupt"):
        check(Housekeeper(bench.open(), NEVER))
    store = bench.open()
    assert store.ledger.by_number(item.receipt_no).state == ItemState.QUEUED
    check(Housekeeper(store, NEVER))
    assert (bench.directory / "queue.db.damaged-1").exists()


@pytest.mark.parametrize(
    ("hours_since", "hour", "due"),
    [(23, 3, True), (23, 4, False), (0, 3, False), (35, 12, False), (36, 12, True), (2, 3, True)],
)
def test_it_runs_at_night_and_at_the_latest_after_a_day_and_a_half(
    hours_since: int, hour: int, *, due: bool
) -> None:
    wall_ms = ((hour - 8) % 24 + 24 * 20_000) * HOUR_MS
    now = Stamp("boot", 100 * HOUR_MS, wall_ms)
    assert CheckPolicy(hour=3).due(now, (100 - hours_since) * HOUR_MS) is due


def test_a_check_waits_while_somebody_asks(bench: StoreBench) -> None:
    keeper = Housekeeper(bench.open(), NEVER)
    keeper.checkup.begin()
    keeper.disturbed()
    assert not keeper.tick()
    bench.clock.advance(1.5)
    assert keeper.tick()


def test_a_check_runs_once_an_hour_of_the_night(bench: StoreBench) -> None:
    keeper = Housekeeper(bench.open(), CheckPolicy(hour=3))
    runs = 0
    for _ in range(48 * 4):
        bench.clock.advance(900)
        before = keeper.checkup.last.wall_ms
        while keeper.tick():
            pass
        runs += keeper.checkup.last.wall_ms != before
    assert runs == 2


def test_held_room_runs_out_by_itself(bench: StoreBench) -> None:
    keeper = Housekeeper(bench.open(), NEVER)
    keeper.hold(1_000_000, 60)
    bench.clock.advance(59)
    keeper.tick()
    assert bench.files() == ["held.tmp"]
    bench.clock.advance(1)
    keeper.tick()
    assert bench.files() == []


def test_times_are_put_right_once_a_time_server_is_followed(bench: StoreBench, put: Put) -> None:
    bench.confidence = Confidence.UNKNOWN
    store = bench.open()
    item = put(store)
    keeper = Housekeeper(store, NEVER)
    bench.clock.advance(60)
    bench.clock.set_wall(1_800_000_000_000)
    keeper.tick()
    assert store.ledger.by_number(item.receipt_no).created_wall == item.created_wall
    bench.confidence = Confidence.NTP
    bench.clock.advance(10)
    keeper.tick()
    again = store.ledger.by_number(item.receipt_no)
    assert (again.created_wall, again.clock_conf) == (1_800_000_000_000 - 60_000, "ntp")


def test_times_that_are_right_are_not_looked_through_again(bench: StoreBench, put: Put) -> None:
    bench.confidence = Confidence.NTP
    store = bench.open()
    put(store)
    keeper = Housekeeper(store, NEVER)
    keeper.tick()
    said: list[str] = []
    store.database.set_trace_callback(said.append)
    bench.clock.advance(10)
    keeper.tick()
    assert not [statement for statement in said if statement.startswith("UPDATE item")]
    bench.confidence = Confidence.UNKNOWN
    item = put(store)
    bench.confidence = Confidence.NTP
    bench.clock.advance(10)
    keeper.tick()
    assert store.ledger.by_number(item.receipt_no).clock_conf == "ntp"


def test_room_that_grows_short_is_told_once_each_way(
    bench: StoreBench, put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    any_room = RoomPolicy(reserve_bytes=0, headroom_bytes=0, keep_share=0.0, amber_bytes=0, max_waiting=5)
    store = bench.open(policy=any_room)
    keeper = Housekeeper(store, NEVER)
    for _ in range(5):
        put(store)
        for _ in range(2):
            bench.clock.advance(60)
            keeper.tick()
    caplog.set_level(logging.INFO)
    for item in store.ledger.page(0, 5):
        store.ledger.accept(item, "3301000001", b"{}")
    bench.clock.advance(60)
    keeper.tick()
    levels = [vars(said)["outcome"] for said in caplog.records if said.message == "queue.level"]
    assert levels == ["amber", "red", "green"]
