"""Answers the requests that come over the socket out of the store."""

import fcntl
import os
from collections import deque
from collections.abc import Callable, Generator
from time import perf_counter
from typing import Final, assert_never

from offline_queue.clock import Clock
from offline_queue.disk import MAX_CONTAINER_BYTES, Level, storage_faults
from offline_queue.dispatch import Dispatcher
from offline_queue.errors import QueueError, SealError
from offline_queue.header import MAX_HEADER_BYTES, PREFIX_BYTES, read_header
from offline_queue.housekeeping import Housekeeper
from offline_queue.item import Item
from offline_queue.keyset import KeyOutlook
from offline_queue.notary import Notary
from offline_queue.report import report
from offline_queue.store import Store
from offline_queue.wire import (
    Admit,
    Check,
    Done,
    Failed,
    GiveUp,
    Hold,
    ItemPage,
    Items,
    ItemStatus,
    Kick,
    LeaveLine,
    MarkExported,
    MarkPrinted,
    Order,
    QueueStats,
    Receipt,
    Reconcile,
    Release,
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
_LONGEST_HOLD_S: Final = 4 * 3600.0
_LONGEST_LEAVE_S: Final = 60.0
_PAGE_LIMIT: Final = 1000
_REMEMBERED: Final = 500
"""Of so many stores it is known how long they took."""
_UNCHANGEABLE: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


class Desk:
    """One request in, one reply out.

    Args:
        store: Where the applications lie.
        dispatcher: Told when the network is back.
        keeper: Holds room and checks.
        clock: Where the time comes from.
        notary: Signs receipts.
        seal_keys: Says what is to be said of the platform's keys at a moment, milliseconds since 1970.
    """

    def __init__(
        self,
        store: Store,
        dispatcher: Dispatcher,
        keeper: Housekeeper,
        clock: Clock,
        notary: Notary,
        seal_keys: Callable[[int], KeyOutlook],
    ) -> None:
        self._notary = notary
        self._seal_keys = seal_keys
        self._store = store
        self._dispatcher = dispatcher
        self._clock = clock
        self._keeper = keeper
        self._took = deque[float](maxlen=_REMEMBERED)
        self.broken = False
        """Whether the storage failed: what it says can no longer be trusted before it is opened afresh."""

    def answer(self, request: Request, fd: int | None) -> Reply:
        """Return the reply to a request; ``fd`` is the memfd that came along, if any."""
        try:
            with storage_faults():
                return self._answer(request, fd)
        except QueueError as error:
            self.broken = self.broken or error.code == "queue.storage-failed"
            return Failed(error.code, error.detail)

    def _answer(self, request: Request, fd: int | None) -> Reply:
        match request:
            case Submit():
                return self._submit(request, fd)
            case Admit(size_bytes=size_bytes):
                return self._admit(size_bytes)
            case Status(receipt_no=receipt_no) | Wait(receipt_no=receipt_no) | Receipt(receipt_no=receipt_no):
                item = self._store.ledger.by_number(receipt_no)
                return self._receipt(item) if isinstance(request, Receipt) else _status(item)
            case Stats():
                return self._stats()
            case Items(after_seq=after_seq, limit=limit):
                page = self._store.ledger.page(after_seq, min(limit, _PAGE_LIMIT))
                return ItemPage([_status(item) for item in page])
            case _:
                self._obey(request)
                return Done()

    def _obey(self, order: Order) -> None:
        match order:
            case Kick():
                self._dispatcher.kick()
            case Retry() | GiveUp() | MarkPrinted() | MarkExported():
                self._change(order)
            case Hold(size_bytes=size_bytes, seconds=seconds):
                self._need_key()
                self._keeper.hold(size_bytes, min(seconds, _LONGEST_HOLD_S))
            case Release():
                self._keeper.release()
            case LeaveLine(seconds=seconds):
                self._dispatcher.leave_line(min(seconds, _LONGEST_LEAVE_S))
            case Check():
                self._keeper.checkup.begin()
            case Reconcile():
                self._dispatcher.reconcile()
            case _:
                assert_never(order)

    def _change(self, order: Retry | GiveUp | MarkPrinted | MarkExported) -> None:
        ledger = self._store.ledger
        item = ledger.by_number(order.receipt_no)
        match order:
            case Retry():
                ledger.retry(item)
            case GiveUp():
                ledger.give_up(item)
            case MarkPrinted():
                ledger.mark_printed(item)
            case MarkExported():
                ledger.mark_exported(item)

    def _admit(self, size_bytes: int) -> Done | Failed:
        self._need_key()
        full = self._store.level() is Level.RED or not self._store.admits(size_bytes)
        return Failed("queue.no-space") if full else Done()

    def _need_key(self) -> None:
        if not self._outlook().admits:
            raise SealError("seal.no-valid-key")

    def _outlook(self) -> KeyOutlook:
        return self._seal_keys(self._clock.now().wall_ms)

    def _submit(self, request: Submit, fd: int | None) -> Stored | Failed:
        if fd is None or not _is_sealed(fd):
            return Failed("queue.protocol", "a submission comes with a sealed memfd")
        if os.fstat(fd).st_size > MAX_CONTAINER_BYTES:
            return Failed("queue.too-large", f"{os.fstat(fd).st_size} bytes")
        header = read_header(os.pread(fd, PREFIX_BYTES + MAX_HEADER_BYTES, 0))
        if header.service != request.service:
            return Failed("queue.protocol", "sealed for another service")
        begun_s = perf_counter()
        item = self._store.put(header, _chunks(fd), request.order_key)
        self._took.append(perf_counter() - begun_s)
        return self._receipt(item)

    def _receipt(self, item: Item) -> Stored:
        proof = self._notary.receipt(item.receipt_no, item.submission_id, item.digest)
        return Stored(item.receipt_no, item.seq, item.digest, proof)

    def _stats(self) -> QueueStats:
        return report(
            self._store,
            self._keeper,
            self._outlook(),
            breaker_open=self._dispatcher.breaker_open,
            line_left=self._dispatcher.line_left,
            device_key_code=self._notary.code,
            reconciliation=self._dispatcher.last_reconciliation,
            took=self._took,
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
        digest=item.digest,
        kid=item.kid,
        container_ver=item.container_ver,
        clock_conf=item.clock_conf or "unknown",
        exported_ms=item.exported_at,
    )
