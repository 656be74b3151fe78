"""Property 14: ten thousand attempts and sixty days drop nothing."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from offline_queue import ItemState
from offline_queue.transport import Trouble, TryLater
from tests.support.drain_bench import DrainBench

DAY_S = 24 * 3600.0
ATTEMPTS = 10_000


@pytest.fixture
def bench() -> Generator[DrainBench]:
    with (
        TemporaryDirectory(dir="/dev/shm") as folder,
        closing(DrainBench(Path(folder) / "queue", dice=lambda: 0.9)) as opened,
    ):
        yield opened


def test_ten_thousand_attempts_drop_nothing(bench: DrainBench) -> None:
    item = bench.put()
    bench.platform.weather.busy = TryLater(Trouble.BUSY)
    for _ in range(ATTEMPTS):
        bench.step()
        bench.clock.advance(400.0)
    assert (bench.now(item).state, bench.now(item).attempts) == (ItemState.QUEUED, ATTEMPTS)
    assert len(bench.containers()) == 1
    bench.platform.weather.busy = None
    bench.run(DAY_S)
    assert bench.cases() == [item.seq]


def test_sixty_days_without_a_line_and_with_restarts_drop_nothing(bench: DrainBench) -> None:
    items = [bench.put() for _ in range(3)]
    bench.platform.weather.down = True
    for day in range(60):
        bench.run(DAY_S / 100)
        bench.clock.advance(DAY_S * 0.99)
        (bench.reboot if day % 7 == 0 else bench.open)()
    assert [bench.now(item).state for item in items] == [ItemState.QUEUED] * 3
    bench.platform.weather.down = False
    bench.run(DAY_S)
    assert sorted(bench.cases()) == [1, 2, 3]
    assert bench.containers() == set()
