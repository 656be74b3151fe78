"""The figures: a table for people and a record for machines."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.torture.tally import Tally
from tests.torture.truth import KINDS


def as_json(tallies: Sequence[Tally], minutes: float, seed: int) -> dict[str, Any]:
    """Return everything that was counted."""
    real = [tally for tally in tallies if tally.variant is None]
    return {
        "minutes": minutes,
        "seed": seed,
        "cuts": sum(tally.cuts for tally in real),
        "acknowledged": sum(tally.acknowledged for tally in real),
        **{kind: sum(len(getattr(tally.found, kind)) for tally in real) for kind in KINDS},
        "parts": [tally.as_json() for tally in real],
        "variants": [
            {**tally.as_json(), "caught_by": tally.found.kinds()}
            for tally in tallies
            if tally.variant is not None
        ],
        "ok": all(tally.well for tally in tallies),
    }


def show(report: dict[str, Any], console: Console) -> None:
    """Print it."""
    console.print(_parts(report))
    if report["variants"]:
        console.print(_variants(report["variants"]))
    for one in (*report["parts"], *report["variants"]):
        if one["skipped"]:
            console.print(f"skipped: {one['part']}: {one['skipped']}", highlight=False, markup=False)
        elif not one["well"]:
            for line in one["findings"] or [f"{one['variant']} was not caught by {one['part']}"]:
                console.print(f"  {line}", highlight=False, markup=False)
    console.print("all is well" if report["ok"] else "NOT well")


def _parts(report: dict[str, Any]) -> Table:
    table = Table(title="The queue under torture", title_justify="left")
    table.add_column("part")
    table.add_column("how")
    for heading in ("points", "cuts", "acknowledged", *KINDS, "s"):
        table.add_column(heading, justify="right")
    for one in report["parts"]:
        counts = [str(one[key]) for key in ("points", "cuts", "acknowledged", *KINDS)]
        table.add_row(one["part"], one["how"], *counts, f"{one['seconds']:.1f}")
    table.add_section()
    sums = [str(report[key]) for key in ("cuts", "acknowledged", *KINDS)]
    seconds = sum(one["seconds"] for one in (*report["parts"], *report["variants"]))
    table.add_row("all", "", "", *sums, f"{seconds:.1f}")
    return table


def _variants(variants: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="Wrong queues, each to be caught", title_justify="left")
    for heading in ("wrong in", "part", "caught by", "after cuts"):
        table.add_column(heading, justify="right" if heading == "after cuts" else "left")
    for one in variants:
        after = "skipped" if one["skipped"] else str(one["caught_after"] or "NOT CAUGHT")
        table.add_row(one["variant"], one["part"], ", ".join(one["caught_by"]), after)
    return table
