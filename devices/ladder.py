"""What is tried with a device that stays unwell, one rung after the other, each at most so often; pure.

Drivers climb the first rungs by themselves: open again, reset by protocol. These are the ones above. After
the last one somebody has to come, which the device's health has been saying all the time.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from devices.health import Action, Health, Phase

_DEATHS_AT_MOST: Final = 6
_DEATHS_WITHIN_S: Final = 600.0


class Rung(StrEnum):
    """One thing to try."""

    NEW_PROCESS = "new-process"
    """A library may be out of its mind; a new process has a new one."""
    USB_OFF_AND_ON = "usb-off-and-on"
    """A device's firmware may be; taking it off the bus and back starts it anew."""


@dataclass(frozen=True, slots=True)
class Step:
    """When a rung is due.

    Args:
        after_s: The device has been unwell this long.
        every_s: It was not tried more recently than this (XFS: reset must not be used excessively).
        phases: Only in these.
    """

    after_s: float
    every_s: float
    phases: frozenset[Phase]


LADDER: Final[Mapping[Rung, Step]] = {
    Rung.NEW_PROCESS: Step(30.0, 300.0, frozenset({Phase.FAULT})),
    Rung.USB_OFF_AND_ON: Step(60.0, 900.0, frozenset({Phase.FAULT, Phase.LOST})),
}


def due_rung(
    health: Health,
    unwell_s: float,
    tried_s: Mapping[Rung, float],
    now_s: float,
    ladder: Mapping[Rung, Step] = LADDER,
) -> Rung | None:
    """Return the rung to try now, or None.

    Args:
        health: As it is; what only a person or the profile can put right is left alone.
        unwell_s: For how long the device has needed maintenance without a break.
        tried_s: When each rung was tried last, monotonic seconds.
        now_s: Monotonic seconds.
        ladder: When each rung is due.
    """
    if health.action is not Action.MAINTENANCE:
        return None
    for rung, step in ladder.items():
        rested = now_s - tried_s.get(rung, float("-inf")) >= step.every_s
        if health.phase in step.phases and unwell_s >= step.after_s and rested:
            return rung
    return None


class Deaths:
    """The latest ends of one device's process."""

    def __init__(self) -> None:
        self._at_s: deque[float] = deque(maxlen=_DEATHS_AT_MOST)

    def note(self, now_s: float) -> bool:
        """Note one more; returns whether they are no accident any more."""
        self._at_s.append(now_s)
        return len(self._at_s) == _DEATHS_AT_MOST and now_s - self._at_s[0] < _DEATHS_WITHIN_S


class Climber:
    """How long one device has been unwell, and which rungs were tried when.

    Args:
        ladder: When each rung is due.
    """

    def __init__(self, ladder: Mapping[Rung, Step]) -> None:
        self._ladder = ladder
        self._unwell_since_s: float | None = None
        self._tried_s: dict[Rung, float] = {}

    def note(self, health: Health, now_s: float) -> None:
        """Take note of a health that has just changed."""
        if health.action is not Action.MAINTENANCE:
            self._unwell_since_s = None
        elif self._unwell_since_s is None:
            self._unwell_since_s = now_s

    def next_rung(self, health: Health, now_s: float, *, has_port: bool) -> Rung | None:
        """Return the rung to try now, noted as tried, or None.

        Args:
            health: As it is.
            now_s: Monotonic seconds.
            has_port: Whether the profile names the device's USB port.
        """
        unwell_s = 0.0 if self._unwell_since_s is None else now_s - self._unwell_since_s
        rung = due_rung(health, unwell_s, self._tried_s, now_s, self._ladder)
        if rung is None or (rung is Rung.USB_OFF_AND_ON and not has_port):
            return None
        self._tried_s[rung] = now_s
        return rung
