"""The clock on the wall, and moments that no wall has seen."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.domain.local_time import local_time


def test_a_moment_is_shown_as_the_clock_on_the_wall_shows_it() -> None:
    assert f"{local_time(datetime(2026, 11, 3, 20, 30, tzinfo=UTC)):%Y-%m-%d %H:%M}" == "2026-11-04 04:30"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime.max.replace(tzinfo=UTC), "9999-12-31"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "0001-01-01"),
    ],
    ids=["for-ever", "unknown"],
)
def test_a_register_may_write_for_ever_or_unknown_as_a_moment(at: datetime, shown: str) -> None:
    assert local_time(at).date().isoformat() == shown
