"""Property 22 on the real program: its wall clock jumps under it (libfaketime), waiting goes on as it was."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.fake_platform import FakePlatform
from tests.support.sealed_queue import SERVICE, QueueProcess, sealed_application

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
DAY_S = 86400
NEARLY_S = 2 * 3600


class Watch:
    """The wall clock of another process, which can be set while that process runs."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.set("+0")

    @property
    def environment(self) -> dict[str, str]:
        assert LIBRARIES, "install faketime (requirements/system-test.txt)"
        return {
            "LD_PRELOAD": str(LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            # What the terminal waits by never jumps on a real machine either.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, moment: str) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{moment}\n", encoding="ascii")
        fresh.replace(self._file)


def acknowledged_s(queue: QueueProcess) -> list[float]:
    """When the queue, once it was killed, believed to have heard the platform's word."""
    with sqlite3.connect(queue.directory / "queue.db") as database:
        rows = database.execute("SELECT ack_at FROM item ORDER BY seq").fetchall()
    return [at_ms / 1000 for (at_ms,) in rows]


def jumped_by(days: int) -> Callable[[float], bool]:
    return lambda at_s: abs(at_s - (time.time() + days * DAY_S)) < NEARLY_S


def is_1970(at_s: float) -> bool:
    return at_s < DAY_S


# That the queue saw the jump is the proof that there was one; what it makes of it is in test_clock.py.
JUMPS = [
    pytest.param("-30d", jumped_by(-30), id="thirty-days-back"),
    pytest.param("+400d", jumped_by(400), id="four-hundred-days-on"),
    pytest.param("@1970-01-01 00:01:00", is_1970, id="to-1970"),
]


@pytest.mark.parametrize(("jump", "is_right"), JUMPS)
def test_a_wall_clock_that_jumps_while_something_waits_delays_and_loses_nothing(
    tmp_path: Path, jump: str, is_right: Callable[[float], bool]
) -> None:
    watch = Watch(tmp_path)
    with (
        FakePlatform() as platform,
        QueueProcess(tmp_path, platform.port, platform.ack_keys, watch.environment) as queue,
    ):
        platform.faults.cut = True
        before = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
        assert not queue.client.wait(before, 0.3).accepted
        watch.set(jump)
        after = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
        platform.faults.cut = False
        queue.client.kick()
        assert queue.client.wait(before, 20).accepted
        assert queue.client.wait(after, 20).accepted
        assert len(platform.commits) == 2
        queue.kill()
        at = acknowledged_s(queue)
        assert all(map(is_right, at)), at


def test_a_queue_that_starts_in_1970_delivers_what_it_stored_before(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    with FakePlatform() as platform:
        platform.faults.cut = True
        with QueueProcess(tmp_path, platform.port, platform.ack_keys) as queue:
            number = queue.client.submit(sealed_application([platform.recipient]), SERVICE).receipt_no
        platform.faults.cut = False
        watch.set("@1970-01-01 00:01:00")
        with QueueProcess(tmp_path, platform.port, platform.ack_keys, watch.environment) as queue:
            assert queue.client.wait(number, 20).accepted
        assert len(platform.commits) == 1
