"""Compares with the platform what both sides hold, once a day and after every outage.

A lost acknowledgement is made good by the platform's signed word; an application that the platform lost is
sent again while its container is still there; numbers that nobody has an application for are told to people.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from offline_queue import schedule
from offline_queue.ack import Ack, verify
from offline_queue.clock import Clock
from offline_queue.delivery import announcement
from offline_queue.errors import AckError
from offline_queue.item import SETTLED, Item, ItemState
from offline_queue.numbers import make_number
from offline_queue.settling import Settler
from offline_queue.store import Store
from offline_queue.transport import HOLDINGS_MAX, Accepted, Holding, Holdings, Reconciled, Rejected, TryLater

DAY_S: Final = 24 * 3600.0
SPREAD_S: Final = 2 * 3600.0
WINDOW: Final = 2000
"""So many of the newest numbers are compared, and every one before them that is not settled."""
_NOTE: Final = "reconciled"
_RETRY_S: Final = 60.0
_DIGEST_DIGITS: Final = 8
_log: Final = logging.getLogger(__name__)


class Reconciliation(msgspec.Struct, frozen=True):
    """What the last whole comparison found.

    Args:
        boot: Of which boot ``mono_ms`` is; empty before the first.
        mono_ms: When it ended.
        wall_ms: The same as the terminal believed, milliseconds since 1970.
        compared: Applications.
        repaired: Lost acknowledgements made good.
        sent_again: Applications the platform had lost and that are sent again.
        lost: Applications the platform had lost whose containers are gone; people must act.
        conflicts: Ids the platform knows with another container.
        gaps: Numbers nobody has an application for.
    """

    boot: str = ""
    mono_ms: int = 0
    wall_ms: int = 0
    compared: int = 0
    repaired: int = 0
    sent_again: int = 0
    lost: int = 0
    conflicts: int = 0
    gaps: int = 0


class Reconciler:
    """Page by page, so that applications can go in between. Lives on the thread that owns the store.

    Args:
        store: Where the applications lie.
        settler: Writes answers down.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
        clock: Where the time comes from.
        dice: Uniform 0..1, for every pause.
    """

    def __init__(
        self,
        store: Store,
        settler: Settler,
        ack_keys: Mapping[str, bytes],
        clock: Clock,
        dice: Callable[[], float],
    ) -> None:
        self._store = store
        self._settler = settler
        self._ack_keys = ack_keys
        self._clock = clock
        self._dice = dice
        self._next_seq: int | None = None
        self._found: Counter[str] = Counter()
        self._failures = 0
        self.last = _read(store.notes.get(_NOTE))
        """What the last comparison found."""
        now = clock.now()
        if self._newest() == 0:
            self._due_ms = self._tomorrow_ms(now.mono_ms)
        elif self.last.boot == now.boot:
            self._due_ms = self._tomorrow_ms(self.last.mono_ms)
        else:
            spread_s = schedule.OUTAGE_SPREAD_S * dice()
            self._due_ms = now.mono_ms + round(1000 * (_RETRY_S + spread_s))

    @property
    def due_ms(self) -> int:
        """When to compare next, in milliseconds of this boot."""
        return self._due_ms

    def demand(self) -> None:
        """Compare as soon as the line allows."""
        self._due_ms = self._clock.now().mono_ms

    def next_page(self) -> Holdings | None:
        """Return what to ask the platform next; None when there is nothing to compare."""
        newest = self._newest()
        if newest == 0:
            self._finish()
            return None
        if self._next_seq is None or self._next_seq > newest:
            self._next_seq = min(self._store.turns.first_unsettled() or newest, max(1, newest - WINDOW + 1))
            self._found.clear()
        first = self._next_seq
        last = min(newest, first + HOLDINGS_MAX - 1)
        items = self._store.ledger.page(first - 1, HOLDINGS_MAX)
        held = tuple(_holding(item) for item in items if item.seq <= last)
        return Holdings(self._store.terminal, newest, first, last, held)

    def apply(self, page: Holdings, answer: Reconciled | TryLater) -> None:
        """Write down what the platform answered about a page."""
        if isinstance(answer, TryLater):
            self._failures += 1
            pause_s = max(_RETRY_S, answer.retry_after_s or 0.0, schedule.pause_s(self._failures, 1.0))
            self._due_ms = self._clock.now().mono_ms + round(1000 * pause_s * (1 + self._dice()))
            return
        self._failures = 0
        self._found["compared"] += len(page.items)
        for name in (*answer.unknown, *answer.unfinished):
            self._miss(name)
        for name in answer.conflicts:
            self._dispute(name)
        # Last: against a signed word nothing counts that is only said.
        for word in answer.settled:
            self._repair(word)
        for seq in answer.gaps:
            if not page.first_seq <= seq <= page.last_seq:
                continue
            self._found["gaps"] += 1
            _log.error("queue.number-gap", extra={"receipt_no": make_number(self._store.terminal, seq)})
        self._next_seq = page.last_seq + 1
        if self._next_seq > self._newest():
            self._finish()

    def _repair(self, word: Accepted | Rejected) -> None:
        told = word.ack if isinstance(word, Accepted) else word.verdict
        item = self._item(told.submission_id)
        if item is None or item.state in SETTLED:
            return
        try:
            verify(told, announcement(item, self._store.terminal), self._ack_keys)
        except AckError as error:
            _log.warning(error.code, extra={"receipt_no": item.receipt_no})
            return
        if isinstance(told, Ack):
            self._settler.accept(item, told)
        else:
            self._settler.reject(item, told)
        self._found["repaired"] += 1

    def _miss(self, name: str) -> None:
        """Deal with an application that the platform has never heard of, or no longer knows, or not whole."""
        item = self._item(name)
        if item is None or item.state not in SETTLED:
            # It simply has not been sent yet, or its unfinished upload was forgotten: it is sent anyway.
            return
        _log.error("platform.forgotten", extra={"receipt_no": item.receipt_no})
        if item.state != ItemState.WIPED and self._store.container_path(item).exists():
            self._store.ledger.send_again(item)
            self._found["sent_again"] += 1
        else:
            self._store.ledger.need_attention(item, "platform.forgotten")
            self._found["lost"] += 1

    def _dispute(self, name: str) -> None:
        item = self._item(name)
        if item is None:
            return
        self._found["conflicts"] += 1
        _log.error("platform.digest-conflict", extra={"receipt_no": item.receipt_no})
        if item.state == ItemState.QUEUED:
            self._store.ledger.need_attention(item, "platform.digest-conflict")

    def _finish(self) -> None:
        now = self._clock.now()
        self.last = Reconciliation(now.boot, now.mono_ms, now.wall_ms, **self._found)
        self._next_seq = None
        self._due_ms = self._tomorrow_ms(now.mono_ms)
        self._store.notes.put(_NOTE, msgspec.json.encode(self.last))
        _log.info("queue.reconciled")

    def _item(self, name: str) -> Item | None:
        try:
            return self._store.ledger.by_id(bytes.fromhex(name))
        except ValueError:
            return None

    def _newest(self) -> int:
        return self._store.ledger.next_seq() - 1

    def _tomorrow_ms(self, from_ms: int) -> int:
        # A little less than a day, and not all terminals of a district at once.
        return from_ms + round(1000 * (DAY_S - SPREAD_S * self._dice()))


def _holding(item: Item) -> Holding:
    return Holding(item.seq, item.submission_id.hex(), item.digest.hex()[:_DIGEST_DIGITS], item.state)


def _read(note: bytes | None) -> Reconciliation:
    try:
        return msgspec.json.decode(note or b"{}", type=Reconciliation)
    except ValueError:
        return Reconciliation()
