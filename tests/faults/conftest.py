from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import RunningQueue


@pytest.fixture
def platform() -> Generator[FakePlatform]:
    with FakePlatform() as running:
        yield running


@pytest.fixture
def queue(platform: FakePlatform, tmp_path: Path) -> Generator[RunningQueue]:
    with RunningQueue(tmp_path, LoopbackTransport(platform.port), platform.ack_keys) as running:
        yield running
