from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import Confidence, PlatformKey
from offline_queue.disk import Disk, RoomPolicy
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.store import Store
from offline_queue.timekeeping import ClockTrust
from tests.support.scripted_transport import CONTAINER
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, FakeClock, sealed_application

RECIPIENT = PlatformKey("platform-1", X25519PrivateKey.generate().public_key().public_bytes_raw())


class StoreBench:
    """Opens the same directory again and again, as restarts do."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.clock = FakeClock()
        self.confidence = Confidence.UNKNOWN
        self._opened: Store | None = None

    def open(
        self,
        *,
        terminal: str = TERMINAL,
        disk: Disk | None = None,
        policy: RoomPolicy = NO_ROOM_KEPT,
        outage_spread_ms: int = 0,
    ) -> Store:
        self.close()
        self._opened = Store(
            self.directory,
            terminal,
            self.clock,
            disk=disk,
            policy=policy,
            outage_spread_ms=outage_spread_ms,
            trust=ClockTrust(lambda: self.confidence),
        )
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    def files(self) -> list[str]:
        return sorted(
            path.name
            for path in (self.directory / "containers").iterdir()
            if not path.name.startswith("mark-")
        )


@pytest.fixture
def bench(tmp_path: Path) -> Generator[StoreBench]:
    with ExitStack() as opened:
        made = StoreBench(tmp_path / "queue")
        opened.callback(made.close)
        yield made


@pytest.fixture
def put() -> Callable[..., Item]:
    def do(
        store: Store, container: bytes | None = None, *, page_bytes: int = 10, order_key: bytes | None = None
    ) -> Item:
        container = container or sealed_application([RECIPIENT], page_bytes=page_bytes)
        return store.put(read_header(container), [container[:100], container[100:]], order_key)

    return do


@pytest.fixture
def container(tmp_path: Path) -> Path:
    path = tmp_path / "container.zwq"
    path.write_bytes(CONTAINER)
    return path
