"""A disk that refuses: EIO and ENOSPC at the Nth call that changes or flushes a file."""

import errno
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from tests.torture import trials
from tests.torture.gate import Call
from tests.torture.ground import Ground
from tests.torture.tally import Limits, Tally
from tests.torture.trials import Bench, Outcome, PlainFolder

_NEEDS_ROOM: Final = frozenset(
    {"write", "pwrite64", "openat", "rename", "fsync", "fdatasync", "fallocate", "ftruncate"}
)


def eio(ground: Ground, limits: Limits) -> Tally:
    """Answer one call with EIO, then cut the power: what a failed flush left in memory is gone."""
    return _refuse(ground, limits, "fault-eio", errno.EIO, lambda _: True)


def enospc(ground: Ground, limits: Limits) -> Tally:
    """Answer one call that needs room with ENOSPC, then cut the power."""
    return _refuse(ground, limits, "fault-enospc", errno.ENOSPC, lambda call: call.name in _NEEDS_ROOM)


def _refuse(ground: Ground, limits: Limits, part: str, code: int, concerned: Callable[[Call], bool]) -> Tally:
    name = errno.errorcode[code]
    with ExitStack() as opened:
        tally = Tally(part, f"{name} at the Nth write, flush, rename or removal")
        medium: trials.Medium = PlainFolder(ground.room)
        if ground.no_disk is None:
            tally.how += ", then a power cut"
            medium = opened.enter_context(ground.disk(tally))
        bench = Bench(ground.zygote, ground.room, medium, "changes")
        calls = trials.service(bench, None).calls
        tally.points = len(calls)

        def trial(point: int) -> Outcome:
            def decide(call: Call, number: int) -> int:
                return code if number == point and concerned(call) else 0

            return trials.service(bench, None, decide=decide)

        tally.go_through(limits, limits.choose(range(len(calls))), trial)
    return tally
