"""Everything the walker looks for, in one place."""

from collections.abc import Callable, Iterator

from ui.walker.colours import pale_edges, pale_texts
from ui.walker.fitting import close_targets, high_targets, outside_targets, small_targets
from ui.walker.reaching import missing_ways, silent_controls, unfocused_controls, unnamed_controls
from ui.walker.snapshot import Finding, Snapshot
from ui.walker.wording import cut_texts, empty_icons, foreign_texts, overlapping_texts

Check = Callable[[Snapshot], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    small_targets,
    close_targets,
    outside_targets,
    high_targets,
    cut_texts,
    overlapping_texts,
    foreign_texts,
    empty_icons,
    pale_texts,
    pale_edges,
    unnamed_controls,
    unfocused_controls,
    silent_controls,
    missing_ways,
)


def findings_of(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return everything that is wrong with one picture, each once."""
    return tuple(dict.fromkeys(finding for check in CHECKS for finding in check(snapshot)))
