"""Property 5, and 26 without privilege: SIGKILL at the Nth system call, a seeded sample of them."""

import pytest

from tests.torture.quick import Row, held, torture


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return torture("kill-submit", "kill-service", "kill-recovery", most=10)


def test_a_kill_at_any_call_of_a_submission_loses_and_tears_nothing(rows: dict[str, Row]) -> None:
    assert held(rows["kill-submit"])["points"] > 40


def test_a_kill_at_any_call_of_delivery_makes_one_case_of_each_application(rows: dict[str, Row]) -> None:
    assert held(rows["kill-service"])["points"] > 150


def test_a_kill_at_any_call_of_the_recovery_from_a_kill_changes_nothing(rows: dict[str, Row]) -> None:
    held(rows["kill-recovery"])
