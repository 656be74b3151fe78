"""Many terminals after one outage, in simulated time: the real store, dispatcher, courier and pace of each,
against the district's real gate. Nothing of how they decide is written down here a second time."""

import heapq
import random
import shutil
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from district.gate import LASTS_S, Load
from district.limits import Limits
from offline_queue.ack import Ack, sign_ack
from offline_queue.clock import Stamp
from offline_queue.dispatch import Dispatcher
from offline_queue.header import Header, Recipient
from offline_queue.store import Store
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Content,
    Holdings,
    Pace,
    Reachable,
    Reconciled,
    Trouble,
    TryLater,
    Unknown,
)
from tests.support.paper_platform import AtOnce
from tests.support.sealed_queue import NO_ROOM_KEPT, SERVICE, TERMINAL, UnflushedDisk

T = TypeVar("T")
REQUEST_MS = 50
REQUESTS_PER_APPLICATION = 2
"""Its state, for it was tried during the outage; itself."""
_PRIVATE = Ed25519PrivateKey.generate()
_ACK_KEYS = {"ack-1": _PRIVATE.public_key().public_bytes_raw()}


@dataclass(frozen=True)
class Drained:
    """What a drain came to.

    ``ideal_s``: every request of every application, one after the other at the platform's capacity.
    ``took_s``: from the line's return to the last delivery. ``fairness``: Jain's index over the moments at
    which the terminals were done, 1 when all were done at the same time.
    """

    applications: int
    ideal_s: float
    took_s: float
    served: int
    refused: int
    peak_per_s: int
    first_median_s: float
    first_worst_s: float
    done_median_s: float
    fairness: float

    @property
    def ratio(self) -> float:
        return self.took_s / self.ideal_s

    @property
    def refused_share(self) -> float:
        return self.refused / (self.refused + self.served)


@dataclass
class Platform:
    """One platform: the district's gate, and behind it everything succeeds."""

    requests_per_s: int
    now_ms: int = 0
    reachable: bool = False
    served: int = 0
    refused: int = 0
    arrivals: dict[int, int] = field(default_factory=dict[int, int])

    def __post_init__(self) -> None:
        self.load = Load(Limits(requests_per_s=self.requests_per_s), lambda: self.now_ms / 1000)

    def lets_in(self, who: bytes) -> bool:
        second = self.now_ms // 1000
        self.arrivals[second] = self.arrivals.get(second, 0) + 1
        let_in = self.load.enter(who)
        self.served += let_in
        self.refused += not let_in
        return let_in

    def pace(self) -> Pace | None:
        interval_ms = self.load.interval_ms
        return None if interval_ms is None else Pace(interval_ms / 1000, float(LASTS_S))


class SimulatedLine:
    """One terminal's way to it."""

    def __init__(self, platform: Platform, name: bytes) -> None:
        self._platform = platform
        self._name = name
        self.spent_ms = 0
        self.accepted = 0
        self._pace: Pace | None = None

    def announce(self, meta: Announcement) -> Answer:
        raise AssertionError(f"{meta.size} bytes fit into one request")

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        assert len(b"".join(content)) == meta.size
        name = meta.submission_id
        ack = Ack(TERMINAL, name, meta.digest, "3301000001", "2026-11-25T08:00:00Z", "ack-1")
        refusal = self._ask()
        self.accepted += refusal is None
        return refusal or Accepted(sign_ack(ack, _PRIVATE))

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        raise AssertionError((submission_id, offset, len(chunk), last))

    def status(self, submission_id: str) -> Answer:
        del submission_id
        return self._ask() or Unknown()

    def ping(self) -> Reachable | TryLater:
        self.spent_ms += REQUEST_MS
        return Reachable() if self._platform.reachable else TryLater(Trouble.OFFLINE)

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        del batch
        return self._ask() or Reconciled((), (), (), (), ())

    def pace(self) -> Pace | None:
        return self._pace

    def _ask(self) -> TryLater | None:
        self.spent_ms += REQUEST_MS
        self._pace = None
        if not self._platform.reachable:
            return TryLater(Trouble.OFFLINE)
        let_in = self._platform.lets_in(self._name)
        self._pace = self._platform.pace()
        return None if let_in else TryLater(Trouble.BUSY, float(self._platform.load.retry_after_s))


