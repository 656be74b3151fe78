from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.journal import Bounds, Entry, Journal

SMALL = Bounds(segment=900, kept=3600)
"""Four entries a segment, four segments."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


@pytest.fixture
def run(path: Path) -> Callable[..., Entry | None]:
    """Let a program run that writes so many entries; returns the last one it found."""

    def write(entries: int, bounds: Bounds = SMALL, told: list[str] | None = None) -> Entry | None:
        broken = [] if told is None else told
        with Journal(path, SystemClock(), broken.append, bounds) as journal:
            for _ in range(entries):
                journal.write("session.home", visit="7")
            return journal.last

    return write
