"""Who looks whether the queue would take an application, and tells it before a visit begins."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from offline_queue import MAX_CONTAINER_BYTES, QueueError
from offline_queue.disk import RoomPolicy
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import NO_ROOM_KEPT, SERVICE, RunningQueue, sealed_application

FULL = RoomPolicy(reserve_bytes=0, headroom_bytes=10**15, keep_share=0.0)


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        running.faults.cut = True
        yield running


Start = Callable[[RoomPolicy], RunningQueue]


@pytest.fixture
def start(platform: FakePlatform, tmp_path: Path) -> Start:
    return lambda policy: RunningQueue(
        tmp_path, LoopbackTransport(platform.port), platform.ack_keys, policy=policy
    )


def test_a_full_terminal_says_so_before_the_visit(start: Start) -> None:
    with start(FULL) as queue:
        with pytest.raises(QueueError, match=r"queue\.no-space"):
            queue.client.admit(MAX_CONTAINER_BYTES)
        stats = queue.client.stats()
        assert (stats.admits, stats.level) == (False, "red")


def test_a_cap_on_what_waits_stops_the_next_visit_and_not_the_one_under_way(
    start: Start, platform: FakePlatform
) -> None:
    capped = RoomPolicy(reserve_bytes=0, headroom_bytes=0, keep_share=0.0, max_waiting=1)
    with start(capped) as queue:
        queue.client.admit(MAX_CONTAINER_BYTES)
        for _ in range(2):
            queue.client.submit(sealed_application([platform.recipient]), SERVICE)
        with pytest.raises(QueueError, match=r"queue\.no-space"):
            queue.client.admit(MAX_CONTAINER_BYTES)
        counts = queue.client.stats().counts
        assert counts["queued"] + counts["sending"] == 2


def test_what_a_visit_holds_does_not_close_the_terminal_to_it(start: Start, platform: FakePlatform) -> None:
    with start(NO_ROOM_KEPT) as queue:
        queue.client.hold(MAX_CONTAINER_BYTES, 60)
        queue.client.hold(MAX_CONTAINER_BYTES, 60)
        queue.client.admit(MAX_CONTAINER_BYTES)
        queue.client.submit(sealed_application([platform.recipient]), SERVICE)
        queue.client.release()
        assert len(list((queue.directory / "containers").glob("*.tmp"))) == 0


def test_a_full_terminal_holds_no_room(start: Start) -> None:
    with start(FULL) as queue, pytest.raises(QueueError, match=r"queue\.no-space"):
        queue.client.hold(MAX_CONTAINER_BYTES, 60)


def test_ten_askers_at_once_are_all_answered(start: Start) -> None:
    with start(NO_ROOM_KEPT) as queue:
        askers = [threading.Thread(target=queue.client.stats) for _ in range(10)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(20)
        assert not any(asker.is_alive() for asker in askers)
