"""Property 34: queues that are wrong in one point each; a harness that misses one proves nothing."""

from functools import cache

import pytest

from tests.torture.parts import TEETH, Tooth
from tests.torture.quick import Row, caught, torture


@cache
def rows_of(part: str) -> dict[str, Row]:
    return torture(*(f"{part}:{tooth.variant}" for tooth in TEETH if tooth.part == part), most=2000)


@pytest.mark.parametrize("tooth", TEETH, ids=lambda tooth: f"{tooth.variant}-by-{tooth.part}")
def test_a_wrong_queue_is_caught_within_its_number_of_cuts(tooth: Tooth) -> None:
    assert caught(rows_of(tooth.part)[f"{tooth.part}:{tooth.variant}"]) <= tooth.within
