"""Properties 14 and 17: age and tries drop nothing, and a disk that goes read-only is told."""

import subprocess
import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from offline_queue import ItemState, QueueError
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.store import Store
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import (
    NO_ROOM_KEPT,
    SERVICE,
    TERMINAL,
    FakeClock,
    RunningQueue,
    sealed_application,
)

TRIES = 10_000
DAYS = 60


@pytest.fixture
def memory() -> Generator[Path]:
    """A folder in memory: twenty thousand commits are about counting here, not about the disk."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        yield Path(place)


def put(store: Store, platform: FakePlatform) -> Item:
    container = sealed_application([platform.recipient])
    return store.put(read_header(container), [container])


def test_ten_thousand_tries_in_sixty_days_drop_nothing(platform: FakePlatform, memory: Path) -> None:
    clock = FakeClock()
    with closing(Store(memory / "queue", TERMINAL, clock, policy=NO_ROOM_KEPT)) as store:
        item = put(store, platform)
        for _ in range(TRIES):
            clock.advance(DAYS * 24 * 3600 / TRIES)
            store.ledger.lease(item)
            store.ledger.put_back(item, "offline", not_before_ms=clock.now().mono_ms, offset=0)
    with closing(Store(memory / "queue", TERMINAL, clock, policy=NO_ROOM_KEPT)) as store:
        again = store.ledger.by_number(item.receipt_no)
        assert (again.state, again.attempts) == (ItemState.QUEUED, TRIES)
        assert store.container_path(again).exists()


@pytest.fixture
def own_disk(tmp_path: Path) -> Generator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a file system: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.root
def test_a_disk_that_is_remounted_read_only_takes_nothing_and_loses_nothing(
    own_disk: Path, platform: FakePlatform
) -> None:
    clock = FakeClock()
    with closing(Store(own_disk / "queue", TERMINAL, clock, policy=NO_ROOM_KEPT)) as store:
        item = put(store, platform)
    subprocess.run(["mount", "-o", "remount,ro", str(own_disk)], check=True)
    with pytest.raises(QueueError, match=r"queue\.storage-failed"):
        Store(own_disk / "queue", TERMINAL, clock, policy=NO_ROOM_KEPT)
    subprocess.run(["mount", "-o", "remount,rw", str(own_disk)], check=True)
    with closing(Store(own_disk / "queue", TERMINAL, clock, policy=NO_ROOM_KEPT)) as store:
        assert store.ledger.by_number(item.receipt_no).state == ItemState.QUEUED
        assert put(store, platform).seq == 2
        assert not list((own_disk / "queue").glob("queue.db.damaged-*"))


def submit_before_and_after(queue: RunningQueue, platform: FakePlatform, numbers: list[str]) -> None:
    with queue:
        numbers.append(queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no)
        # Files that are open keep a plain remount out; a bind over the folder does not ask them.
        folder = str(queue.directory / "containers")
        subprocess.run(["mount", "--bind", folder, folder], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        try:
            with pytest.raises(QueueError, match=r"queue\.(storage-failed|unreachable)"):
                queue.client.submit(sealed_application([platform.recipient]), SERVICE, patience_s=0)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.root
def test_a_folder_that_becomes_read_only_ends_the_service_and_loses_nothing(
    own_disk: Path, platform: FakePlatform
) -> None:
    queue = RunningQueue(own_disk, LoopbackTransport(platform.port), platform.ack_keys)
    platform.faults.cut = True
    numbers: list[str] = []
    with pytest.raises(QueueError, match=r"queue\.storage-failed"):
        submit_before_and_after(queue, platform, numbers)
    platform.faults.cut = False
    with RunningQueue(own_disk, LoopbackTransport(platform.port), platform.ack_keys) as again:
        again.client.kick()
        assert again.client.wait(numbers[0], 20).accepted
        assert again.client.submit(sealed_application([platform.recipient]), SERVICE).seq == 2
