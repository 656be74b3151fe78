from pathlib import Path

from kiosk.backend import CaseProgress
from offline_queue import ItemState
from offline_queue.package import Part
from tests.contract.hosted import Hosted
from tests.contract.platform import ITEM, LAST4
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
    port = int(host.url.rsplit(":", 1)[1])
    host.kill()
    with (
        host.transport() as transport,
        RunningQueue(tmp_path, transport, host.ack_keys) as queue,
    ):
        stored = queue.client.submit(container, ITEM)
        assert queue.client.wait(stored.receipt_no, 0.3).acceptance_no is None
        host.start(port)
        queue.client.kick()
        number = queue.client.wait(stored.receipt_no, 30).acceptance_no
    assert number is not None
    document = host.desk("GET", f"/v1/cases/{number}/attachments/1")
    assert document.content == PDF
