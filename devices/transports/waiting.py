"""How long a device's word is waited for, on a machine that sometimes stands still itself."""

import time
from collections.abc import Callable, Iterator
from typing import Final

_STOOD_STILL_S: Final = 0.02
"""A wait that ended so much later than asked for was cut off from the processor."""
_ONCE_MORE_S: Final = 0.1
_NOTHING_S: Final = 0.0001
"""Less is not waited for."""


def waits(timeout_s: float, watch: Callable[[], float] = time.monotonic) -> Iterator[float]:
    """Yield how long to wait next until ``timeout_s`` are over, and then how long to look a last time.

    The last look waits for nothing, or for a moment where this machine stood still meanwhile: swapped out, or
    busy with something else. What came then lies there unread, and a device is not silent for that.

    Args:
        timeout_s: In all.
        watch: Seconds that only go forward.
    """
    left_s, late_s = timeout_s, 0.0
    while left_s > _NOTHING_S:
        began_s = watch()
        yield left_s
        took_s = watch() - began_s
        left_s, late_s = left_s - took_s, took_s - left_s
    yield _ONCE_MORE_S if late_s > _STOOD_STILL_S else 0.0


def first_bytes(
    receive: Callable[[float], bytes], timeout_s: float, watch: Callable[[], float] = time.monotonic
) -> bytes:
    """Return what comes first within ``timeout_s``, or nothing; ``receive`` waits as long as it is told."""
    return next(filter(None, (receive(left_s) for left_s in waits(timeout_s, watch))), b"")
