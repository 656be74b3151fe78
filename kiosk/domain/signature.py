"""A signature: strokes drawn on the screen, or the identity card laid down once more."""

from dataclasses import dataclass
from itertools import pairwise
from math import dist

Stroke = tuple[tuple[int, int], ...]
"""Points in thousandths of the pad's width."""
_LEAST = 400
"""Thousandths of the pad's width that a finger has to draw at least; one character of a name is longer."""
NAME = "signature.png"


@dataclass(frozen=True, slots=True)
class Signature:
    """How the resident signed.

    Args:
        strokes: What was drawn; empty when the card stands for it.
        by_card: Whether the same card was laid down again in place of drawing.
    """

    strokes: tuple[Stroke, ...] = ()
    by_card: bool = False

    def __repr__(self) -> str:
        """Hide the strokes from logs and tracebacks."""
        return f"Signature({len(self.strokes)} strokes, by_card={self.by_card})"

    @property
    def problem(self) -> str | None:
        """Why it is none: ``signature.empty`` or ``signature.too-short``; None when it is one."""
        if self.by_card:
            return None
        if not self.strokes:
            return "signature.empty"
        return "signature.too-short" if _length(self.strokes) < _LEAST else None


def _length(strokes: tuple[Stroke, ...]) -> float:
    return sum(dist(a, b) for stroke in strokes for a, b in pairwise(stroke))
