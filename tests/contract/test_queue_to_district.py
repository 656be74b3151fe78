import time
from pathlib import Path

from district.acceptance.importing import Outcome
from district.import_command import import_folder
from district.times import utc_now
from kiosk.backend import CaseProgress
from offline_queue import ItemState
from offline_queue.export import Source, export
from offline_queue.header import read_header
from offline_queue.package import Part
from offline_queue.seal import PlatformKey
from offline_queue.wire import ItemStatus
from tests.contract.hosted import Hosted
from tests.contract.platform import CATALOGUE, ITEM, LAST4, TERMINAL
from tests.support.sealed_queue import RunningQueue

PDF = b"%PDF-1.7\n" + bytes(1_200_000)


def test_what_the_queue_was_given_is_a_case_of_the_district(host: Hosted, tmp_path: Path) -> None:
    container = host.sealed(Part("scan.pdf", "application/pdf", PDF)).container
    with (
        host.transport() as transport,
        RunningQueue(tmp_path, transport, host.ack_keys) as queue,
        host.client() as client,
    ):
        stored = queue.client.submit(container, ITEM)
        settled = queue.client.wait(stored.receipt_no, 30)
        progress = client.progress(stored.receipt_no, LAST4)
    assert settled.state in {ItemState.ACKED, ItemState.WIPED}
    assert isinstance(progress, CaseProgress)
    assert progress.number == settled.acceptance_no


def test_what_was_stored_without_a_platform_arrives_when_it_is_back(host: Hosted, tmp_path: Path) -> None:
    container = host.sealed(Part("scan.pdf", "application/pdf", PDF)).container
    host.kill()
    with (
        host.transport() as transport,
        RunningQueue(tmp_path, transport, host.ack_keys) as queue,
    ):
        stored = queue.client.submit(container, ITEM)
        assert queue.client.wait(stored.receipt_no, 0.3).acceptance_no is None
        host.start()
        queue.client.kick()
        number = queue.client.wait(stored.receipt_no, 30).acceptance_no
    assert number is not None
    document = host.desk("GET", f"/v1/cases/{number}/attachments/1")
    assert document.content == PDF


def test_what_was_carried_there_by_hand_is_settled_when_the_line_is_back(
    host: Hosted, tmp_path: Path
) -> None:
    container = host.sealed(Part("scan.pdf", "application/pdf", PDF)).container
    host.kill()
    with (
        host.transport() as transport,
        RunningQueue(tmp_path, transport, host.ack_keys) as queue,
    ):
        stored = queue.client.submit(container, ITEM)
        source = Source(queue.directory / "containers", TERMINAL)
        export(source, queue.client.items(), tmp_path / "stick", "2026-01-01T00:00:00+00:00")
        (brought,) = import_folder(host.home, tmp_path / "stick", CATALOGUE, utc_now)
        host.start()
        queue.client.kick()
        number = queue.client.wait(stored.receipt_no, 30).acceptance_no
    assert brought.result.outcome == Outcome.ACCEPTED
    assert (brought.receipt_no, brought.result.acceptance_no) == (stored.receipt_no, number)
    assert host.cases(read_header(container).submission_id.hex()) == 1


def test_a_refusal_by_a_person_reaches_what_was_set_aside_at_the_terminal(
    host: Hosted, tmp_path: Path
) -> None:
    container = host.sealed(keys=[PlatformKey("seal-0", bytes([9]) + bytes(31))]).container
    name = read_header(container).submission_id.hex()
    with (
        host.transport() as transport,
        RunningQueue(tmp_path, transport, host.ack_keys) as queue,
    ):
        stored = queue.client.submit(container, ITEM)
        _until(queue, stored.receipt_no, {ItemState.ATTENTION})
        host.desk("POST", f"/v1/desk/submissions/{name}/rejection", json={"reason": "key-lost"})
        queue.client.reconcile()
        told = _until(queue, stored.receipt_no, {ItemState.REJECTED, ItemState.WIPED})
    assert told.acceptance_no is None
    assert host.cases(name) == 0


def _until(queue: RunningQueue, receipt_no: str, states: set[ItemState]) -> ItemStatus:
    deadline_s = time.monotonic() + 30
    while (told := queue.client.status(receipt_no)).state not in states:
        assert time.monotonic() < deadline_s, told
        time.sleep(0.02)
    return told
