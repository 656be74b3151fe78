"""What the next start learns from the queue of a visit that was cut off while it was being stored."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cut_off import once_answered, what_became_of
from kiosk.domain.seal_mark import SealMark
from kiosk.journal import Entry
from kiosk.session.events import CutOffKnown
from kiosk.session.world_events import LeftStored
from offline_queue import FileSigner, Notary, Stored
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import SERVICE, RunningQueue, sealed_application

# When the applications of these tests are sealed, as their header says.
SEALED = datetime.fromtimestamp(1_750_000_000, UTC)


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        running.faults.cut = True
        yield running


def running(platform: FakePlatform, tmp_path: Path, notary: Notary | None = None) -> RunningQueue:
    transport = LoopbackTransport(platform.port)
    return RunningQueue(tmp_path, transport, platform.ack_keys, pause=1.0, notary=notary)


@pytest.fixture
def queue(platform: FakePlatform, tmp_path: Path) -> Generator[RunningQueue]:
    with running(platform, tmp_path) as service:
        yield service


def stored(queue: RunningQueue, platform: FakePlatform) -> Stored:
    return queue.client.submit(sealed_application([platform.recipient]), SERVICE)


def storing(item: str = SERVICE, *, at: datetime = SEALED, **ids: str) -> Entry:
    return Entry(1, at, "session.submitting", {"visit": "7", "item": item, **ids}, "", "")


def told(receipt: Stored) -> CutOffKnown:
    seal = SealMark.of(receipt.digest, receipt.proof)
    return CutOffKnown(LeftStored(SERVICE, receipt.receipt_no, None, seal))


def test_what_was_stored_in_it_is_found_without_its_number(
    queue: RunningQueue, platform: FakePlatform
) -> None:
    stored(queue, platform)
    newest = stored(queue, platform)
    assert what_became_of(storing(), queue.client) == told(newest)


def test_what_was_stored_in_it_is_found_by_its_number(queue: RunningQueue, platform: FakePlatform) -> None:
    first = stored(queue, platform)
    stored(queue, platform)
    assert what_became_of(storing(receipt_no=first.receipt_no), queue.client) == told(first)


def test_a_slip_that_was_taken_is_not_offered_again(queue: RunningQueue, platform: FakePlatform) -> None:
    receipt = stored(queue, platform)
    queue.client.mark_printed(receipt.receipt_no)
    assert what_became_of(storing(), queue.client) is None


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(storing("medical-record-copy"), id="another-item"),
        pytest.param(storing(at=SEALED + timedelta(minutes=5)), id="an-earlier-visit"),
    ],
)
def test_what_an_earlier_visit_stored_is_not_taken_for_it(
    queue: RunningQueue, platform: FakePlatform, left: Entry
) -> None:
    stored(queue, platform)
    assert what_became_of(left, queue.client) == CutOffKnown(None)


def test_an_empty_queue_has_stored_nothing(queue: RunningQueue) -> None:
    assert what_became_of(storing(), queue.client) == CutOffKnown(None)


def test_the_slip_proves_what_the_first_one_would_have_proven(platform: FakePlatform, tmp_path: Path) -> None:
    key = tmp_path / "device_key.pem"
    FileSigner.make(key)
    with running(platform, tmp_path, Notary(lambda: FileSigner.load(key))) as queue:
        receipt = stored(queue, platform)
        assert receipt.proof
        assert queue.client.receipt(receipt.receipt_no) == receipt


def test_a_queue_that_is_starting_yet_is_asked_again(platform: FakePlatform, tmp_path: Path) -> None:
    service = running(platform, tmp_path)
    with ThreadPoolExecutor(1) as lane:
        known = lane.submit(once_answered, storing(), service.client, 0.01)
        with service:
            assert known.result(20) == CutOffKnown(None)
