"""``python -m tests.soak``: visits with random device faults, for so many minutes; see ``out/soak.json``."""

import argparse
import json
import os
import random
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
from rich.console import Console
from rich.table import Table

from devices import DeviceSpec, Health
from devices.sim.pcscd_world import why_not
from kiosk import log
from kiosk.demo.stage import Stage, open_stage
from kiosk.mailbox import PlainMailbox
from kiosk.wiring import Terminal, build_terminal
from tests.soak.bench import SOCKET
from tests.soak.fault import ended_by_itself
from tests.soak.injector import Injector, Tally
from tests.soak.leaks import Sample, growth_of, take_sample
from tests.soak.prober import Findings, Prober
from tests.soak.remote import Remote
from tests.soak.resident import Resident, Told
from tests.soak.verdict import wrongs

ROOT: Final = Path(__file__).parents[2]
_ITEMS: Final = ("old-age-allowance", "old-age-allowance", "residence-registration")


@dataclass(slots=True)
class Score:
    """What came of the visits."""

    completed: int = 0
    given_up: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])
    shown: Counter[str] = field(default_factory=Counter[str])
    bugs: list[str] = field(default_factory=list[str])
    ends: set[str] = field(default_factory=set[str])
    others: Findings = field(default_factory=Findings)


class _CoreThread:
    """The core's own thread; notes the bug that ends it, or any other thread."""

    def __init__(self) -> None:
        self.mailbox = PlainMailbox()
        self.bugs: list[str] = []
        threading.excepthook = self._note
        self._thread = threading.Thread(target=self.mailbox.run, name="core", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self.mailbox.stop()
        self._thread.join()

    def _note(self, arguments: threading.ExceptHookArgs) -> None:
        where = traceback.format_list(traceback.extract_tb(arguments.exc_traceback))
        self.bugs.append(f"{arguments.exc_type.__name__}\n{''.join(where)}")


def soak(minutes: float, seed: int, only: Sequence[str], errors: Path) -> dict[str, Any]:
    """Run visits and return everything that was found."""
    core = _CoreThread()
    score, samples = Score(), list[Sample]()
    with (
        open_stage(bench_module="tests.soak.bench") as stage,
        Remote(stage.folder / "bench" / SOCKET) as bench,
        build_terminal(stage.profile, core.mailbox) as terminal,
    ):
        bench.call("seed", seed)
        specs = msgspec.convert(bench.call("other_specs"), tuple[DeviceSpec, ...])
        prober = Prober(specs, bench, seed)
        terminal.core.subscribe(lambda session: _note_ends(session.health, score))
        with (
            prober.probing() as others,
            Injector(bench, [terminal.devices, others], seed, only) as injector,
        ):
            _visits(minutes, random.Random(seed), terminal, stage, bench, core, (score, samples))
        tally = injector.tally
        score.wrong += prober.findings.wrong
        score.others = prober.findings
        core.close()
    score.bugs += core.bugs + _tracebacks(errors)
    return _report(minutes, seed, score, tally, samples)


def _note_ends(healths: Sequence[Health], score: Score) -> None:
    score.ends.update(end for health in healths if (end := ended_by_itself(health)) is not None)


def _visits(
    minutes: float,
    dice: random.Random,
    terminal: Terminal,
    stage: Stage,
    bench: Remote,
    core: _CoreThread,
    notes: tuple[Score, list[Sample]],
) -> None:
    score, samples = notes
    resident = Resident(terminal, bench, dice, lambda: core.alive)
    cards = bench.call("card_names")
    end_s = time.monotonic() + minutes * 60
    number = 0
    while time.monotonic() < end_s and core.alive:
        number += 1
        card, item = dice.choice(cards), terminal.core.catalogue.item(dice.choice(_ITEMS))
        slips = len(bench.call("slips"))
        told = resident.visit(item, card, f"soak-{number}-{dice.randrange(10**6)}")
        cut = bench.call("slips")[slips:]
        found = wrongs(told, bench.call("person", card), stage, terminal.queue, cut)
        _note(score, told, [f"visit {number}: {wrong}" for wrong in found])
        samples.append(take_sample())


def _note(score: Score, told: Told, found: Sequence[str]) -> None:
    score.wrong += found
    score.shown.update(told.faults)
    if told.given_up:
        score.given_up[told.given_up] += 1
    else:
        score.completed += 1


def _tracebacks(errors: Path) -> list[str]:
    """Return what any process wrote about an exception that nobody handled."""
    lines = errors.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if "Traceback" in line or line.startswith('  File "')]


