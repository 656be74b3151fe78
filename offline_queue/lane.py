"""What is on its way: one exchange with the platform at a time, and the applications that follow it.

While the platform stores one application, the next one's container is read and proven; it is sent in the
moment the other is acknowledged, and not at all when anything else came of that one.
"""

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from offline_queue.delivery import Courier, Delivered, Errand, Interrupted, Outcome, read_digest
from offline_queue.item import Item
from offline_queue.transport import Holdings, Pace, Reachable, Reconciled, Transport, TryLater

_T = TypeVar("_T")
_READS_NICE: Final = 10
_FEW: Final = 2
"""While more than so many are still to be sent, a delivery alone is no reason to wake anybody."""


@dataclass(frozen=True, slots=True)
class Heard(Generic[_T]):
    """What came back, and the pace the platform asked for with it."""

    answer: _T
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class Sending:
    """An application on its way; it is leased."""

    item: Item
    heard: Future[Heard[Outcome]]

    def result(self) -> Heard[Outcome]:
        """Return what came of it; what was never begun was interrupted."""
        return _not_begun(self.item) if self.heard.cancelled() else self.heard.result()


@dataclass(frozen=True, slots=True)
class Probing:
    """A ping."""

    heard: Future[Heard[Reachable | TryLater]]


@dataclass(frozen=True, slots=True)
class Comparing:
    """A comparison of accounts."""

    page: Holdings
    heard: Future[Heard[Reconciled | TryLater]]


class Lane:
    """Used by the thread that owns the store; waits on threads of its own.

    Args:
        transport: The way to the platform.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
        wake: Called from another thread when something has come back.
        jobs: Where the network is waited for, one job after the other; a thread of its own unless told.
        reads: Where containers are read ahead; likewise.
    """

    def __init__(
        self,
        transport: Transport,
        ack_keys: Mapping[str, bytes],
        wake: Callable[[], None],
        jobs: Executor | None = None,
        reads: Executor | None = None,
    ) -> None:
        self._transport = transport
        self._wake = wake
        self._jobs = jobs or ThreadPoolExecutor(max_workers=1, thread_name_prefix="lane-delivery")
        self._reads = reads or ThreadPoolExecutor(
            max_workers=1, thread_name_prefix="lane-reading", initializer=_yield_the_core
        )
        self.courier = Courier(transport, ack_keys)
        self.under_way: Sending | Probing | Comparing | None = None
        self.follow: tuple[Sending, ...] = ()
        """What goes next, each if the one before it is delivered."""

    @property
    def has_few(self) -> bool:
        """Return whether the lane is about to be idle."""
        ahead = (self.under_way, *self.follow)
        return sum(one is not None and not one.heard.done() for one in ahead) <= _FEW

    def send(self, item: Item, errand: Errand) -> None:
        """Send an application, or let it follow those under way."""
        before = self.follow[-1] if self.follow else self.under_way
        if before is None:
            self.courier.interrupt.clear()
            self.courier.share.clear()
            self.under_way = Sending(item, self._do(lambda: self.courier.carry(errand)))
        elif isinstance(before, Sending):
            read = replace(errand, digest=self._reads.submit(read_digest, errand.container))
            self.follow = (*self.follow, Sending(item, self._after(before, item, read)))

    def ping(self) -> None:
        """Ask whether the platform is there."""
        self.under_way = Probing(self._do(self._transport.ping))

    def compare(self, page: Holdings) -> None:
        """Compare accounts."""
        self.under_way = Comparing(page, self._do(lambda: self._transport.reconcile(page)))

    def take(self) -> Sending | Probing | Comparing | None:
        """Return what has come back, if anything has; what follows it is then under way."""
        came = self.under_way
        if came is None or not came.heard.done():
            return None
        self.under_way, self.follow = (self.follow[0], self.follow[1:]) if self.follow else (None, ())
        self.courier.interrupt.clear()
        self.courier.share.clear()
        return came

    def close(self) -> None:
        """Stop after the chunk under way."""
        self.courier.interrupt.set()
        self.courier.courtesy.heed(needed=False)
        self._jobs.shutdown(wait=True, cancel_futures=True)
        self._reads.shutdown(wait=True, cancel_futures=True)

    def _after(self, before: Sending, item: Item, errand: Errand) -> Future[Heard[Outcome]]:
        def follow() -> Heard[Outcome]:
            told = before.result()
            if not isinstance(told.answer, Delivered) or told.pace is not None:
                return _not_begun(item)
            return Heard(self.courier.carry(errand), self._transport.pace())

        return self._told(self._jobs.submit(follow))

    def _do(self, job: Callable[[], _T]) -> Future[Heard[_T]]:
        return self._told(self._jobs.submit(lambda: Heard(job(), self._transport.pace())))

    def _told(self, heard: Future[Heard[_T]]) -> Future[Heard[_T]]:
        heard.add_done_callback(self._came)
        return heard

    def _came(self, heard: Future[Heard[_T]]) -> None:
        if heard.cancelled() or not isinstance(heard.result().answer, Delivered) or self.has_few:
            self._wake()


def _yield_the_core() -> None:
    """Let this thread take what the others leave: it reads while the platform stores, not while one is sent.

    Linux keeps a nice value for each thread (sched(7)). Who is nicer already stays so.
    """
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _READS_NICE)


def _not_begun(item: Item) -> Heard[Outcome]:
    return Heard(Interrupted(item.upload_offset_hint), None)
