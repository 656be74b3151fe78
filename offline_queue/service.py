"""The queue's process: owns the directory, answers on a Unix socket, delivers in the background.

One thread owns the store and everything else here; the network is waited for on the courier's thread alone.
"""

import os
import random
import selectors
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Final, Self

from offline_queue import schedule
from offline_queue.clock import Clock, SystemClock
from offline_queue.desk import Desk
from offline_queue.disk import RoomPolicy
from offline_queue.dispatch import Dispatcher
from offline_queue.errors import QueueError, StoreError
from offline_queue.housekeeping import Housekeeper, Upkeep
from offline_queue.keyset import KeyOutlook, no_outlook
from offline_queue.notary import Notary, no_signer
from offline_queue.peer import Peer, peer_uid
from offline_queue.store import Store
from offline_queue.transport import Transport
from offline_queue.wire import Failed, ItemStatus, Request, Status, Wait

_STOP_POLL_S: Final = 0.25
_MAX_WAIT_S: Final = 600.0
_PLAIN: Final = Upkeep()


def run_service(
    directory: Path,
    socket_path: Path,
    terminal: str,
    transport: Transport,
    ack_keys: Mapping[str, bytes],
    *,
    stop: threading.Event,
    clock: Clock | None = None,
    dice: Callable[[], float] = random.random,
    policy: RoomPolicy | None = None,
    ready: Callable[[], None] | None = None,
    notary: Notary | None = None,
    seal_keys: Callable[[int], KeyOutlook] | None = None,
    upkeep: Upkeep = _PLAIN,
) -> None:
    """Serve until ``stop`` is set.

    Args:
        directory: The queue's own directory.
        socket_path: Where to listen; readable and writable by this user only.
        terminal: This terminal's name, e.g. ``"T0421"``.
        transport: The way to the platform; called from one thread of its own.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
        stop: Set from anywhere to end the service within a quarter second and the transport's time limit.
        clock: Where the time comes from.
        dice: Uniform 0..1, for every pause.
        policy: How much room is kept on the disk.
        ready: Called once requests are answered.
        notary: Signs receipts; None signs none.
        seal_keys: Says what is to be said of the platform's keys at a moment; None has nothing to say.
        upkeep: How far the wall clock can be believed, and when the thorough check runs.

    Raises:
        StoreError: What ``Store`` raises at the start, or ``queue.storage-failed`` when the disk fails later:
            the process must end and be started afresh, which opens and checks everything again.
    """
    clock = clock or SystemClock()
    spread_ms = round(1000 * schedule.OUTAGE_SPREAD_S * dice())
    with ExitStack() as opened:
        store = Store(
            directory, terminal, clock, policy=policy, outage_spread_ms=spread_ms, trust=upkeep.trust
        )
        opened.callback(store.close)
        wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        opened.callback(os.close, wake_fd)
        wake = partial(os.eventfd_write, wake_fd, 1)
        dispatcher = Dispatcher(store, transport, ack_keys, clock, dice=dice, wake=wake)
        opened.callback(dispatcher.close)
        keeper = Housekeeper(store, upkeep.checks)
        desk = Desk(store, dispatcher, keeper, clock, notary or Notary(no_signer), seal_keys or no_outlook)
        loop = opened.enter_context(_Loop(socket_path, wake_fd, desk, dispatcher, keeper, clock))
        if ready is not None:
            ready()
        while not stop.is_set():
            loop.turn()
        dispatcher.finish()


