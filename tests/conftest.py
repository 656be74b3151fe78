"""Every test leaves the process as it found it, so in what order they run is nobody's business."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

# An example has no 200 ms, and drawing it no second: whoever keeps the machine busy would decide the test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

_PYTESTS_OWN = "PYTEST_CURRENT_TEST"
_OF_ITS_TIME_LIMIT = signal.SIGALRM


class _Process(NamedTuple):
    environment: dict[str, str]
    folder: str
    umask: str
    user: int
    nice: int
    signals: dict[str, object]


def _process() -> _Process:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return _Process(
        environment={name: value for name, value in os.environ.items() if name != _PYTESTS_OWN},
        folder=str(Path.cwd()),
        umask=status.partition("Umask:")[2].split(maxsplit=1)[0],
        user=os.geteuid(),
        nice=os.getpriority(os.PRIO_PROCESS, 0),
        signals={one.name: signal.getsignal(one) for one in signal.Signals if one is not _OF_ITS_TIME_LIMIT},
    )


@pytest.fixture(autouse=True)
def process_is_left_as_found() -> Iterator[None]:
    before = _process()
    yield
    assert _process() == before
