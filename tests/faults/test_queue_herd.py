"""Property 30: a herd after an outage; in ``tests/bench/areas/herd.py`` each has twenty applications."""

from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.herd import Herd


@pytest.fixture
def in_memory() -> Generator[Path]:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


def test_a_thousand_terminals_drain_within_twice_the_ideal_time_and_without_a_rush(in_memory: Path) -> None:
    drained = Herd(in_memory, terminals=1000, applications=2, requests_per_s=6, seed=1).drain(outage_s=300)
    assert drained.served >= 2 * drained.applications
    assert drained.ratio <= 2
    # Of two applications each, many belong to the first rush; of twenty, hardly any finds the door shut.
    assert drained.refused_share < 0.2
    assert drained.peak_per_s < 1000 / 30
    assert drained.fairness > 0.75
