"""Threads, descriptors and memory over time, of the terminal and of its devices' processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression, median
from time import monotonic
from typing import Final

import psutil

WARM_UP: Final = 0.25
"""Part of the run that does not count: caches fill, libraries load."""
_LEAST: Final = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """One look.

    Args:
        at_s: Monotonic seconds.
        threads: Of the terminal's process.
        descriptors: Of the terminal's process.
        memory_mb: Resident, of the terminal's process.
        children: Processes below the terminal's.
        zombies: Of them, those that ended and were not waited for.
        device_memory_mb: Largest resident memory of one of them.
    """

    at_s: float
    threads: int
    descriptors: int
    memory_mb: float
    children: int
    zombies: int
    device_memory_mb: float


def take_sample() -> Sample:
    """Look now."""
    me = psutil.Process()
    sizes: list[float] = []
    zombies = 0
    children = me.children(recursive=True)
    for child in children:
        try:
            if child.status() == psutil.STATUS_ZOMBIE:
                zombies += 1
            sizes.append(child.memory_info().rss / 2**20)
        except psutil.NoSuchProcess:
            continue  # between two lives
    return Sample(
        monotonic(),
        me.num_threads(),
        me.num_fds(),
        me.memory_info().rss / 2**20,
        len(children),
        zombies,
        max(sizes, default=0.0),
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """How one figure went.

    Args:
        first: Median of the first fifth after the warm-up.
        last: Median of the last fifth.
        slope_per_h: By linear regression over all samples after the warm-up.
        allowed: What ``last`` may be above ``first``.
    """

    first: float
    last: float
    slope_per_h: float
    allowed: float

    @property
    def ok(self) -> bool:
        """Whether it did not grow."""
        return self.last - self.first <= self.allowed


def growth_of(samples: Sequence[Sample]) -> Mapping[str, Growth]:
    """Return the growth of each figure; empty when there are too few samples to tell.

    What may come and go with the moment (a thread of a call, a descriptor of a picture) is allowed for;
    memory may grow by a tenth, because allocators do not give back what is in pieces.
    """
    counted = samples[int(len(samples) * WARM_UP) :]
    if len(counted) < _LEAST:
        return {}
    memory = median(sample.memory_mb for sample in counted)
    return {
        "threads": _growth(counted, [float(sample.threads) for sample in counted], 2),
        "descriptors": _growth(counted, [float(sample.descriptors) for sample in counted], 6),
        "memory_mb": _growth(counted, [sample.memory_mb for sample in counted], memory / 10),
        "zombies": _growth(counted, [float(sample.zombies) for sample in counted], 0),
    }


def _growth(samples: Sequence[Sample], values: Sequence[float], allowed: float) -> Growth:
    fifth = max(1, len(values) // 5)
    slope, _ = linear_regression([sample.at_s for sample in samples], values)
    return Growth(median(values[:fifth]), median(values[-fifth:]), slope * 3600, allowed)
