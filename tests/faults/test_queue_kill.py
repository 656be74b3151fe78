"""SIGKILL of the queue's process: the process boundary, not a power cut."""

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from offline_queue import QueueError
from offline_queue.header import read_header
from tests.support.fake_platform import FakePlatform
from tests.support.sealed_queue import SERVICE, QueueProcess, sealed_application


def submit_until_unreachable(queue: QueueProcess, containers: list[bytes], stored: dict[bytes, str]) -> None:
    for container in containers:
        try:
            stored[container] = queue.client.submit(container, SERVICE, patience_s=0).receipt_no
        except QueueError as error:
            if error.code != "queue.unreachable":
                raise
            return


@pytest.mark.parametrize("after", [1, 7, 19])
def test_every_application_acknowledged_before_the_kill_arrives_once(tmp_path: Path, after: int) -> None:
    with FakePlatform() as platform:
        containers = [sealed_application([platform.recipient]) for _ in range(40)]
        stored: dict[bytes, str] = {}
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            resident = threading.Thread(target=submit_until_unreachable, args=(queue, containers, stored))
            resident.start()
            while len(platform.commits) < after:
                resident.join(0.001)
            queue.kill()
            resident.join()
        assert stored
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            for number in stored.values():
                assert queue.client.wait(number, 20).accepted
            # Whoever was not answered asks again and is given a number for the same application.
            for container in containers:
                number = queue.client.submit(container, SERVICE).receipt_no
                assert stored.setdefault(container, number) == number
                assert queue.client.wait(number, 20).accepted
        arrived = sorted(platform.commits)
        assert arrived == sorted(read_header(container).submission_id.hex() for container in containers)
        assert sorted(platform.receipt_numbers()) == sorted(stored.values())
        assert [int(number.split("-")[1]) for number in sorted(stored.values())] == list(range(1, 41))


def test_a_kill_between_the_platform_s_commit_and_its_reply_makes_no_second_case(tmp_path: Path) -> None:
    with FakePlatform() as platform, ExitStack() as killed_later:
        platform.faults.lose_next_accept = 10_000
        queue = killed_later.enter_context(QueueProcess(tmp_path, platform.port, platform.ack_keys))
        number = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
        while not platform.commits:
            queue.client.wait(number, 0.01)
        queue.kill()
        platform.faults.lose_next_accept = 0
        platform.requests.clear()
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            assert queue.client.wait(number, 20).accepted
        assert {request.split()[0] for request in platform.requests} == {"GET"}
        assert len(platform.commits) == 1


def test_a_submission_outlives_a_restart_of_the_queue(tmp_path: Path) -> None:
    with FakePlatform() as platform:
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            client = queue.client
        container = sealed_application([platform.recipient])
        numbers: list[str] = []
        resident = threading.Thread(
            target=lambda: numbers.append(client.submit(container, SERVICE, patience_s=20).receipt_no)
        )
        resident.start()
        with QueueProcess(tmp_path, platform.port, platform.ack_keys):
            resident.join()
            assert client.wait(numbers[0], 20).accepted


def test_nothing_of_the_application_is_on_the_disk_in_the_clear(tmp_path: Path) -> None:
    with FakePlatform() as platform:
        platform.faults.cut = True
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            container = sealed_application([platform.recipient], name="欧阳赵钱孙")
            queue.client.submit(container, SERVICE)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert any(path.suffix == ".zwq" for path in files)
        assert not any("欧阳赵钱孙".encode() in path.read_bytes() for path in files)
