"""A disk that is really full: a small memory file system. Needs root to mount it."""

import os
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from offline_queue import QueueError
from offline_queue.disk import RoomPolicy
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application

ONLY_A_RESERVE = RoomPolicy(reserve_bytes=512 * 1024, headroom_bytes=0, keep_share=0.0)

pytestmark = pytest.mark.root


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small file system: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass
    assert os.statvfs(disk).f_bavail == 0
    return filler


def submit_without_end(queue: RunningQueue, platform: FakePlatform, numbers: list[str]) -> None:
    while True:
        container = sealed_application([platform.recipient], page_bytes=100_000)
        numbers.append(queue.client.submit(container, SERVICE).receipt_no)


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        running.faults.cut = True
        yield running


def test_when_the_disk_is_full_nothing_is_stored_and_what_is_there_still_goes(
    small_disk: Path, platform: FakePlatform
) -> None:
    transport = LoopbackTransport(platform.port)
    numbers: list[str] = []
    with RunningQueue(small_disk, transport, platform.ack_keys, policy=ONLY_A_RESERVE) as queue:
        with pytest.raises(QueueError, match=r"queue\.no-space"):
            submit_without_end(queue, platform, numbers)
        assert len(numbers) > 3
        assert len(list((queue.directory / "containers").glob("*.zwq"))) == len(numbers)
        platform.faults.cut = False
        queue.client.kick()
        assert all(queue.client.wait(number, 20).accepted for number in numbers)
        assert queue.client.submit(sealed_application([platform.recipient]), SERVICE).seq == len(numbers) + 1
    assert len(platform.commits) >= len(numbers)


def test_the_reserve_lets_the_queue_drain_a_disk_that_others_filled(
    small_disk: Path, platform: FakePlatform
) -> None:
    transport = LoopbackTransport(platform.port)
    with RunningQueue(small_disk, transport, platform.ack_keys, policy=ONLY_A_RESERVE) as queue:
        reserve = queue.directory / "reserve"
        first_reserve = reserve.stat().st_ino
        first = queue.client.submit(sealed_application([platform.recipient], page_bytes=50_000), SERVICE)
        filler = fill(small_disk)
        platform.faults.cut = False
        queue.client.kick()
        assert queue.client.wait(first.receipt_no, 20).accepted
        assert list((queue.directory / "containers").glob("*.zwq")) == []
        assert not reserve.exists() or reserve.stat().st_ino != first_reserve
        filler.unlink()
        second = queue.client.submit(sealed_application([platform.recipient]), SERVICE)
        assert queue.client.wait(second.receipt_no, 20).accepted
        assert reserve.stat().st_size == ONLY_A_RESERVE.reserve_bytes
