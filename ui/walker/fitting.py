"""Sizes, gaps and places: whether a finger can use what it finds."""

from collections.abc import Iterator
from itertools import combinations

from ui.walker.snapshot import Finding, Kind, Part, Snapshot

PRIMARY_MM = 20.0
TARGET_MM = 15.0
GAP_MM = 3.0
_TOLERANCE_MM = 0.15
"""Pixels are whole: a length may miss its millimetres by half a pixel on each side."""
_TOUCHING_PX = 1.0


def small_targets(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls and keys smaller than a finger needs."""
    for part in snapshot.parts:
        if not part.is_target and part.kind is not Kind.KEY:
            continue
        least_mm = PRIMARY_MM if part.primary else TARGET_MM
        size_mm = min(part.place.width, part.place.height) / snapshot.mm
        if size_mm < least_mm - _TOLERANCE_MM:
            yield Finding("target.small", part.name, f"narrower than {least_mm:g} mm", size_mm)


def close_targets(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield pairs of controls that a finger would hit together."""
    for one, other in combinations(snapshot.targets, 2):
        gap_px = _gap(one, other)
        if gap_px is None:
            continue
        if gap_px < -_TOUCHING_PX:
            yield Finding("target.overlap", one.name, f"lies over {other.name}", gap_px / snapshot.mm)
        elif gap_px < (GAP_MM - _TOLERANCE_MM) * snapshot.mm:
            yield Finding(
                "target.close", one.name, f"nearer than {GAP_MM:g} mm to {other.name}", gap_px / snapshot.mm
            )


def outside_targets(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls that leave the room they are shown in."""
    for part in snapshot.targets:
        excess = part.place.excess(part.room)
        if excess > _TOUCHING_PX:
            yield Finding("target.outside", part.name, "is not shown as a whole", excess / snapshot.mm)


def high_targets(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls above the reach of somebody who sits."""
    low_mm = snapshot.demands.low_mm
    if low_mm is None:
        return
    for part in snapshot.targets:
        # What is larger than a finger needs may reach higher, as the panel does that one touches to start.
        height_mm = (snapshot.height - part.shown.bottom) / snapshot.mm + TARGET_MM
        if not part.shown.empty and height_mm > low_mm + _TOLERANCE_MM:
            yield Finding("reach.high", part.name, f"is higher than {low_mm:.0f} mm", height_mm)


def _gap(one: Part, other: Part) -> float | None:
    """Return pixels between two controls; None when only one of them can be seen at a time."""
    if one.scroll == other.scroll:
        return one.place.gap(other.place)
    if one.shown.empty or other.shown.empty:
        return None
    return one.shown.gap(other.shown)
