"""A card that was left on the reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftCard:
    """What was done about it so far.

    Args:
        since_s: Monotonic seconds of the end of its visit.
        rings: How often the bell was rung for it.
        told: Whether staff were called; that happens once.
    """

    since_s: float
    rings: int = 0
    told: bool = False
