"""Looking for a service item."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Looking for a service item; ``query`` and ``theme`` narrow the list."""

    query: str = ""
    theme: str | None = None
