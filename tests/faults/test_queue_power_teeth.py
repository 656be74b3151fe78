"""Property 34: queues that are wrong in one point each; a harness that misses one proves nothing."""

import pytest

from tests.torture.parts import TEETH, Tooth
from tests.torture.quick import Row, caught, torture


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return torture(*(f"{tooth.part}:{tooth.variant}" for tooth in TEETH), most=2000)


@pytest.mark.parametrize("tooth", TEETH, ids=lambda tooth: f"{tooth.variant}-by-{tooth.part}")
def test_a_wrong_queue_is_caught_within_its_number_of_cuts(rows: dict[str, Row], tooth: Tooth) -> None:
    assert caught(rows[f"{tooth.part}:{tooth.variant}"]) <= tooth.within
