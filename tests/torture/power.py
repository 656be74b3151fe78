"""Power cuts on a real file system: at every flush, rename and removal, and at random moments."""

import random
import time
from collections.abc import Sequence
from typing import Final

from tests.support.fake_platform import FakePlatform
from tests.torture import canary, trials
from tests.torture.ground import Ground
from tests.torture.loop_disk import why_no_disk
from tests.torture.supervision import Residents
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Bench, Outcome
from tests.torture.truth import Truth

_KEY_CALLS: Final = frozenset({"fsync", "fdatasync", "rename", "unlink"})
_LONGEST_LIFE_S: Final = 0.3
_RANDOM_CUTS: Final = 50


def key_points(calls: Sequence[str]) -> list[int]:
    """Return the moments at the entry and at the exit of every flush, rename and removal.

    The exit of a call and the entry of the next that could change anything are one moment for a disk.
    """
    entries = [place for place, name in enumerate(calls) if name in _KEY_CALLS]
    return sorted({*entries, *(place + 1 for place in entries)})


def submit(ground: Ground, limits: Limits) -> Tally:
    """Cut the store while it takes two applications."""
    tally = Tally(
        "power-submit", "power cut at the entry and exit of each flush, rename, removal", limits.variant
    )
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    with ground.disk(tally) as disk:
        bench = Bench(ground.zygote, ground.room, disk, "changes", limits.variant)

        def trial(point: int | None) -> Outcome:
            return trials.submit(bench, point, ground.applications(2), ground.warm())

        whole = trial(None)
        tally.take(whole, "the end")
        points = key_points(whole.calls)
        tally.points = len(points) + 1
        tally.go_through(limits, limits.choose(points), trial)
    return tally


def service(ground: Ground, limits: Limits) -> Tally:
    """Cut the service while it takes two applications, delivers them and wipes them."""
    tally = Tally(
        "power-service", "power cut at the entry and exit of each flush, rename, removal", limits.variant
    )
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    with ground.disk(tally) as disk:
        bench = Bench(ground.zygote, ground.room, disk, "changes", limits.variant)
        whole = trials.service(bench, None)
        tally.take(whole, "the end")
        points = key_points(whole.calls)
        tally.points = len(points) + 1
        tally.go_through(limits, limits.choose(points), lambda point: trials.service(bench, point))
    return tally


def recovery(ground: Ground, limits: Limits) -> Tally:
    """Cut the service down, and cut the recovery from that down as well."""
    tally = Tally("power-recovery", "a second power cut at each call of the recovery from the first")
    if (reason := ground.no_disk) is not None:
        tally.skipped = reason
        return tally
    with ground.disk(tally) as disk:
        bench = Bench(ground.zygote, ground.room, disk, "changes")
        firsts = key_points(trials.service(bench, None).calls)
        calls = [trials.service(bench, first, then=10**6).passed for first in _sample(firsts)]
        pairs = [(first, second) for first in firsts for second in range(max(calls) + 1)]
        tally.points = len(pairs)
        tally.go_through(
            limits, limits.choose(pairs), lambda pair: trials.service(bench, pair[0], then=pair[1])
        )
    return tally


def _sample(points: Sequence[int]) -> Sequence[int]:
    """Return a few points to measure the longest recovery at: after a stored file, a lease, an answer."""
    return points[2 :: max(1, len(points) // 3)]


def at_random(ground: Ground, limits: Limits) -> Tally:
    """Cut the service at moments nobody chose, while residents come without a pause."""
    return _at_random(ground, limits, "ext4")


def at_random_xfs(ground: Ground, limits: Limits) -> Tally:
    """Do the same on another file system."""
    return _at_random(ground, limits, "xfs")


def _at_random(ground: Ground, limits: Limits, kind: str) -> Tally:
    tally = Tally(f"power-random-{kind}", "power cut at random moments", limits.variant)
    if (reason := ground.no_disk or why_no_disk(kind)) is not None:
        tally.skipped = reason
        return tally
    dice = random.Random(limits.seed)
    with ground.disk(tally, kind) as disk:
        bench = Bench(ground.zygote, ground.room, disk, "changes", limits.variant)
        moments = [dice.uniform(0, _LONGEST_LIFE_S) for _ in range(limits.most or _RANDOM_CUTS)]
        tally.points = len(moments)
        tally.go_through(limits, moments, lambda moment: _cut_after(bench, moment, dice))
    return tally


def _cut_after(bench: Bench, seconds: float, dice: random.Random) -> Outcome:
    truth, outcome = Truth(), Outcome()
    with FakePlatform() as platform:
        containers = [canary.application([platform.recipient], dice.randrange(40_000)) for _ in range(60)]
        with bench.serve(platform, variant=bench.variant) as child:
            child.await_word("ready")
            with Residents(bench.socket, truth, containers, waits=False):
                time.sleep(seconds)
                # The processor loses its power with the disk. Cut first and killed afterwards, the queue
                # goes on for some milliseconds, in which Linux (6.18) can answer an fsync of a journal just
                # aborted with success, and a receipt is given that no real power cut would let out: 27 in
                # 900 cuts in that order, none in 900 in this one.
                child.doom()
                bench.medium.cut()
                child.kill()
            outcome.found.broken += trials.broken(child)
        bench.medium.restore()
        trials.aftermath(bench, platform, truth, outcome)
    bench.clear()
    return outcome
