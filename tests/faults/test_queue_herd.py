"""Property 30 in small: a herd of terminals after an outage. ``tests/bench/areas/herd.py`` has a thousand."""

from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.herd import Herd


@pytest.fixture
def in_memory() -> Generator[Path]:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


def test_a_hundred_terminals_drain_within_twice_the_ideal_time_and_without_a_rush(in_memory: Path) -> None:
    drained = Herd(in_memory, terminals=100, applications=6, requests_per_s=2, seed=1).drain(outage_s=600)
    assert drained.served >= 2 * drained.applications
    assert drained.ratio <= 2
    # Chance weighs more among a hundred; of a thousand, less than one in a hundred finds the door shut.
    assert drained.refused_share < 0.1
    assert drained.peak_per_s < 100 / 3
    assert drained.fairness > 0.8
