"""The way of a case (办件状态): which status may follow which. Statuses are only ever appended."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    """收件: the platform holds the application."""
    CORRECTION_REQUIRED = "correction-required"
    """补正: something is missing."""
    CORRECTION_RECEIVED = "correction-received"
    """补正收件."""
    ACCEPTED = "accepted"
    """受理."""
    NOT_ACCEPTED = "not-accepted"
    """不予受理."""
    IN_REVIEW = "in-review"
    """办理中."""
    SUSPENDED = "suspended"
    """特别程序: the legal term does not run."""
    GRANTED = "granted"
    """办结, 准予."""
    REFUSED = "refused"
    """办结, 不予."""
    WITHDRAWN = "withdrawn"
    """办结, 撤回."""
    COLLECTED = "collected"
    """已领取."""


_OPEN = frozenset({Status.WITHDRAWN})
_FOLLOWERS: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.RECEIVED: frozenset({Status.CORRECTION_REQUIRED, Status.ACCEPTED, Status.NOT_ACCEPTED})
        | _OPEN,
        Status.CORRECTION_REQUIRED: frozenset({Status.CORRECTION_RECEIVED, Status.NOT_ACCEPTED}) | _OPEN,
        Status.CORRECTION_RECEIVED: frozenset(
            {Status.CORRECTION_REQUIRED, Status.ACCEPTED, Status.NOT_ACCEPTED}
        )
        | _OPEN,
        Status.ACCEPTED: frozenset({Status.IN_REVIEW}) | _OPEN,
        Status.IN_REVIEW: frozenset({Status.SUSPENDED, Status.GRANTED, Status.REFUSED}) | _OPEN,
        Status.SUSPENDED: frozenset({Status.IN_REVIEW}) | _OPEN,
        Status.GRANTED: frozenset({Status.COLLECTED}),
        Status.NOT_ACCEPTED: frozenset(),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
        Status.COLLECTED: frozenset(),
    }
)


def is_over(status: Status) -> bool:
    """Tell whether a case at ``status`` is decided: all that may follow is that its result is collected."""
    return not _FOLLOWERS[status] - {Status.COLLECTED}


def may_follow(current: Status, following: Status) -> bool:
    """Tell whether a case at ``current`` may go on to ``following``."""
    return following in _FOLLOWERS[current]
