"""Thousands of cuts of a recorded life, with writes lost, reordered and torn; needs no privilege.

What the real queue did (its own SQLite, its own calls) is recorded once through the gate and played onto a
disk model up to a cut; what the model leaves is laid out as files, and the real store recovers from them.
"""

import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final

from offline_queue import QueueError
from tests.torture import subject
from tests.torture.disk_model import Operation, Style
from tests.torture.ground import Ground
from tests.torture.recording import Moment, Recording, record_puts, record_service
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Outcome
from tests.torture.truth import Truth

FLUSHES: Final[Mapping[str, Callable[[Operation], bool]]] = MappingProxyType(
    {
        "flush-of-container": lambda operation: operation.path.endswith(".tmp"),
        "flush-of-folder": lambda operation: operation.path == "containers",
        "flush-of-log": lambda operation: operation.path == "queue.db-wal",
    }
)
"""Flushes to leave out one by one, by name; each must turn out to be needed.

Not among them: SQLite's own flush of the database at a checkpoint. What its absence does to the database is
found out at the next start, and all rows are built anew from the containers.
"""
_PUTS: Final = 36
_PUTS_OF_A_VARIANT: Final = 16
_DELIVERIES: Final = 24
_CUTS_AT_ONE_POINT: Final = 8
_WAKE: Final = 30


@dataclass(frozen=True, slots=True)
class _Play:
    """A life to be cut, and where its remains are laid out."""

    tape: Recording
    without: Callable[[Operation], bool] | None
    scratch: Path
    dice: random.Random
    most: int

    def leaves_out(self, operation: Operation) -> bool:
        """Whether this is a flush that is to be missing."""
        return self.without is not None and operation.kind == "flush" and self.without(operation)


def puts(ground: Ground, limits: Limits) -> Tally:
    """Cut a store that takes applications, from its first start on; a wrong one around a checkpoint."""
    without = FLUSHES.get(limits.variant or "")
    if limits.variant is None:
        tape = record_puts(ground, _PUTS, None)
    else:
        wrong = None if without else limits.variant
        tape = record_puts(ground, _PUTS_OF_A_VARIANT, wrong, ground.warm())
    return _play(ground, limits, "reorder-submit", tape, without)


def deliveries(ground: Ground, limits: Limits) -> Tally:
    """Cut a service that takes applications, delivers and wipes them."""
    tape = record_service(ground, _DELIVERIES, limits.variant)
    return _play(ground, limits, "reorder-service", tape, None)


def _play(
    ground: Ground,
    limits: Limits,
    part: str,
    tape: Recording,
    without: Callable[[Operation], bool] | None,
) -> Tally:
    tally = Tally(part, "simulated cut: writes lost, reordered, torn", limits.variant)
    tally.points = len(tape.moments)
    dice = random.Random(limits.seed)
    play = _Play(tape, without, ground.room / "replayed", dice, limits.most or 10_000)
    if limits.variant is not None:
        weak = _weak_points(play)
        _one_pass(play, limits, tally, lambda place: place in weak)
    share = play.most / (tally.points * _CUTS_AT_ONE_POINT)
    while tally.cuts < play.most and not limits.over and tally.caught_after is None:
        _one_pass(play, limits, tally, lambda _: dice.random() < share)
    return tally


def _weak_points(play: _Play) -> set[int]:
    """Return where a wrong queue shows first: just after a promise, and after a flush that was left out."""
    moments, operations = play.tape.moments, play.tape.operations
    fresh = {place for place, (one, then) in enumerate(pairwise(moments), 1) if one != then}
    for place, operation in enumerate(operations):
        if play.leaves_out(operation):
            fresh.update(range(place + 1, place + _WAKE))
    return fresh


def _one_pass(play: _Play, limits: Limits, tally: Tally, wanted: Callable[[int], bool]) -> None:
    model = play.tape.model()
    for place, moment in enumerate(play.tape.moments):
        for _ in range(_CUTS_AT_ONE_POINT):
            if wanted(place):
                style = play.dice.choice(list(Style))
                _lay_out(*model.after_cut(play.dice, style), play.scratch)
                tally.take(_judge(play.tape, moment, play.scratch), f"{place} {style}")
            if tally.caught_after is not None or tally.cuts >= play.most or limits.over:
                return
        if place < len(play.tape.operations):
            operation = play.tape.operations[place]
            if not play.leaves_out(operation):
                model.apply(operation)


def _lay_out(files: dict[str, bytes], folders: set[str], scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in sorted(folders):
        (scratch / folder).mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (scratch / path).write_bytes(data)


def _judge(tape: Recording, moment: Moment, scratch: Path) -> Outcome:
    truth, outcome = Truth(), Outcome(acknowledged=moment.receipts)
    truth.handed_in = tape.truth.handed_in
    truth.receipts = dict(list(tape.truth.receipts.items())[: moment.receipts])
    try:
        with closing(subject.open_store(scratch)) as store:
            rows = subject.rows_of(store)
    except QueueError as error:
        outcome.found.torn.append(f"does not start: {error.code}")
        outcome.found.lost += [f"{number}: the queue does not start" for number in truth.receipts.values()]
    else:
        outcome.found = truth.judge_rows(rows, set(tape.cases[: moment.cases]))
    return outcome
