"""How long a resident's question takes beside a backlog, on a narrow line.

``python -m tests.bench.queue_question FOLDER`` prints the seconds of each as JSON: alone on the line,
beside a backlog that has it to itself, and beside one that was told that somebody is there.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import requests

from tests.bench.queue_drain import platform_process, service
from tests.bench.queue_peers import containers
from tests.support.sealed_queue import SERVICE

_WAITING = 12
_SIZE_BYTES = 1_000_000
_QUESTIONS = 60
_EVERY_S = 0.25
_LEFT_S = 60.0


def asked(session: requests.Session, port: str, before_each: Callable[[], object]) -> list[float]:
    """Return the seconds from each question to its answer."""
    took_s: list[float] = []
    for number in range(_QUESTIONS):
        before_each()
        begun_s = monotonic()
        session.get(f"http://127.0.0.1:{port}/v1/submissions/{number:032x}", timeout=60).raise_for_status()
        took_s.append(monotonic() - begun_s)
        sleep(_EVERY_S)
    return took_s


def beside(place: Path, platform: Sequence[str], session: requests.Session, *, left: bool) -> list[float]:
    """Return the seconds of questions beside a backlog that is still on its way at the last of them."""
    with service(place, platform) as (client, _):
        if left:
            client.leave_line(_LEFT_S)
        for container in containers(_WAITING, _SIZE_BYTES):
            client.submit(container, SERVICE)
        took_s = asked(session, platform[0], lambda: client.leave_line(_LEFT_S) if left else None)
        assert client.stats().counts["wiped"] < _WAITING, "the backlog ended too early"
        return took_s


def main(folder: str) -> None:
    """Ask in all three ways."""
    told: dict[str, list[float]] = {}
    with (
        TemporaryDirectory(dir=folder) as way,
        platform_process(Path(way)) as platform,
        requests.Session() as session,
    ):
        session.trust_env = False
        told["alone"] = asked(session, platform[0], lambda: None)
        for name, left in (("beside", False), ("left", True)):
            place = Path(way) / name
            place.mkdir()
            told[name] = beside(place, platform, session, left=left)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
