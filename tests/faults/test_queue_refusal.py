"""An application that the platform refused for good is nowhere said to be still on its way."""

import socket
from collections.abc import Generator

import pytest

from devices.device_set import DeviceSet
from kiosk.backend import BackendClient
from kiosk.clock import SystemClock
from kiosk.domain.report import SERVICE as REPORT
from kiosk.errands import refusal_of
from kiosk.sealing import Sealer
from kiosk.session.side_effects import AskNumber, AskStory
from kiosk.session.side_events import AskingFailed, CaseNumbered, StoryTold
from kiosk.side_errands import SideErrands
from offline_queue import KeySet, Stamp, new_submission_id, pack, seal
from tests.support.fake_platform import FakePlatform
from tests.support.sealed_queue import SERVICE, TERMINAL, RunningQueue


@pytest.fixture
def errands(queue: RunningQueue) -> Generator[SideErrands]:
    """With a platform that nobody can ask."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with BackendClient(url, "token", TERMINAL, timeout_s=5, catalogue_keys={}) as backend:
            yield SideErrands(
                backend, DeviceSet(()), Sealer(TERMINAL, _no_keys, SystemClock()), "", queue.client
            )


def _no_keys() -> KeySet:
    raise AssertionError("nothing is sealed here")


def submit(queue: RunningQueue, platform: FakePlatform, service: str = SERVICE) -> str:
    container = seal(
        pack({}),
        [platform.recipient],
        submission_id=new_submission_id(),
        terminal=TERMINAL,
        service=service,
        created=Stamp("boot", 1, 1),
    )
    return queue.client.submit(container, service).receipt_no


def test_who_waits_hears_the_refusal_though_the_container_is_wiped_already(
    queue: RunningQueue, platform: FakePlatform
) -> None:
    platform.faults.reject_seqs = {1}
    refused, accepted = (submit(queue, platform) for _ in range(2))
    assert refusal_of(queue.client.wait(refused, 20)) == "submission.refused"
    assert refusal_of(queue.client.wait(accepted, 20)) is None


def test_who_waits_hears_that_it_was_set_aside(queue: RunningQueue, platform: FakePlatform) -> None:
    platform.faults.conflict_seqs = {1}
    number = submit(queue, platform)
    while queue.client.status(number).state != "attention":
        queue.client.wait(number, 0.05)
    assert refusal_of(queue.client.status(number)) == "submission.set-aside"


def test_without_the_platform_what_it_refused_is_not_said_to_lie_here(
    queue: RunningQueue, platform: FakePlatform, errands: SideErrands
) -> None:
    platform.faults.reject_seqs = {1, 2}
    number, report = submit(queue, platform), submit(queue, platform, REPORT)
    waiting = submit(queue, platform)
    assert queue.client.wait(number, 20).refused
    assert queue.client.wait(report, 20).refused
    assert isinstance(errands.story(AskStory(1, number, "1234")), AskingFailed)
    assert isinstance(errands.number(AskNumber(1, report)), CaseNumbered)
    assert isinstance(errands.story(AskStory(1, waiting, "1234")), StoryTold)
