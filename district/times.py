"""Times of the platform: aware UTC inside, the district's calendar day where a number needs one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

Now = Callable[[], datetime]
"""Returns the present as an aware UTC time."""

# China has one time zone and has known no summer time since 1991; a fixed offset needs no zone database.
DISTRICT_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")


def utc_now() -> datetime:
    """Return the present as an aware UTC time."""
    return datetime.now(UTC)


def district_day(moment: datetime) -> date:
    """Return the calendar day in the district at ``moment`` (aware)."""
    return moment.astimezone(DISTRICT_ZONE).date()