class SimulatedLane(Executor):
    """Does one job after the other, and hands each result over when the job would have ended."""

    def __init__(self, line: SimulatedLine, later: Callable[[int, Callable[[], None]], None]) -> None:
        self._line = line
        self._later = later
        self._jobs: deque[Callable[[], None]] = deque()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()

        def do() -> None:
            self._line.spent_ms = 0
            result = fn(*args, **kwargs)
            self._later(self._line.spent_ms, lambda: end(result))

        def end(result: T) -> None:
            self._jobs.popleft()
            done.set_result(result)
            if self._jobs:
                self._jobs[0]()

        self._jobs.append(do)
        if len(self._jobs) == 1:
            do()
        return done


class Herd:
    """All of them; leaving the block closes their stores."""

    def __init__(
        self, folder: Path, terminals: int, applications: int, requests_per_s: int, seed: int
    ) -> None:
        self._folder = folder
        self._terminals = terminals
        self._applications = applications
        self._dice = random.Random(seed)
        self.platform = Platform(requests_per_s)
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._n = 0
        self._opened = ExitStack()
        self._first_ms: dict[int, int] = {}
        self._done_ms: dict[int, int] = {}

    def now(self) -> Stamp:
        return Stamp("boot-1", self.platform.now_ms, 1_750_000_000_000 + self.platform.now_ms)

    def drain(self, outage_s: float) -> Drained:
        """Let the line be down for so long, then come back; run until everything is delivered."""
        template = self._template()
        with self._opened:
            for number in range(self._terminals):
                self._open(number, template)
            back_ms = round(outage_s * 1000)
            self._later(back_ms, self._come_back)
            while len(self._done_ms) < self._terminals:
                self.platform.now_ms, _, event = heapq.heappop(self._events)
                event()
        return self._account(back_ms)

    def _come_back(self) -> None:
        self.platform.reachable = True

    def _template(self) -> Path:
        """One terminal's directory with everything that waits; all terminals start from a copy of it."""
        folder = self._folder / "template"
        store = Store(folder, TERMINAL, self, disk=UnflushedDisk(), policy=NO_ROOM_KEPT)
        for n in range(self._applications):
            header = Header(
                ver=1,
                suite=1,
                submission_id=n.to_bytes(16, "big"),
                terminal=TERMINAL,
                service=SERVICE,
                created=self.now(),
                recipients=(Recipient("platform-1", b"wrapped"),),
                frame_size=4096,
                n_frames=1,
                size=100,
                nonce_prefix=b"none",
            )
            store.put(header, [header.encode(), bytes(header.container_bytes - header.opening_bytes)])
        store.close()
        return folder

    def _open(self, number: int, template: Path) -> None:
        folder = self._folder / str(number)
        shutil.copytree(template, folder)
        store = Store(folder, TERMINAL, self, disk=UnflushedDisk(), policy=NO_ROOM_KEPT)
        self._opened.callback(store.close)
        line = SimulatedLine(self.platform, str(number).encode())
        dispatcher = Dispatcher(
            store,
            line,
            _ACK_KEYS,
            self,
            dice=self._dice.random,
            wake=lambda: self._later(0, turn),
            lane=SimulatedLane(line, self._later),
            reads=AtOnce(),
        )
        planned = [0]

        def turn() -> None:
            due_ms = dispatcher.tick()
            if line.accepted:
                self._first_ms.setdefault(number, self.platform.now_ms)
            if line.accepted == self._applications:
                self._done_ms.setdefault(number, self.platform.now_ms)
            elif due_ms is not None and planned[0] != due_ms:
                planned[0] = due_ms
                self._later(max(1, due_ms - self.platform.now_ms), turn)

        self._later(self._dice.randrange(1000), turn)

    def _later(self, pause_ms: int, event: Callable[[], None]) -> None:
        self._n += 1
        heapq.heappush(self._events, (self.platform.now_ms + pause_ms, self._n, event))

    def _account(self, back_ms: int) -> Drained:
        applications = self._terminals * self._applications
        done_s = sorted((moment - back_ms) / 1000 for moment in self._done_ms.values())
        first_s = sorted((moment - back_ms) / 1000 for moment in self._first_ms.values())
        return Drained(
            applications=applications,
            ideal_s=applications * REQUESTS_PER_APPLICATION / self.platform.requests_per_s,
            took_s=done_s[-1],
            served=self.platform.served,
            refused=self.platform.refused,
            peak_per_s=max(self.platform.arrivals.values()),
            first_median_s=median(first_s),
            first_worst_s=first_s[ceil(0.95 * len(first_s)) - 1],
            done_median_s=median(done_s),
            fairness=sum(done_s) ** 2 / (len(done_s) * sum(second**2 for second in done_s)),
        )
