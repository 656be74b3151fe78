"""``python -m tests.torture``: the queue under power cuts, kills, failing disks; see ``out/torture.json``."""

import argparse
import json
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console

from tests.torture.calls import why_not_here
from tests.torture.ground import Ground
from tests.torture.parts import ENDLESS, PARTS, SHARES, TEETH
from tests.torture.report import as_json, show
from tests.torture.tally import Limits, Tally

ROOT: Final = Path(__file__).parents[2]


def chosen(ground: Ground, names: list[str], most: int | None, seed: int) -> Iterator[Tally]:
    """Run parts by name, ``part`` or ``part:variant``, each with at most so many cuts."""
    for name in names:
        part, _, variant = name.partition(":")
        yield _run(ground, part, Limits(most, seed, variant=variant or None))


def everything(ground: Ground, minutes: float, seed: int) -> Iterator[Tally]:
    """Catch every wrong queue, then torture the real one for what is left of the time."""
    end_s = time.monotonic() + 60 * minutes
    for tooth in TEETH:
        yield _run(ground, tooth.part, Limits(tooth.within, seed, variant=tooth.variant))
    left = sum(SHARES.values())
    for part, share in SHARES.items():
        now_s = time.monotonic()
        deadline_s = now_s + max(1.0, end_s - now_s) * share / left
        left -= share
        yield _run(ground, part, Limits(None, seed, deadline_s))
    while time.monotonic() < end_s:
        seed += 1
        for part in ENDLESS:
            now_s = time.monotonic()
            yield _run(ground, part, Limits(None, seed, min(end_s, now_s + 30)))


def _run(ground: Ground, part: str, limits: Limits) -> Tally:
    began_s = time.monotonic()
    tally = PARTS[part](ground, limits)
    tally.seconds = time.monotonic() - began_s
    return tally


def _merged(tallies: list[Tally]) -> list[Tally]:
    """Add up what was run again with another seed."""
    merged: dict[tuple[str, str | None], Tally] = {}
    for tally in tallies:
        known = merged.setdefault((tally.part, tally.variant), replace(tally))
        if known.found is not tally.found:
            known.points += tally.points
            known.cuts += tally.cuts
            known.acknowledged += tally.acknowledged
            known.seconds += tally.seconds
            known.found.add(tally.found, "again")
    return list(merged.values())


def main() -> int:
    """Torture, print, write the record; 0 when nothing was lost and every wrong queue was caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", nargs="*", default=[], help="parts, or part:variant, instead of all")
    parser.add_argument("--most", type=int, help="cuts a part, with --only")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "torture.json")
    arguments = parser.parse_args()
    if (reason := why_not_here()) is not None:
        parser.error(reason)
    # What the queue says when it is cut down is no news here.
    logging.getLogger("offline_queue").addHandler(logging.NullHandler())
    tallies: list[Tally] = []
    console = Console(width=None if sys.stdout.isatty() else 160)
    with Ground() as ground:
        runs = (
            chosen(ground, arguments.only, arguments.most, arguments.seed)
            if arguments.only
            else everything(ground, arguments.minutes, arguments.seed)
        )
        for tally in runs:
            tallies.append(tally)
            name = f"{tally.part}:{tally.variant}" if tally.variant else tally.part
            state = tally.skipped or ("well" if tally.well else "NOT well")
            console.print(f"{name}: {tally.cuts} cuts in {tally.seconds:.1f} s, {state}", highlight=False)
    report = as_json(_merged(tallies), arguments.minutes, arguments.seed)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(report, console)
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