def _report(
    minutes: float, seed: int, score: Score, tally: Tally, samples: Sequence[Sample]
) -> dict[str, Any]:
    growth = growth_of(samples)
    kinds = sorted(tally.injected)
    return {
        "minutes": minutes,
        "seed": seed,
        "visits": score.completed + score.given_up.total(),
        "completed": score.completed,
        "given_up": dict(score.given_up),
        "wrong": score.wrong,
        "unhandled_exceptions": score.bugs,
        "faults": {
            kind: {"injected": tally.injected[kind], "survived": tally.survived[kind]} for kind in kinds
        },
        "stuck": tally.stuck,
        "processes_that_ended_by_themselves": sorted([*score.ends, *score.others.ends]),
        "other_devices": {
            "done": dict(score.others.done),
            "refused": dict(score.others.refused.most_common()),
        },
        "shown_to_the_resident": dict(score.shown),
        "growth": {name: {**asdict(growth[name]), "ok": growth[name].ok} for name in growth},
        "ok": not score.wrong
        and not score.bugs
        and not tally.stuck
        and all(one.ok for one in growth.values()),
    }


def show(report: dict[str, Any], console: Console) -> None:
    """Print the report."""
    faults = Table(title="Faults", title_justify="left")
    for heading in ("kind", "injected", "survived"):
        faults.add_column(heading, justify="left" if heading == "kind" else "right")
    for kind, counts in report["faults"].items():
        faults.add_row(kind, str(counts["injected"]), str(counts["survived"]))
    total = [sum(counts[key] for counts in report["faults"].values()) for key in ("injected", "survived")]
    faults.add_section()
    faults.add_row("all", *map(str, total))
    console.print(faults)
    growth = Table(title="Growth after the warm-up", title_justify="left")
    for heading in ("figure", "first fifth", "last fifth", "slope per hour", "allowed", ""):
        growth.add_column(heading, justify="left" if heading == "figure" else "right")
    for name, one in report["growth"].items():
        growth.add_row(name, *_figures(one), "kept" if one["ok"] else "GREW")
    console.print(growth)
    others = ", ".join(f"{count} {kind}" for kind, count in report["other_devices"]["done"].items())
    console.print(f"other devices: {others}; {sum(report['other_devices']['refused'].values())} uses refused")
    console.print(
        f"{report['visits']} visits, {report['completed']} completed, {len(report['wrong'])} ended wrong, "
        f"{len(report['unhandled_exceptions'])} unhandled exceptions, {len(report['stuck'])} devices stuck"
    )
    for key in ("given_up", "wrong", "stuck", "processes_that_ended_by_themselves", "unhandled_exceptions"):
        for line in report[key]:
            console.print(f"  {key}: {line}", highlight=False, markup=False)
    console.print("all is well" if report["ok"] else "NOT well")


def _figures(told: dict[str, Any]) -> list[str]:
    return [
        f"{told['first']:.1f}",
        f"{told['last']:.1f}",
        f"{told['slope_per_h']:+.2f}",
        f"+{told['allowed']:.1f}",
    ]


def main() -> int:
    """Soak, print, write ``out/soak.json``; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of the names of the faults to use")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "soak.json")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    errors = arguments.out.with_suffix(".stderr")
    said = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(said, sys.stderr.fileno())
    log.configure()
    if why_not():
        print(f"soak: without smart cards: {why_not()}")  # noqa: T201 - said, not skipped in silence
    report = soak(arguments.minutes, arguments.seed, arguments.only, errors)
    arguments.out.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(report, Console(width=None if sys.stdout.isatty() else 140))
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
