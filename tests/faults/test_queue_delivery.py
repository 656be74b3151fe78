"""The whole queue over real sockets and HTTP, with a platform and a line that fail."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue import ItemState, QueueClient, digest
from offline_queue.ack import Ack
from offline_queue.header import read_header
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application


def submit(client: QueueClient, platform: FakePlatform, page_bytes: int = 1000) -> str:
    container = sealed_application([platform.recipient], page_bytes=page_bytes)
    return client.submit(container, SERVICE).receipt_no


def test_what_was_stored_arrives_and_is_wiped(platform: FakePlatform, queue: RunningQueue) -> None:
    container = sealed_application([platform.recipient], page_bytes=3_000_000)
    stored = queue.client.submit(container, SERVICE)
    status = queue.client.wait(stored.receipt_no, 20)
    assert status.accepted
    assert status.settled
    assert stored.digest == digest(container)
    assert platform.receipt_numbers() == [stored.receipt_no]
    opened = platform.opened(read_header(container).submission_id.hex())
    assert opened.form == {"name": "赵钱孙"}
    assert len(opened.parts[0].data) == 3_000_000
    assert list((queue.directory / "containers").glob("*.zwq")) == []


def test_with_the_network_cut_it_is_kept_and_goes_when_the_network_is_back(
    platform: FakePlatform, queue: RunningQueue
) -> None:
    platform.faults.cut = True
    numbers = [submit(queue.client, platform) for _ in range(3)]
    assert queue.client.wait(numbers[0], 0.3).acceptance_no is None
    platform.faults.cut = False
    queue.client.kick()
    assert all(queue.client.wait(number, 20).accepted for number in numbers)
    assert sorted(platform.receipt_numbers()) == numbers


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_replies_lost_on_the_way_make_no_second_case(
    platform: FakePlatform, queue: RunningQueue, lost: int
) -> None:
    platform.faults.lose_replies = lost
    number = submit(queue.client, platform)
    assert queue.client.wait(number, 20).accepted
    assert len(platform.commits) == 1


def test_a_reply_lost_after_the_commit_costs_a_question_and_no_second_upload(
    platform: FakePlatform, queue: RunningQueue
) -> None:
    platform.faults.lose_next_accept = 1
    number = submit(queue.client, platform)
    assert queue.client.wait(number, 20).accepted
    assert len(platform.commits) == 1
    assert [request.split()[0] for request in platform.requests] == ["POST", "GET"]


def _other_digest(ack: Ack) -> Ack:
    return replace(ack, digest="00" * 32)


def _other_number(ack: Ack) -> Ack:
    return replace(ack, acceptance_no="3301999999")


def _other_terminal(ack: Ack) -> Ack:
    return replace(ack, terminal="T0422")


def _other_key(ack: Ack) -> Ack:
    return replace(ack, kid="ack-2")


def _no_signature(ack: Ack) -> Ack:
    return replace(ack, signature="")


@pytest.mark.parametrize("forge", [_other_digest, _other_number, _other_terminal, _other_key, _no_signature])
def test_an_acknowledgement_that_proves_nothing_wipes_nothing(
    platform: FakePlatform, queue: RunningQueue, forge: Callable[[Ack], Ack]
) -> None:
    platform.faults.edit_ack = forge
    number = submit(queue.client, platform)
    while (status := queue.client.wait(number, 0.05)).last_error is None:
        assert not status.accepted
    assert not status.accepted
    assert (status.last_error or "").startswith("ack.")
    assert len(list((queue.directory / "containers").glob("*.zwq"))) == 1
    platform.faults.edit_ack = None
    assert queue.client.wait(number, 20).accepted
    assert len(platform.commits) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n",
        b'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"state":"accepted"}',
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"\x16\x03\x01",
    ],
)
def test_a_captive_portal_decides_nothing(platform: FakePlatform, queue: RunningQueue, answer: bytes) -> None:
    platform.faults.raw_answer = answer
    number = submit(queue.client, platform)
    assert not queue.client.wait(number, 0.2).settled
    platform.faults.raw_answer = None
    queue.client.kick()
    assert queue.client.wait(number, 20).accepted


def test_a_poisoned_application_blocks_no_other(platform: FakePlatform, queue: RunningQueue) -> None:
    platform.faults.conflict_seqs = {1}
    poisoned, *others = [submit(queue.client, platform) for _ in range(4)]
    assert all(queue.client.wait(number, 20).accepted for number in others)
    status = queue.client.status(poisoned)
    assert status.state == ItemState.ATTENTION
    assert status.last_error == "platform.digest-conflict"
    assert queue.client.stats().counts["attention"] == 1


def test_an_application_set_aside_can_be_sent_again(platform: FakePlatform, queue: RunningQueue) -> None:
    platform.faults.conflict_seqs = {1}
    number = submit(queue.client, platform)
    while queue.client.status(number).state != ItemState.ATTENTION:
        queue.client.wait(number, 0.05)
    platform.faults.conflict_seqs = set()
    queue.client.retry(number)
    assert queue.client.wait(number, 20).accepted


def test_a_signed_refusal_is_final_and_not_an_acceptance(platform: FakePlatform, queue: RunningQueue) -> None:
    platform.faults.reject_seqs = {1}
    number = submit(queue.client, platform)
    status = queue.client.wait(number, 20)
    assert status.settled
    assert not status.accepted
    assert status.last_error == "not-resident"


def test_an_upload_the_platform_forgot_is_begun_again(platform: FakePlatform, queue: RunningQueue) -> None:
    platform.faults.forget_uploads = 2
    number = submit(queue.client, platform, page_bytes=2_000_000)
    assert queue.client.wait(number, 20).accepted
    assert len(platform.commits) == 1


def test_a_platform_that_asks_for_patience_gets_it(platform: FakePlatform, queue: RunningQueue) -> None:
    platform.faults.busy_answers = 1
    platform.faults.retry_after_s = 0.4
    number = submit(queue.client, platform)
    assert queue.client.wait(number, 20).accepted
    refused_s, *others_s = platform.asked_s
    assert others_s
    assert min(others_s) >= refused_s + 0.4 - 0.001  # the queue counts in milliseconds


def test_a_line_that_answers_nothing_delays_no_submission(
    platform: FakePlatform, queue: RunningQueue
) -> None:
    platform.faults.stall = threading.Event()
    first = submit(queue.client, platform)
    container = sealed_application([platform.recipient])
    second = queue.client.submit(container, SERVICE, patience_s=0).receipt_no
    assert not queue.client.status(first).settled
    platform.faults.stall.set()
    assert all(queue.client.wait(number, 20).accepted for number in (first, second))


def test_a_restart_takes_up_where_it_stopped(platform: FakePlatform, tmp_path: Path) -> None:
    transport = LoopbackTransport(platform.port)
    platform.faults.cut = True
    with RunningQueue(tmp_path, transport, platform.ack_keys, pause=1.0) as queue:
        number = submit(queue.client, platform)
        assert not queue.client.wait(number, 0.1).settled
    platform.faults.cut = False
    with RunningQueue(tmp_path, transport, platform.ack_keys) as queue:
        queue.client.kick()
        assert queue.client.wait(number, 20).accepted
    assert len(platform.commits) == 1
