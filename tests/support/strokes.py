"""Characters as a hand writes them: strokes in the order that is taught, points from 0 to 100."""

from collections.abc import Sequence
from itertools import pairwise

Strokes = tuple[tuple[tuple[float, float], ...], ...]

WRITTEN: dict[str, Strokes] = {
    "一": (((10, 50), (90, 48)),),
    "王": (((20, 20), (80, 18)), ((25, 50), (75, 48)), ((50, 20), (50, 85)), ((10, 86), (90, 84))),
    "中": (
        ((22, 30), (24, 62)),
        ((22, 30), (78, 28), (75, 60)),
        ((24, 60), (75, 58)),
        ((50, 8), (50, 95)),
    ),
    "安": (
        ((50, 3), (56, 17)),
        ((11, 20), (10, 33)),
        ((13, 23), (93, 25), (79, 36)),
        ((39, 27), (28, 69), (72, 95)),
        ((75, 42), (58, 74), (14, 96)),
        ((9, 59), (98, 59)),
    ),
    "宝": (
        ((48, 6), (54, 15)),
        ((16, 22), (12, 36)),
        ((16, 24), (86, 22), (80, 34)),
        ((26, 44), (76, 42)),
        ((28, 64), (72, 62)),
        ((50, 44), (50, 88)),
        ((14, 89), (88, 87)),
        ((64, 70), (74, 80)),
    ),
    "张": (
        ((8, 14), (36, 12), (34, 34)),
        ((8, 36), (34, 34)),
        ((8, 36), (6, 60), (34, 56), (30, 90), (18, 84)),
        ((86, 12), (56, 38)),
        ((44, 50), (96, 46)),
        ((58, 6), (58, 92), (78, 78)),
        ((62, 52), (96, 94)),
    ),
    "李": (
        ((20, 18), (80, 16)),
        ((50, 4), (50, 46)),
        ((48, 18), (14, 42)),
        ((52, 18), (88, 40)),
        ((28, 52), (72, 50), (52, 64)),
        ((52, 62), (54, 92), (42, 88)),
        ((12, 72), (90, 70)),
    ),
    "大": (((10, 36), (90, 34)), ((50, 8), (48, 40), (12, 92)), ((50, 40), (68, 70), (92, 92))),
}


def drawn(character: str, steps: int = 8) -> list[list[tuple[float, float]]]:
    """Return the strokes with as many points as a panel reports."""
    return [_dense(stroke, steps) for stroke in WRITTEN[character]]


def across(character: str) -> list[list[tuple[float, float]]]:
    """Return the strokes from 0 to 1, with a margin, as the robot's finger takes them."""
    return [[(0.1 + 0.008 * x, 0.1 + 0.008 * y) for x, y in stroke] for stroke in WRITTEN[character]]


def _dense(stroke: Sequence[tuple[float, float]], steps: int) -> list[tuple[float, float]]:
    points = [stroke[0]]
    for (x, y), (to_x, to_y) in pairwise(stroke):
        points += [
            (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps) for step in range(1, steps + 1)
        ]
    return points
