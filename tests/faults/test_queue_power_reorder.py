"""Property 3: simulated cuts of a recorded life, with writes lost, reordered and torn; no privilege."""

import pytest

from tests.torture.quick import Row, held, torture


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return torture("reorder-submit", "reorder-service", most=250)


def test_no_order_and_no_tear_of_a_store_s_writes_loses_an_application(rows: dict[str, Row]) -> None:
    assert held(rows["reorder-submit"])["cuts"] >= 250


def test_no_order_and_no_tear_of_delivery_and_wipe_loses_an_application(rows: dict[str, Row]) -> None:
    assert held(rows["reorder-service"])["cuts"] >= 250
