"""The resident's data: looked for on the raw disk, in files, in a core, in the queue's memory and maps."""

import os
import resource
import signal
from pathlib import Path
from typing import Final

from offline_queue import QueueClient
from tests.support.fake_platform import FakePlatform
from tests.torture import canary, subject, trials
from tests.torture.ground import Ground
from tests.torture.loop_disk import LoopDisk
from tests.torture.supervision import settle
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Bench, Outcome
from tests.torture.truth import Truth
from tests.torture.zygote import Line

PLAIN_SPOOL: Final = "plain-spool"
"""The wrong queue of this part: it writes what it is about to seal to a file, and removes it."""


def raw_image(ground: Ground, limits: Limits) -> Tally:
    """Take applications, kill the queue, deliver, dump its core; then look everywhere."""
    tally = Tally("raw-image", "raw blocks, files, core, memory and mapped files searched", limits.variant)
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    tally.points = 1
    with ground.disk(tally) as disk:
        tally.go_through(limits, ["whole flow"], lambda _: _flow(ground, disk, limits.variant))
        if limits.variant is not None and (left := disk.holding(canary.needles())):
            tally.found.canaries += left
            tally.caught_after = tally.cuts
    return tally


def _flow(ground: Ground, disk: LoopDisk, variant: str | None) -> Outcome:
    bench, truth, outcome = Bench(ground.zygote, ground.room, disk, "changes"), Truth(), Outcome()
    if variant == PLAIN_SPOOL:
        _spool(disk.place / "spool", canary.plaintext(5000))
    with FakePlatform() as platform:
        platform.faults.cut = True
        containers = [canary.application([platform.recipient], size) for size in (300, 60_000, 2_500_000)]
        for end in ("kill", "core"):
            with ground.zygote.start(
                _serve_with_core, bench.socket, bench.folder, platform.port, platform.ack_keys
            ) as child:
                child.await_word("ready")
                client = QueueClient(bench.socket)
                for container in containers:
                    submission_id = truth.hand_in(container)
                    stored = client.submit(container, truth.service_of(submission_id))
                    truth.acknowledged(submission_id, stored.receipt_no)
                if end == "core":
                    platform.faults.cut = False
                    client.kick()
                    settle(client, list(truth.receipts.values()))
                outcome.found.canaries += canary.in_process(child.pid)
                if end == "core":
                    os.kill(child.pid, signal.SIGSEGV)
                    child.await_end()
                child.kill()
            outcome.found.canaries += canary.in_files(disk.place)
        if _dumps_here() and not list(bench.folder.glob("core*")):
            outcome.found.broken.append("no core was dumped, so none was searched")
        trials.aftermath(bench, platform, truth, outcome)
    return outcome


def _serve_with_core(line: Line, place: Path, folder: Path, port: int, ack_keys: dict[str, bytes]) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chdir(folder)
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    subject.serve(line, place, folder, port, ack_keys, core_bytes=hard)


def _dumps_here() -> bool:
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii").strip()
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    return not pattern.startswith(("|", "/")) and hard != 0


def _spool(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        os.fsync(file.fileno())
    path.unlink()
