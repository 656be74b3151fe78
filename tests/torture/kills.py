"""SIGKILL at the Nth system call: of submission, of delivery with lease, answer and wipe, of recovery."""

from tests.torture import trials
from tests.torture.ground import Ground
from tests.torture.power import key_points
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Bench, Outcome, PlainFolder


def submit(ground: Ground, limits: Limits) -> Tally:
    """Kill the store while it takes two applications."""
    tally = Tally("kill-submit", "SIGKILL at the Nth system call", limits.variant)
    bench = _bench(ground, limits)

    def trial(point: int | None) -> Outcome:
        return trials.submit(bench, point, ground.applications(2), ground.warm()[:1])

    points = _points(bench, trial(None))
    tally.points = len(points)
    tally.go_through(limits, limits.choose(points), trial)
    return tally


def service(ground: Ground, limits: Limits) -> Tally:
    """Kill the service while it takes two applications, delivers them and wipes them."""
    tally = Tally("kill-service", "SIGKILL at the Nth system call", limits.variant)
    bench = _bench(ground, limits)
    points = _points(bench, trials.service(bench, None))
    tally.points = len(points)
    tally.go_through(limits, limits.choose(points), lambda point: trials.service(bench, point))
    return tally


def recovery(ground: Ground, limits: Limits) -> Tally:
    """Kill the service, and then the recovery from that."""
    tally = Tally("kill-recovery", "SIGKILL at the Nth system call of the recovery from a kill")
    bench = _bench(ground, limits)
    firsts = trials.service(bench, None).passed
    seconds = trials.service(bench, firsts // 2, then=10**6).passed
    pairs = [(first, second) for first in range(0, firsts, 7) for second in range(0, seconds, 3)]
    tally.points = len(pairs)
    tally.go_through(limits, limits.choose(pairs), lambda pair: trials.service(bench, pair[0], then=pair[1]))
    return tally


def _points(bench: Bench, whole: Outcome) -> list[int]:
    """Every call; for a variant only those around which something becomes durable, as they are few."""
    return key_points(whole.calls) if bench.watch == "changes" else list(range(whole.passed))


def _bench(ground: Ground, limits: Limits) -> Bench:
    watch = "everything" if limits.variant is None else "changes"
    return Bench(ground.zygote, ground.room, PlainFolder(ground.room), watch, limits.variant)
