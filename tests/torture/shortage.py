"""A real file system that is full, or that turned read-only under the running queue; needs root."""

import os
from pathlib import Path

from offline_queue import QueueClient, QueueError
from offline_queue.disk import RoomPolicy
from tests.support.fake_platform import FakePlatform
from tests.torture import canary, subject, trials
from tests.torture.ground import Ground
from tests.torture.loop_disk import LoopDisk
from tests.torture.supervision import settle
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Bench, Outcome
from tests.torture.truth import Truth
from tests.torture.zygote import Child

_RESERVE_ONLY = RoomPolicy(reserve_bytes=1024 * 1024, headroom_bytes=0, keep_share=0.0)
_PAGE_BYTES = 200_000
_DISK_MB = 16
_TOLD_FULL = "queue.no-space"
_TOLD_BROKEN = frozenset({"queue.storage-failed", "queue.unreachable"})


def full(ground: Ground, limits: Limits) -> Tally:
    """Fill the disk by applications and then by others; kill the queue on the full disk; let it drain."""
    tally = Tally(
        "disk-full", f"{_DISK_MB} MB ext4 filled to the last block, SIGKILL, delivery", limits.variant
    )
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    tally.points = 1
    with ground.disk(tally, size_mb=_DISK_MB) as disk:
        tally.go_through(limits, ["full"], lambda _: _fill_and_drain(ground, disk))
    return tally


def read_only(ground: Ground, limits: Limits) -> Tally:
    """Let the kernel find an error and turn the file system read-only while the queue runs."""
    tally = Tally("read-only", "ext4 turned read-only in the middle, repair, delivery", limits.variant)
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    tally.points = 1
    with LoopDisk(ground.room, "ro", options="loop,errors=remount-ro") as disk:
        tally.go_through(limits, ["read-only"], lambda _: _turn_read_only(ground, disk))
    return tally


def _fill_and_drain(ground: Ground, disk: LoopDisk) -> Outcome:
    bench, truth, outcome = Bench(ground.zygote, ground.room, disk, "changes"), Truth(), Outcome()
    with FakePlatform() as platform:
        platform.faults.cut = True
        with _serve(bench, platform) as child:
            told = _submit_until_refused(bench, platform, truth)
            if told != _TOLD_FULL:
                outcome.found.broken.append(f"on a full disk the resident is told {told}")
            filler = _fill(disk.place)
            child.kill()
        with _serve(bench, platform) as child:
            # The disk is still full to the last block.
            client = QueueClient(bench.socket)
            platform.faults.cut = False
            client.kick()
            stuck = settle(client, list(truth.receipts.values()), 20)
            outcome.found.lost += [f"{number} is not delivered from a full disk" for number in stuck]
            left = list(bench.folder.rglob("*.zwq"))
            outcome.found.broken += [f"{path.name} is not wiped from a full disk" for path in left]
        filler.unlink()
        trials.aftermath(bench, platform, truth, outcome)
    bench.clear()
    return outcome


def _turn_read_only(ground: Ground, disk: LoopDisk) -> Outcome:
    bench, truth, outcome = Bench(ground.zygote, ground.room, disk, "changes"), Truth(), Outcome()
    with FakePlatform() as platform:
        platform.faults.cut = True
        with _serve(bench, platform) as child:
            client = QueueClient(bench.socket)
            for _ in range(3):
                _submit(client, platform, truth)
            disk.go_read_only()
            told = _submit_until_refused(bench, platform, truth)
            if told not in _TOLD_BROKEN:
                outcome.found.broken.append(f"on a read-only disk the resident is told {told}")
            child.kill()
            outcome.found.broken += trials.broken(child)
        disk.repair()
        platform.faults.cut = False
        trials.aftermath(bench, platform, truth, outcome)
    bench.clear()
    return outcome


def _serve(bench: Bench, platform: FakePlatform) -> Child:
    child = bench.zygote.start(
        subject.serve,
        bench.socket,
        bench.folder,
        platform.port,
        platform.ack_keys,
        None,
        None,
        _RESERVE_ONLY,
    )
    child.await_word("ready")
    return child


def _submit_until_refused(bench: Bench, platform: FakePlatform, truth: Truth) -> str:
    client = QueueClient(bench.socket)
    while True:
        try:
            _submit(client, platform, truth)
        except QueueError as error:
            return error.code


def _submit(client: QueueClient, platform: FakePlatform, truth: Truth) -> None:
    container = canary.application([platform.recipient], _PAGE_BYTES)
    submission_id = truth.hand_in(container)
    stored = client.submit(container, truth.service_of(submission_id), patience_s=0)
    truth.acknowledged(submission_id, stored.receipt_no)


def _fill(place: Path) -> Path:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 512):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
        os.fsync(file.fileno())
    return filler
