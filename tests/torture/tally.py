"""How far a part goes, and what it counted."""

import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from tests.torture.trials import Outcome
from tests.torture.truth import KINDS, Findings

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a part ends at the latest.

    Args:
        most: Cuts; None for every point there is.
        seed: Of the choice among points, and of everything thrown.
        deadline_s: By the monotonic clock.
        variant: What is wrong with the queue; the part then ends with the first finding.
    """

    most: int | None = None
    seed: int = 0
    deadline_s: float = math.inf
    variant: str | None = None

    def choose(self, points: Sequence[_T]) -> list[_T]:
        """Return the points to try: all of them, or a seeded sample.

        In their order where a variant is to be caught, so that it is always caught at the same one;
        shuffled where the time may be up before all had their turn.
        """
        if self.variant is not None:
            return list(points[: self.most])
        wanted = len(points) if self.most is None else min(self.most, len(points))
        return random.Random(self.seed).sample(points, wanted)

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.deadline_s


@dataclass(slots=True)
class Tally:
    """What one part did.

    Args:
        part: Its name.
        how: How the queue was cut down, in words for the table.
        variant: What was wrong with the queue, or None for the real one.
    """

    part: str
    how: str
    variant: str | None = None
    points: int = 0
    cuts: int = 0
    acknowledged: int = 0
    found: Findings = field(default_factory=Findings)
    caught_after: int | None = None
    skipped: str = ""
    seconds: float = 0.0

    def take(self, outcome: Outcome, where: object) -> None:
        """Count one cut."""
        self.cuts += 1
        self.acknowledged += outcome.acknowledged
        self.found.add(outcome.found, f"{self.part} at {where}")
        if self.variant is not None and self.caught_after is None and outcome.found.any():
            self.caught_after = self.cuts

    def go_through(self, limits: Limits, points: Iterable[_T], trial: Callable[[_T], Outcome]) -> None:
        """Try points until the limits, or until the variant is caught."""
        for point in points:
            if limits.over or self.caught_after is not None:
                return
            self.take(trial(point), point)

    @property
    def well(self) -> bool:
        """Whether the real queue held, or the wrong one was caught."""
        if self.skipped:
            return True
        return not self.found.any() if self.variant is None else self.caught_after is not None

    def as_json(self) -> dict[str, Any]:
        """Return it for the report: counts, and the first findings in words."""
        told = asdict(self)
        del told["found"]
        words = [f"{kind}: {one}" for kind in KINDS for one in getattr(self.found, kind)]
        counts = {kind: len(getattr(self.found, kind)) for kind in KINDS}
        return {**told, **counts, "findings": words[:20], "well": self.well}
