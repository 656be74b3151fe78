"""Property 30 in small: a herd of terminals after one outage. ``tests/bench/areas/herd.py`` has a thousand."""

from pathlib import Path

from tests.support.herd import Herd


def test_a_hundred_terminals_drain_within_twice_the_ideal_time_and_without_a_rush(tmp_path: Path) -> None:
    drained = Herd(tmp_path, terminals=100, applications=8, requests_per_s=3, seed=1).drain(outage_s=1800)
    assert drained.served >= 3 * drained.applications
    assert drained.ratio <= 2
    # Chance weighs more among a hundred; of a thousand, less than one in a hundred finds the door shut.
    assert drained.refused_share < 0.1
    assert drained.peak_per_s < 100 / 3
    assert drained.fairness > 0.8
