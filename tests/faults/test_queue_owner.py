"""Property 8: one directory has one owner, be it among threads or among processes."""

from pathlib import Path

import pytest

from offline_queue import QueueError
from offline_queue.store import Store
from tests.support.fake_platform import FakePlatform
from tests.support.sealed_queue import (
    NO_ROOM_KEPT,
    SERVICE,
    TERMINAL,
    FakeClock,
    QueueProcess,
    sealed_application,
)


def test_while_one_process_drains_no_other_one_can_and_the_next_one_takes_over_when_it_is_dead(
    tmp_path: Path,
) -> None:
    with FakePlatform() as platform, QueueProcess(tmp_path, platform.port, platform.ack_keys) as first:
        platform.faults.cut = True
        number = first.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
        with pytest.raises(QueueError, match=r"queue\.directory-locked"):
            Store(first.directory, TERMINAL, FakeClock(), policy=NO_ROOM_KEPT)
        first.kill()
        platform.faults.cut = False
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as second:
            second.client.kick()
            assert second.client.wait(number, 20).accepted
        assert platform.receipt_numbers() == [number]


def test_a_second_owner_that_was_turned_away_leaves_the_first_one_s_files_alone(tmp_path: Path) -> None:
    with FakePlatform() as platform, QueueProcess(tmp_path, platform.port, platform.ack_keys) as first:
        platform.faults.cut = True
        first.client.submit(sealed_application([platform.recipient]), SERVICE)
        before = sorted(path.name for path in first.directory.rglob("*"))
        with pytest.raises(QueueError, match=r"queue\.directory-locked"):
            Store(first.directory, TERMINAL, FakeClock(), policy=NO_ROOM_KEPT)
        assert sorted(path.name for path in first.directory.rglob("*")) == before
