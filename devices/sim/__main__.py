"""``python -m devices.sim``: a bench of its own, until it is told to end or its starter is gone."""

import argparse
import os
import select
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from devices.sim.bench import Bench

_PIPE_LIKE = (stat.S_ISFIFO, stat.S_ISSOCK)


def main(make: Callable[[Path, tuple[str, int] | None], Bench] = Bench) -> None:
    """Run a bench until SIGTERM, SIGINT, or the end of standard input where that is a pipe.

    Args:
        make: Makes the bench from its folder and from what lies behind the network cable.
    """
    parser = argparse.ArgumentParser(
        prog="python -m devices.sim", description="Simulated devices of a terminal."
    )
    parser.add_argument(
        "--run-dir", type=Path, required=True, help="where ports, pictures and sockets appear"
    )
    parser.add_argument("--link-to", metavar="HOST:PORT", help="what lies behind the network cable")
    arguments = parser.parse_args()
    link_to = None
    if arguments.link_to:
        host, _, port = arguments.link_to.rpartition(":")
        link_to = (host, int(port))
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _note)
    with make(arguments.run_dir, link_to):
        _wait_for_the_end(reader)


def _note(_number: int, _frame: FrameType | None) -> None:
    """Leave the signal to the wake-up pipe."""


def _wait_for_the_end(signalled: int) -> None:
    mode = os.fstat(sys.stdin.fileno()).st_mode
    inputs = [sys.stdin.fileno()] if any(is_kind(mode) for is_kind in _PIPE_LIKE) else []
    while True:
        ready, _, _ = select.select([signalled, *inputs], [], [])
        if signalled in ready or not os.read(inputs[0], 4096):
            return


if __name__ == "__main__":
    main()
