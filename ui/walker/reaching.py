"""Names, focus and ways out: whether somebody who does not see, or does not touch, comes along."""

from collections import Counter
from collections.abc import Iterator

from ui.walker.snapshot import Finding, Snapshot


def unnamed_controls(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls without a name to be spoken, or that share the name they are found by."""
    for part in snapshot.targets:
        if not part.spoken.strip():
            yield Finding("name.missing", part.name, "has no name to be spoken")
    for name, times in Counter(part.name for part in snapshot.targets).items():
        if times > 1:
            yield Finding("name.double", name, "stands for more than one control", times)


def unfocused_controls(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls that the focus never comes to."""
    for part in snapshot.targets:
        if part.usable and part.number not in snapshot.focus:
            yield Finding("focus.missing", part.name, "is left out of the order of focus")


def silent_controls(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield controls that the narrator passes over."""
    if snapshot.narrated is None:
        return
    for part in snapshot.targets:
        if part.usable and part.number not in snapshot.narrated:
            yield Finding("narrator.missing", part.name, "is never spoken of")


def missing_ways(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield ways out of the screen that are not there, or cannot be used."""
    usable = {part.name for part in snapshot.targets if part.usable and not part.shown.empty}
    for way in sorted(snapshot.demands.ways - usable):
        yield Finding("way.missing", way, "cannot be reached")
