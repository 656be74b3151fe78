"""One thing that goes wrong on the bench."""

from collections.abc import Callable
from dataclasses import dataclass

from devices.health import Health


@dataclass(frozen=True, slots=True)
class BenchFault:
    """A fault with its end.

    Args:
        begin: Starts it.
        end: Puts it right again.
    """

    begin: Callable[[], object]
    end: Callable[[], object]


def nothing() -> None:
    """Passes by itself."""


def ended_by_itself(health: Health) -> str | None:
    """Return what a device's process ended of, None where that was done to it (signal 9)."""
    if "process ended with" not in health.detail or health.detail.endswith(" -9"):
        return None
    return f"{health.device}: {health.detail} at {health.since:%H:%M:%S}"
