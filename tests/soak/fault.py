"""One thing that goes wrong on the bench."""

from collections.abc import Callable
from dataclasses import dataclass


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