class _Loop:
    """Sockets in, desk and dispatcher behind.

    Args:
        socket_path: Where to listen.
        wake_fd: Readable when the courier has come back.
        desk: Answers requests.
        dispatcher: Delivers.
        keeper: Does what the queue does for itself.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        socket_path: Path,
        wake_fd: int,
        desk: Desk,
        dispatcher: Dispatcher,
        keeper: Housekeeper,
        clock: Clock,
    ) -> None:
        self._keeper = keeper
        self._wake_fd = wake_fd
        self._desk = desk
        self._dispatcher = dispatcher
        self._clock = clock
        self._peers: set[Peer] = set()
        with ExitStack() as opened:
            self._selector = opened.enter_context(selectors.DefaultSelector())
            self._listener = opened.enter_context(_listen(socket_path))
            opened.callback(socket_path.unlink, missing_ok=True)
            opened.callback(self._close_peers)
            self._selector.register(self._listener, selectors.EVENT_READ)
            self._selector.register(wake_fd, selectors.EVENT_READ)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def turn(self) -> None:
        """Let the dispatcher work, then answer whoever asks, at most for a quarter second.

        Raises:
            StoreError: ``queue.storage-failed``, ``queue.database-corrupt``.
        """
        awaited = [peer.awaits for peer in self._peers if peer.awaits is not None]
        due_ms = self._dispatcher.tick(awaited)
        self._answer_waiting()
        pause_s = 0.0 if self._keeper.tick() else self._pause_s(due_ms)
        for key, events in self._selector.select(pause_s):
            if key.fileobj is self._listener:
                self._accept()
            elif key.fd == self._wake_fd:
                os.eventfd_read(self._wake_fd)
            else:
                self._serve(key.data, events)
        if self._desk.broken:
            raise StoreError("queue.storage-failed")

    def _pause_s(self, due_ms: int | None) -> float:
        deadlines = [peer.deadline_ms for peer in self._peers if peer.awaits is not None]
        if due_ms is not None:
            deadlines.append(due_ms)
        now_ms = self._clock.now().mono_ms
        return min([_STOP_POLL_S, *(max(0.0, (deadline - now_ms) / 1000) for deadline in deadlines)])

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionError):
            return
        if peer_uid(connection) != os.geteuid():
            connection.close()
            return
        connection.setblocking(False)  # noqa: FBT003 - the library's own signature
        peer = Peer(connection)
        self._peers.add(peer)
        self._selector.register(connection, selectors.EVENT_READ, peer)

    def _serve(self, peer: Peer, events: int) -> None:
        try:
            if events & selectors.EVENT_READ:
                request = peer.read()
                if request is not None:
                    self._take(peer, request)
            self._flush(peer)
        except QueueError as error:
            peer.write(Failed(error.code, error.detail))
            with suppress(ConnectionError):
                peer.flush()
            self._drop(peer)
        except ConnectionError:
            self._drop(peer)

    def _take(self, peer: Peer, request: Request) -> None:
        self._keeper.disturbed()
        reply = self._desk.answer(request, peer.memfd)
        peer.release_memfd()
        match request, reply:
            case Wait(timeout_s=timeout_s), ItemStatus(settled=False):
                peer.awaits = request.receipt_no
                peer.deadline_ms = self._clock.now().mono_ms + round(1000 * min(timeout_s, _MAX_WAIT_S))
            case _:
                peer.write(reply)

    def _answer_waiting(self) -> None:
        now_ms = self._clock.now().mono_ms
        for peer in [peer for peer in self._peers if peer.awaits is not None]:
            reply = self._desk.answer(Status(peer.awaits or ""), None)
            unsettled = isinstance(reply, ItemStatus) and not reply.settled
            if not unsettled or now_ms >= peer.deadline_ms:
                peer.awaits = None
                peer.write(reply)
                self._serve(peer, 0)

    def _flush(self, peer: Peer) -> None:
        rest = not peer.flush()
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if rest else 0)
        self._selector.modify(peer.connection, events, peer)

    def _drop(self, peer: Peer) -> None:
        self._selector.unregister(peer.connection)
        self._peers.discard(peer)
        peer.close()

    def _close_peers(self) -> None:
        for peer in list(self._peers):
            self._drop(peer)


def _listen(path: Path) -> socket.socket:
    # Holding the directory's lock proves that whoever left this name behind is gone.
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
    # On Linux the name takes its mode from the unbound socket, so it is never open to others.
    os.fchmod(listener.fileno(), 0o600)
    listener.bind(str(path))
    listener.listen()
    return listener
