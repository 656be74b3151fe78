"""Properties 31 and 33: what a large application and a long queue cost the queue's process."""

import shutil
import time
from contextlib import closing
from pathlib import Path

from offline_queue.database import transaction
from offline_queue.folder import file_name
from offline_queue.header import read_header
from offline_queue.numbers import make_number
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

MEGABYTE = 1_000_000
N = 10_000


def peak_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_a_20_megabyte_application_costs_the_process_8_megabytes_at_most(
    platform: FakePlatform, tmp_path: Path
) -> None:
    with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
        pid = queue.pid
        small = queue.client.submit(sealed_application([platform.recipient]), SERVICE)
        assert queue.client.wait(small.receipt_no, 20).accepted
        before = peak_bytes(pid)
        container = sealed_application([platform.recipient], page_bytes=20 * MEGABYTE)
        stored = queue.client.submit(container, SERVICE)
        assert queue.client.wait(stored.receipt_no, 40).accepted
        assert peak_bytes(pid) - before <= 8 * MEGABYTE


def fill(directory: Path, platform: FakePlatform) -> None:
    """Ten thousand waiting applications, their containers one file with many names."""
    with closing(Store(directory, TERMINAL, FakeClock(), policy=NO_ROOM_KEPT)) as store:
        container = sealed_application([platform.recipient])
        first = store.put(read_header(container), [container])
        path = store.container_path(first)
        (row,) = store.database.execute("SELECT * FROM item").fetchall()
        columns = [name for (name,) in store.database.execute("SELECT name FROM pragma_table_info('item')")]
        marks = ", ".join("?" * len(columns))
        model = dict(zip(columns, row, strict=True))
        with transaction(store.database):
            for seq in range(2, N + 1):
                identity = seq.to_bytes(16, "big")
                name = file_name(TERMINAL, seq, identity)
                model |= {
                    "seq": seq,
                    "submission_id": identity,
                    "receipt_no": make_number(TERMINAL, seq),
                    "file": name,
                }
                store.database.execute(
                    f"INSERT INTO item VALUES ({marks})",  # noqa: S608 - question marks
                    tuple(model.values()),
                )
                path.with_name(name).hardlink_to(path)


def test_ten_thousand_waiting_applications_are_taken_up_within_five_seconds(
    platform: FakePlatform, tmp_path: Path
) -> None:
    directory = tmp_path / "queue"
    fill(directory, platform)
    began_s = time.monotonic()
    with closing(Store(directory, TERMINAL, FakeClock(), policy=NO_ROOM_KEPT)) as store:
        took_s = time.monotonic() - began_s
        assert store.ledger.tally().counts == {"queued": N}
        assert not list(directory.glob("queue.db.damaged-*"))
    assert took_s < 5
    shutil.rmtree(directory)
