"""A whole terminal's queue without a thread and without waiting: real store, dispatcher and courier, a paper
platform, and a clock that jumps to whatever is due next."""

from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from offline_queue import PlatformKey
from offline_queue.delivery import Courier
from offline_queue.disk import Disk, RoomPolicy
from offline_queue.dispatch import Dispatcher
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.store import Store
from tests.support.paper_platform import ACK_KEYS, AtOnce, PaperPlatform
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, FakeClock, UnflushedDisk, sealed_application

RECIPIENT = PlatformKey("platform-1", X25519PrivateKey.generate().public_key().public_bytes_raw())
_TURNS_MAX = 200_000


class DrainBench:
    """Opens the same directory again and again, as restarts do."""

    def __init__(
        self,
        directory: Path,
        *,
        dice: Callable[[], float] = lambda: 0.5,
        disk: Disk | None = None,
        policy: RoomPolicy = NO_ROOM_KEPT,
    ) -> None:
        self.directory = directory
        self.clock = FakeClock()
        self.platform = PaperPlatform()
        self._dice = dice
        self._disk = disk or UnflushedDisk()
        self._policy = policy
        self._store: Store | None = None
        self.open()

    @property
    def store(self) -> Store:
        assert self._store is not None
        return self._store

    @property
    def courier(self) -> Courier:
        """Who carries the upload under way, and is told that others wait."""
        return self.dispatcher._lane.courier  # pyright: ignore[reportPrivateUsage]  # nothing else shows it

    def open(self) -> None:
        """Start, after whatever end."""
        self.close()
        store = Store(
            self.directory,
            TERMINAL,
            self.clock,
            disk=self._disk,
            policy=self._policy,
            outage_spread_ms=round(300_000 * self._dice()),
        )
        self._store = store
        self.dispatcher = Dispatcher(
            store,
            self.platform,
            ACK_KEYS,
            self.clock,
            dice=self._dice,
            wake=lambda: None,
            lane=AtOnce(),
            reads=AtOnce(),
        )

    def close(self) -> None:
        """Drop everything without a last word."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def reboot(self) -> None:
        """Start on a machine that was off."""
        self.close()
        self.clock.reboot()
        self.open()

    def put(self, page_bytes: int = 10, order_key: bytes | None = None) -> Item:
        """Store a fresh application."""
        container = sealed_application([RECIPIENT], page_bytes=page_bytes)
        return self.store.put(read_header(container), [container], order_key)

    def now(self, item: Item) -> Item:
        """Return the application's present row."""
        return self.store.ledger.by_number(item.receipt_no)

    def run(self, for_s: float, *awaited: str) -> None:
        """Let the time pass, from one due moment to the next."""
        end_ms = self.clock.now().mono_ms + round(1000 * for_s)
        for _ in range(_TURNS_MAX):
            due_ms = self.dispatcher.tick(awaited)
            if due_ms is None:
                continue
            now_ms = self.clock.now().mono_ms
            self.clock.advance((min(max(due_ms, now_ms + 1), end_ms) - now_ms) / 1000)
            if due_ms > end_ms:
                return
        raise AssertionError("the dispatcher turns in circles")

    def step(self, *awaited: str) -> None:
        """Let one thing be started, and written down when it came back."""
        if self.dispatcher.tick(awaited) is None:
            self.dispatcher.tick(awaited)

    def containers(self) -> set[str]:
        """Names of the containers on the disk."""
        return {path.name for path in (self.directory / "containers").glob("*.zwq")}

    def cases(self) -> list[int]:
        """Numbers of the applications the platform made cases of, in their order."""
        return [self.platform.uploads[name].meta.seq for name in self.platform.cases]
