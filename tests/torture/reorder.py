"""Thousands of cuts of a recorded life, with writes lost, reordered and torn; needs no privilege.

What the real queue did (its own SQLite, its own calls) is recorded once through the gate and played onto a
disk model up to a cut; what the model leaves is laid out as files, and the real store recovers from them.
"""

import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
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
        "flush-of-database": lambda operation: operation.path == "queue.db",
    }
)
"""Flushes to leave out one by one, by name; each must turn out to be needed."""
_PUTS: Final = 36
_DELIVERIES: Final = 24
_CUTS_AT_ONE_POINT: Final = 8


def puts(ground: Ground, limits: Limits) -> Tally:
    """Cut a store that takes applications, from its first start on."""
    return _play(ground, limits, "reorder-submit", record_puts, _PUTS)


def deliveries(ground: Ground, limits: Limits) -> Tally:
    """Cut a service that takes applications, delivers and wipes them."""
    return _play(ground, limits, "reorder-service", record_service, _DELIVERIES)


def _play(
    ground: Ground,
    limits: Limits,
    part: str,
    record: Callable[[Ground, int, str | None], Recording],
    n: int,
) -> Tally:
    tally = Tally(part, "simulated cut: writes lost, reordered, torn", limits.variant)
    without = FLUSHES.get(limits.variant or "")
    tape = record(ground, n, None if without else limits.variant)
    tally.points = len(tape.operations) + 1
    dice = random.Random(limits.seed)
    most = limits.most or 10_000
    share = min(1.0, most / (tally.points * _CUTS_AT_ONE_POINT))
    scratch = ground.room / "replayed"
    # As long as it takes: one pass over the life is at most eight cuts at each point.
    while tally.cuts < most and not limits.over and tally.caught_after is None:
        _one_pass(tape, without, share, dice, scratch, limits, tally, most)
    return tally


def _one_pass(
    tape: Recording,
    without: Callable[[Operation], bool] | None,
    share: float,
    dice: random.Random,
    scratch: Path,
    limits: Limits,
    tally: Tally,
    most: int,
) -> None:
    model = tape.model()
    for place, moment in enumerate(tape.moments):
        for _ in range(_CUTS_AT_ONE_POINT):
            if dice.random() < share:
                style = dice.choice(list(Style))
                _lay_out(*model.after_cut(dice, style), scratch)
                tally.take(_judge(tape, moment, scratch), f"{place} {style}")
            if tally.caught_after is not None or tally.cuts >= most or limits.over:
                return
        if place < len(tape.operations):
            operation = tape.operations[place]
            if without is None or operation.kind != "flush" or not without(operation):
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
