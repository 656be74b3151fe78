"""The socket between the application and the queue's process, used rightly and wrongly."""

import array
import os
import shutil
import socket
from collections.abc import Generator
from math import nan
from pathlib import Path

import pytest

from offline_queue import QueueClient, QueueError
from offline_queue.errors import StoreError
from offline_queue.wire import Admit, Failed, Hold, Items, Status, Submit, Wait, decode_reply, encode
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        running.faults.cut = True
        yield running


@pytest.fixture
def queue(platform: FakePlatform, tmp_path: Path) -> Generator[RunningQueue]:
    with RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys, pause=1.0) as running:
        yield running


def say(queue: RunningQueue, message: bytes, fd: int | None = None) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(queue.socket_path))
        rights = [] if fd is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
        connection.sendmsg([message], rights)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_without_a_queue_it_is_said_to_be_unreachable(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match=r"queue\.unreachable"):
        QueueClient(tmp_path / "nobody.sock").stats()


def test_a_second_service_on_the_same_directory_is_refused(
    queue: RunningQueue, platform: FakePlatform, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = RunningQueue(tmp_path / "other", LoopbackTransport(platform.port), platform.ack_keys)
    other.directory = queue.directory
    with pytest.raises(QueueError, match=r"queue\.directory-locked"):
        other.__enter__()
    assert queue.client.stats().admits


def test_only_this_user_may_connect(queue: RunningQueue) -> None:
    assert queue.socket_path.stat().st_mode & 0o777 == 0o600


def test_submitting_twice_gives_the_same_number(queue: RunningQueue, platform: FakePlatform) -> None:
    container = sealed_application([platform.recipient])
    assert queue.client.submit(container, SERVICE) == queue.client.submit(container, SERVICE)
    assert len(queue.client.items()) == 1


def test_a_container_for_another_service_is_refused(queue: RunningQueue, platform: FakePlatform) -> None:
    with pytest.raises(QueueError, match=r"queue\.protocol"):
        queue.client.submit(sealed_application([platform.recipient]), "residence-registration")


@pytest.mark.parametrize("container", [b"", b"not a container", b"ZWQ1\x00\x00\x00\x01\xa0"])
def test_what_is_no_container_is_refused(queue: RunningQueue, container: bytes) -> None:
    with pytest.raises(QueueError, match=r"seal\.malformed"):
        queue.client.submit(container, SERVICE)


def test_a_container_cut_short_is_refused(queue: RunningQueue, platform: FakePlatform) -> None:
    with pytest.raises(QueueError, match=r"queue\.container-damaged"):
        queue.client.submit(sealed_application([platform.recipient])[:-1], SERVICE)
    assert list((queue.directory / "containers").glob("*.zwq")) == []


def test_more_than_25_megabytes_are_refused(queue: RunningQueue) -> None:
    with pytest.raises(QueueError, match=r"queue\.too-large"):
        queue.client.submit(bytes(25_000_001), SERVICE)


def test_a_file_that_could_still_change_is_refused(queue: RunningQueue, tmp_path: Path) -> None:
    path = tmp_path / "changeable"
    path.write_bytes(b"x")
    fd = os.open(path, os.O_RDONLY)
    try:
        answer = say(queue, encode(Submit(SERVICE)), fd)
    finally:
        os.close(fd)
    reply = decode_reply(answer[4:])
    assert isinstance(reply, Failed)
    assert reply.code == "queue.protocol"


@pytest.mark.parametrize(
    "message",
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x01\xc1",
        b"\x00\x00\x00\x00",
        b"\x00\x00",
        encode(Status("?")).replace(b"?", b"\xff"),
        encode(Items(2**63, 1)),
        encode(Admit(2**64 - 1)),
        encode(Hold(1000, nan)),
        encode(Wait("T0421-000001-41", nan)),
    ],
)
def test_bytes_that_are_no_request_disturb_nobody(queue: RunningQueue, message: bytes) -> None:
    answer = say(queue, message)
    assert answer == b"" or isinstance(decode_reply(answer[4:]), Failed)
    assert queue.client.stats().admits


def test_a_number_that_is_no_text_is_told_to_whoever_asks(queue: RunningQueue) -> None:
    # What a shell hands over for bytes that are no UTF-8.
    with pytest.raises(QueueError, match=r"queue\.protocol"):
        queue.client.status("T0421-\udcff")


def test_the_items_come_in_pages(queue: RunningQueue, platform: FakePlatform) -> None:
    for _ in range(3):
        queue.client.submit(sealed_application([platform.recipient]), SERVICE)
    assert [item.seq for item in queue.client.items()] == [1, 2, 3]
    assert [item.seq for item in queue.client.items(after_seq=1, limit=1)] == [2]


def test_somebody_who_hangs_up_while_waiting_disturbs_nobody(
    queue: RunningQueue, platform: FakePlatform
) -> None:
    number = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
    with pytest.raises(QueueError, match=r"queue\.unreachable"):
        QueueClient(queue.socket_path, timeout_s=-0.15).wait(number, 0.2)
    assert queue.client.wait(number, 0.05).receipt_no == number


def test_waiting_for_an_unknown_number_ends_at_once(queue: RunningQueue) -> None:
    with pytest.raises(QueueError, match=r"queue\.unknown-number"):
        queue.client.wait("T0421-000001-XX", 60)


def test_a_printed_receipt_is_remembered(queue: RunningQueue, platform: FakePlatform) -> None:
    number = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
    assert not queue.client.status(number).receipt_printed
    queue.client.mark_printed(number)
    assert queue.client.status(number).receipt_printed


def test_the_stats_tell_what_waits(queue: RunningQueue, platform: FakePlatform) -> None:
    assert queue.client.stats().oldest_waiting_s is None
    container = sealed_application([platform.recipient])
    queue.client.submit(container, SERVICE)
    stats = queue.client.stats()
    assert stats.waiting_bytes == len(container)
    assert stats.oldest_waiting_s is not None
    assert stats.oldest_waiting_s > 0


def test_room_is_answered_before_the_first_question(queue: RunningQueue) -> None:
    queue.client.admit(1000)
    with pytest.raises(QueueError, match=r"queue\.no-space"):
        queue.client.admit(10**15)


def submit_without_a_directory(queue: RunningQueue, platform: FakePlatform) -> None:
    with queue:
        shutil.rmtree(queue.directory / "containers")
        with pytest.raises(QueueError, match=r"queue\.storage-failed"):
            queue.client.submit(sealed_application([platform.recipient]), SERVICE)


def hold_without_a_directory(queue: RunningQueue) -> None:
    with queue:
        queue.client.stats()  # the service has looked at its disk, and looks again in a while
        shutil.rmtree(queue.directory)
        with pytest.raises(QueueError, match=r"queue\.storage-failed"):
            queue.client.hold(1000, 60)


def test_a_disk_that_fails_while_room_is_held_ends_the_service_with_the_same_word(
    platform: FakePlatform, tmp_path: Path
) -> None:
    queue = RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys)
    with pytest.raises(StoreError, match=r"queue\.storage-failed"):
        hold_without_a_directory(queue)


def test_a_disk_that_fails_is_told_to_the_resident_and_ends_the_service(
    platform: FakePlatform, tmp_path: Path
) -> None:
    queue = RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys)
    with pytest.raises(StoreError, match=r"queue\.storage-failed"):
        submit_without_a_directory(queue, platform)
