"""Decides what is sent when. Lives on the thread that owns the store.

The network is only ever waited for on the courier's own lane, so a slow line delays no submission.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from typing import Final

from offline_queue import schedule
from offline_queue.clock import Clock, Stamp
from offline_queue.delivery import Delivered, Errand, Outcome, Unfinished, announcement
from offline_queue.item import Item
from offline_queue.lane import Comparing, Heard, Lane, Probing, Sending
from offline_queue.pace import LinePace
from offline_queue.reconcile import Reconciler, Reconciliation
from offline_queue.settling import NETWORK, Settler
from offline_queue.store import Store
from offline_queue.transport import (
    Holdings,
    Pace,
    Reachable,
    Reconciled,
    Transport,
    Trouble,
    TryLater,
)
from offline_queue.turns import Order

_NOTE: Final = "line"
_PATIENCE_MS: Final = 600_000
_MUCH_SMALLER: Final = 4


class Dispatcher:
    """Sends one application at a time, and has the next one ready while the line is calm.

    Args:
        store: Where they lie.
        transport: The way to the platform.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
        clock: Where the time comes from.
        dice: Uniform 0..1, for every pause.
        wake: Called from the lane's thread when ``tick`` has something to do.
        lane: Where the network is waited for, one job after the other; a thread of its own unless told.
        reads: Where containers are read ahead; likewise.
    """

    def __init__(
        self,
        store: Store,
        transport: Transport,
        ack_keys: Mapping[str, bytes],
        clock: Clock,
        *,
        dice: Callable[[], float],
        wake: Callable[[], None],
        lane: Executor | None = None,
        reads: Executor | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._dice = dice
        self._lane = Lane(transport, ack_keys, wake, lane, reads)
        self._line = LinePace.resume(store.notes.get(_NOTE), clock.now(), dice())
        self._kept = self._line
        self._settler = Settler(store, clock, dice)
        self._reconciler = Reconciler(store, self._settler, ack_keys, clock, dice)
        self._turn = 0
        self._left_until_ms = 0

    @property
    def breaker_open(self) -> bool:
        """Whether the line is thought to be down."""
        return self._line.breaker.is_open

    @property
    def line_left(self) -> bool:
        """Whether most of the line is left to a resident."""
        return self._clock.now().mono_ms < self._left_until_ms

    @property
    def last_reconciliation(self) -> Reconciliation:
        """What the last comparison with the platform found."""
        return self._reconciler.last

    def finish(self) -> None:
        """Stop after the chunk under way and write down what came of it."""
        self.close()
        self._collect()
        self._settler.sweep()

    def close(self) -> None:
        """Stop after the chunk under way; what was being sent is taken up at the next start."""
        self._lane.close()

    def kick(self) -> None:
        """Take the line for restored: whatever the network delayed is due once the crowd has spread."""
        self._change(self._line.restored(self._clock.now().mono_ms, self._dice()))
        self._store.ledger.hurry(tuple(NETWORK))

    def leave_line(self, seconds: float) -> None:
        """Leave most of the line to a resident for so long; what is awaited goes at full speed."""
        self._left_until_ms = self._clock.now().mono_ms + round(1000 * seconds)

    def reconcile(self) -> None:
        """Compare with the platform as soon as the line allows."""
        self._reconciler.demand()

    def tick(self, awaited: Collection[str] = ()) -> int | None:
        """Write down what has come back and start what is due.

        Args:
            awaited: Receipt numbers somebody is waiting for; they go first.

        Returns:
            Milliseconds of this boot at which to call again at the latest, or None while there is nothing to
            wait for but ``wake`` and new applications.
        """
        self._collect()
        now = self._clock.now()
        if self._lane.under_way is None and now.mono_ms >= self._line.hold_until_ms:
            self._start(now, awaited)
        under_way = self._lane.under_way
        # Told to stop first: what rests goes on in the moment in which the line is its own again.
        hurries = isinstance(under_way, Sending) and self._hurries(under_way.item, now, awaited)
        leaves_line = now.mono_ms < self._left_until_ms and not hurries
        self._lane.courier.courtesy.heed(needed=leaves_line)
        if not awaited and not leaves_line and isinstance(under_way, Sending) and self._lane.has_few:
            self._look_ahead(now)
        # What is settled is wiped while the next one is on its way.
        self._settler.sweep(at_leisure=bool(self._lane.follow))
        if self._lane.under_way is None:
            due_ms, compare_ms = self._store.turns.next_due_ms(now), self._reconciler.due_ms
            return self._line.next_ms(now.mono_ms, compare_ms if due_ms is None else min(due_ms, compare_ms))
        if isinstance(under_way, Sending) and (not awaited or under_way.item.receipt_no in awaited):
            self._share(under_way.item, now)
        return self._left_until_ms if leaves_line else None

    def _start(self, now: Stamp, awaited: Collection[str]) -> None:
        line = self._line
        is_open = line.breaker.is_open
        item = self._store.turns.due_among(now, awaited, untried_only=is_open)
        is_quiet = now.mono_ms < line.quiet_until_ms
        if item is None and is_open and not is_quiet:
            # Somebody may have repaired the line just now, and the next probe is a minute away.
            item = self._store.turns.due(now, Order.SMALLEST, untried_only=True)
        if item is not None:
            self._send(item)
        elif is_open:
            if line.breaker.probe_due(now.mono_ms):
                self._lane.ping()
        elif not is_quiet:
            self._go_on(now)

    def _go_on(self, now: Stamp) -> None:
        # Applications go first, but a comparison does not wait for ever either.
        overdue = now.mono_ms - self._reconciler.due_ms
        item = None if overdue > _PATIENCE_MS else self._store.turns.due(now, self._order())
        if item is not None:
            self._turn += 1
            self._send(item)
        elif overdue >= 0:
            self._compare()

    def _look_ahead(self, now: Stamp) -> None:
        """Choose what goes next while one is on its way, as long as nothing speaks against the next one."""
        if not self._line.is_calm(now.mono_ms) or now.mono_ms - self._reconciler.due_ms > _PATIENCE_MS:
            return
        ahead = [one.item for one in self._lane.follow]
        leased = len(ahead)
        due: dict[Order, list[Item]] = {}
        for _ in range(schedule.AHEAD_MAX):
            order = self._order()
            if order not in due:
                due[order] = self._store.turns.due_ahead(now, order, schedule.AHEAD_MAX)
            item = next((item for item in due[order] if item not in ahead), None)
            if item is None or (ahead and not _fit_ahead([*ahead, item], self._lane.courier.at_once_bytes)):
                # Who is too large to follow waits for an idle lane, and nobody overtakes.
                break
            ahead.append(item)
            self._turn += 1
        self._send(*ahead[leased:])

    def _order(self) -> Order:
        if self._line.cautious:
            return Order.LEAST_TRIED
        return Order.OLDEST if schedule.takes_oldest(self._turn) else Order.SMALLEST

    def _send(self, *items: Item) -> None:
        if not items:
            return
        self._store.ledger.lease(*items)
        for item in items:
            meta = announcement(item, self._store.terminal, self._store.turns.before_in_chain(item))
            tried = item.attempts > 0 or item.upload_offset_hint > 0
            self._lane.send(item, Errand(meta, self._store.container_path(item), tried_before=tried))

    def _compare(self) -> None:
        page = self._reconciler.next_page()
        if page is not None:
            self._lane.compare(page)

    def _collect(self) -> None:
        came: list[Sending | Probing | Comparing] = []
        while (one := self._lane.take()) is not None:
            came.append(one)
        told = [(one.item, one.result()) for one in came if isinstance(one, Sending)]
        acked = [(item, heard.answer.ack) for item, heard in told if isinstance(heard.answer, Delivered)]
        if acked:
            # Several that came in together cost one flush of the disk.
            self._settler.accept_all(acked)
        for item, heard in told:
            self._settle(item, heard)
        for one in came:
            match one:
                case Probing(heard=heard) if not heard.cancelled():
                    self._heed(heard.result())
                case Comparing(page=page, heard=heard) if not heard.cancelled():
                    self._take_account(page, heard.result())
                case _:
                    pass

    def _settle(self, item: Item, told: Heard[Outcome]) -> None:
        line = self._paced(told.pace)
        if isinstance(told.answer, Delivered):
            self._change(self._settler.delivered(line))
            return
        self._change(self._settler.settle(item, told.answer, line))
        if isinstance(told.answer, Unfinished) and told.answer.reason == Trouble.OUT_OF_ORDER:
            # The platform lacks the one before, which this terminal takes for delivered.
            self._reconciler.demand()

    def _heed(self, told: Heard[Reachable | TryLater]) -> None:
        line = self._paced(told.pace)
        now_ms = self._clock.now().mono_ms
        match told.answer:
            case Reachable():
                line = line.probed(now_ms, self._dice())
            case TryLater(reason=reason) if reason in NETWORK:
                line = line.lost(now_ms, self._dice())
            case TryLater(reason=reason, retry_after_s=retry_after_s):
                line = self._settler.learn(line.probed(now_ms, self._dice()), reason, retry_after_s)
        self._change(line)

    def _take_account(self, page: Holdings, told: Heard[Reconciled | TryLater]) -> None:
        self._reconciler.apply(page, told.answer)
        line = self._paced(told.pace)
        # A platform that cannot compare accounts is none that is down.
        if isinstance(told.answer, TryLater) and told.answer.reason is not Trouble.GARBLED:
            line = self._settler.learn(line, told.answer.reason, told.answer.retry_after_s)
        self._change(line)

    def _paced(self, pace: Pace | None) -> LinePace:
        return self._line.asked(self._clock.now().mono_ms, pace, self._dice())

    def _change(self, line: LinePace) -> None:
        if self._line.breaker.is_open and not line.breaker.is_open:
            self._reconciler.demand()
        self._line = line
        if line.differs(self._kept):
            self._store.notes.put(_NOTE, line.keep(self._clock.now().boot))
            self._kept = line

    def _hurries(self, sending: Item, now: Stamp, awaited: Collection[str]) -> bool:
        """Return whether what is on its way is what somebody waits for, or has been told to stop for it."""
        if not awaited or sending.receipt_no in awaited:
            return bool(awaited)
        is_leased = any(one.item.receipt_no in awaited for one in self._lane.follow)
        is_open = self._line.breaker.is_open
        if not is_leased and self._store.turns.due_among(now, awaited, untried_only=is_open) is None:
            return False
        self._lane.courier.interrupt.set()
        return True

    def _share(self, sending: Item, now: Stamp) -> None:
        if self._line.breaker.is_open or now.mono_ms < self._line.quiet_until_ms:
            return
        # To make way for one of its own size would only cost both a question more.
        follow = [one.item for one in self._lane.follow]
        others = (*follow, *self._store.turns.due_ahead(now, Order.SMALLEST, 1))
        if any(other.size <= sending.size // _MUCH_SMALLER for other in others):
            self._lane.courier.share.set()


def _fit_ahead(items: Sequence[Item], at_once_bytes: int) -> bool:
    # What has come part of the way goes on in chunks and makes way after a budget; who follows it waits.
    goes_whole = not any(item.upload_offset_hint for item in items)
    bytes_max = max(schedule.BUDGET_BYTES, at_once_bytes if goes_whole else 0)
    return sum(item.size for item in items) <= bytes_max
