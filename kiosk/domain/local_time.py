"""The clock on the wall: terminals stand in China, which has one time zone and no summer time."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")


def local_time(at: datetime) -> datetime:
    """Return an aware time as the clock on the wall shows it (Asia/Shanghai).

    Registers write "for ever" as the last moment that a calendar has, and "unknown" as its first; where the
    wall's clock would be beyond the calendar, the moment is shown as it was written.
    """
    try:
        return at.astimezone(CHINA)
    except (OverflowError, ValueError):
        return at.replace(tzinfo=CHINA)
