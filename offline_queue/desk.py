"""Answers the requests that come over the socket out of the store."""

import fcntl
import os
from collections.abc import Generator
from typing import Final, assert_never

from offline_queue.clock import Clock
from offline_queue.disk import MAX_CONTAINER_BYTES
from offline_queue.dispatch import Dispatcher
from offline_queue.errors import QueueError
from offline_queue.header import MAX_HEADER_BYTES, PREFIX_BYTES, read_header
from offline_queue.item import Item, ItemState
from offline_queue.store import Store
from offline_queue.wire import (
    Admit,
    Done,
    Failed,
    ItemPage,
    Items,
    ItemStatus,
    Kick,
    MarkPrinted,
    QueueStats,
    Reply,
    Request,
    Retry,
    Stats,
    Status,
    Stored,
    Submit,
    Wait,
)

_CHUNK_BYTES: Final = 1024 * 1024
_PAGE_LIMIT: Final = 1000
_UNCHANGEABLE: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


class Desk:
    """One request in, one reply out.

    Args:
        store: Where the applications lie.
        dispatcher: Told when the network is back.
        clock: Where the time comes from.
    """

    def __init__(self, store: Store, dispatcher: Dispatcher, clock: Clock) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._clock = clock
        self.broken = False
        """Whether the storage failed: what it says can no longer be trusted before it is opened afresh."""

    def answer(self, request: Request, fd: int | None) -> Reply:
        """Return the reply to a request; ``fd`` is the memfd that came along, if any."""
        try:
            return self._answer(request, fd)
        except QueueError as error:
            self.broken = self.broken or error.code == "queue.storage-failed"
            return Failed(error.code, error.detail)

    def _answer(self, request: Request, fd: int | None) -> Reply:
        ledger = self._store.ledger
        match request:
            case Submit():
                return self._submit(request, fd)
            case Admit(size_bytes=size_bytes):
                full = Failed("queue.no-space")
                return Done() if self._store.room.admits(size_bytes) else full
            case Status(receipt_no=receipt_no) | Wait(receipt_no=receipt_no):
                return _status(ledger.by_number(receipt_no))
            case Stats():
                return self._stats()
            case Kick():
                self._dispatcher.kick()
            case Items(after_seq=after_seq, limit=limit):
                page = ledger.page(after_seq, min(limit, _PAGE_LIMIT))
                return ItemPage([_status(item) for item in page])
            case Retry(receipt_no=receipt_no):
                ledger.retry(ledger.by_number(receipt_no))
            case MarkPrinted(receipt_no=receipt_no):
                ledger.mark_printed(ledger.by_number(receipt_no))
            case _:
                assert_never(request)
        return Done()

    def _submit(self, request: Submit, fd: int | None) -> Stored | Failed:
        if fd is None or not _is_sealed(fd):
            return Failed("queue.protocol", "a submission comes with a sealed memfd")
        if os.fstat(fd).st_size > MAX_CONTAINER_BYTES:
            return Failed("queue.too-large", f"{os.fstat(fd).st_size} bytes")
        header = read_header(os.pread(fd, PREFIX_BYTES + MAX_HEADER_BYTES, 0))
        if header.service != request.service:
            return Failed("queue.protocol", "sealed for another service")
        item = self._store.put(header, _chunks(fd), request.order_key)
        return Stored(item.receipt_no, item.seq, item.digest)

    def _stats(self) -> QueueStats:
        tally = self._store.ledger.tally()
        oldest_ms = tally.oldest_waiting_wall_ms
        age_s = None if oldest_ms is None else max(0.0, (self._clock.now().wall_ms - oldest_ms) / 1000)
        return QueueStats(
            counts={state.value: tally.counts.get(state.value, 0) for state in ItemState},
            waiting_bytes=tally.waiting_bytes,
            oldest_waiting_s=age_s,
            free_bytes=self._store.room.free_bytes(),
            admits=self._store.room.admits(MAX_CONTAINER_BYTES),
            breaker_open=self._dispatcher.breaker_open,
        )


def _is_sealed(fd: int) -> bool:
    try:
        return fcntl.fcntl(fd, fcntl.F_GET_SEALS) & _UNCHANGEABLE == _UNCHANGEABLE
    except OSError:
        # Only memory files can be sealed; anything else could change while it is read.
        return False


def _chunks(fd: int) -> Generator[bytes]:
    offset = 0
    while chunk := os.pread(fd, _CHUNK_BYTES, offset):
        yield chunk
        offset += len(chunk)


def _status(item: Item) -> ItemStatus:
    return ItemStatus(
        receipt_no=item.receipt_no,
        seq=item.seq,
        submission_id=item.submission_id,
        service=item.service,
        state=item.state,
        size=item.size,
        attempts=item.attempts,
        created_ms=item.created_wall,
        acceptance_no=item.acceptance_no,
        last_error=item.last_error,
        receipt_printed=bool(item.receipt_printed),
    )
