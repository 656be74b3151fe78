"""The clock on the wall: terminals stand in China, which has one time zone and no summer time."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")


def local_time(at: datetime) -> datetime:
    """Return an aware time as the clock on the wall shows it (Asia/Shanghai)."""
    return at.astimezone(CHINA)
