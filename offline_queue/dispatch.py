"""Decides what is sent when, and writes down what came of it. Lives on the thread that owns the store.

The network is only ever waited for on the courier's own thread, so a slow line delays no submission.
"""

import json
import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, assert_never

from offline_queue import schedule
from offline_queue.ack import to_json
from offline_queue.clock import Clock, Stamp
from offline_queue.delivery import (
    Courier,
    Delivered,
    Errand,
    Interrupted,
    Outcome,
    Refused,
    Stuck,
    Unfinished,
)
from offline_queue.item import Item
from offline_queue.store import Store
from offline_queue.transport import Announcement, Reachable, Transport, Trouble, TryLater

_NETWORK: Final = frozenset({Trouble.OFFLINE, Trouble.TIMEOUT, Trouble.GARBLED})
_AUTH_PAUSE_S: Final = 60.0
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sending:
    item: Item
    outcome: Future[Outcome]


@dataclass(frozen=True, slots=True)
class _Probing:
    answer: Future[Reachable | TryLater]


class Dispatcher:
    """Sends one application at a time.

    Args:
        store: Where they lie.
        courier: Carries them.
        transport: Pinged while the breaker is open.
        clock: Where the time comes from.
        dice: Uniform 0..1, for every pause.
        wake: Called from the courier's thread when ``tick`` has something to do.
    """

    def __init__(
        self,
        store: Store,
        courier: Courier,
        transport: Transport,
        clock: Clock,
        *,
        dice: Callable[[], float],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._courier = courier
        self._transport = transport
        self._clock = clock
        self._dice = dice
        self._wake = wake
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lane-delivery")
        self._under_way: _Sending | _Probing | None = None
        self._breaker = schedule.Breaker()
        self._hold_until_ms = 0
        self._turn = 0

    @property
    def breaker_open(self) -> bool:
        """Whether the line is thought to be down."""
        return self._breaker.is_open

    def finish(self) -> None:
        """Stop after the chunk under way and write down what came of it."""
        self.close()
        self._collect()

    def close(self) -> None:
        """Stop after the chunk under way; what was being sent is taken up at the next start."""
        self._courier.interrupt.set()
        self._lane.shutdown(wait=True, cancel_futures=True)

    def kick(self) -> None:
        """Take the line for restored: whatever the network delayed is due at once."""
        self._breaker = schedule.Breaker()
        self._store.ledger.hurry(tuple(_NETWORK))

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
        if self._under_way is None and now.mono_ms >= self._hold_until_ms:
            self._start(now, awaited)
        if self._under_way is None:
            return self._next_ms(now)
        if isinstance(self._under_way, _Sending) and self._should_make_way(
            self._under_way.item, now, awaited
        ):
            self._courier.interrupt.set()
        return None

    def _start(self, now: Stamp, awaited: Collection[str]) -> None:
        self._courier.interrupt.clear()
        untried_only = self._breaker.is_open
        item = self._store.ledger.due_among(now, awaited, untried_only=untried_only)
        if item is None:
            oldest = schedule.takes_oldest(self._turn)
            item = self._store.ledger.due(now, oldest=oldest, untried_only=untried_only)
        if item is not None:
            self._turn += 1
            self._store.ledger.lease(item)
            errand = Errand(
                self._meta(item), self._store.container_path(item), tried_before=item.attempts > 0
            )
            sent = self._lane.submit(self._courier.carry, errand)
            self._under_way = _Sending(item, sent)
            sent.add_done_callback(lambda _: self._wake())
        elif self._breaker.probe_due(now.mono_ms):
            answer = self._lane.submit(self._transport.ping)
            self._under_way = _Probing(answer)
            answer.add_done_callback(lambda _: self._wake())

    def _collect(self) -> None:
        match self._under_way:
            case _Sending(item=item, outcome=outcome) if outcome.done():
                self._under_way = None
                self._settle(item, Interrupted(0) if outcome.cancelled() else outcome.result())
            case _Probing(answer=answer) if answer.done():
                self._under_way = None
                if not answer.cancelled():
                    self._heed(answer.result())
            case _:
                pass

    def _settle(self, item: Item, outcome: Outcome) -> None:
        match outcome:
            case Delivered(ack=ack):
                self._breaker = schedule.Breaker()
                self._store.ledger.accept(item, ack.acceptance_no, json.dumps(to_json(ack)).encode())
                self._store.wipe(item)
                _log.info("queue.delivered", extra={"receipt_no": item.receipt_no})
            case Refused(verdict=verdict):
                self._breaker = schedule.Breaker()
                self._store.ledger.reject(item, verdict.reason, json.dumps(to_json(verdict)).encode())
                self._store.wipe(item)
                _log.warning("queue.rejected", extra={"receipt_no": item.receipt_no})
            case Stuck(code=code):
                self._store.ledger.need_attention(item, code)
                _log.error(code, extra={"receipt_no": item.receipt_no})
            case Interrupted(offset=offset):
                self._store.ledger.put_back(item, "interrupted", not_before_ms=None, offset=offset)
            case Unfinished():
                self._put_off(item, outcome)
            case _:
                assert_never(outcome)

    def _put_off(self, item: Item, outcome: Unfinished) -> None:
        self._note(outcome.reason, outcome.retry_after_s)
        pause_s = schedule.pause_s(item.attempts + 1, self._dice())
        if outcome.retry_after_s is not None:
            pause_s = max(pause_s, schedule.asked_pause_s(outcome.retry_after_s, self._dice()))
        self._store.ledger.put_back(
            item, str(outcome.reason), not_before_ms=self._in_ms(pause_s), offset=outcome.offset
        )
        _log.info("queue.put-off", extra={"receipt_no": item.receipt_no, "reason": str(outcome.reason)})

    def _heed(self, answer: Reachable | TryLater) -> None:
        self._breaker = self._breaker.probed()
        if isinstance(answer, TryLater):
            self._note(answer.reason, answer.retry_after_s)

    def _note(self, reason: Trouble | str, retry_after_s: float | None) -> None:
        """Learn about the line and the platform as a whole from one item's trouble."""
        if reason in _NETWORK:
            self._breaker = self._breaker.failed(self._clock.now().mono_ms, self._dice())
            return
        self._breaker = schedule.Breaker()
        if reason == Trouble.AUTH:
            self._hold_until_ms = self._in_ms(schedule.asked_pause_s(_AUTH_PAUSE_S, self._dice()))
            _log.error("platform.auth")
        elif reason == Trouble.BUSY and retry_after_s is not None:
            self._hold_until_ms = self._in_ms(schedule.asked_pause_s(retry_after_s, self._dice()))

    def _should_make_way(self, sending: Item, now: Stamp, awaited: Collection[str]) -> bool:
        if not awaited or sending.receipt_no in awaited:
            return False
        return self._store.ledger.due_among(now, awaited, untried_only=False) is not None

    def _next_ms(self, now: Stamp) -> int | None:
        if now.mono_ms < self._hold_until_ms:
            return self._hold_until_ms
        if self._breaker.is_open:
            return self._breaker.probe_at_ms
        return self._store.ledger.next_due_ms(now)

    def _in_ms(self, pause_s: float) -> int:
        return self._clock.now().mono_ms + round(1000 * pause_s)

    def _meta(self, item: Item) -> Announcement:
        return Announcement(
            submission_id=item.submission_id.hex(),
            digest=item.digest.hex(),
            size=item.size,
            service=item.service,
            seq=item.seq,
            receipt_no=item.receipt_no,
            kid=item.kid,
            container_ver=item.container_ver,
            terminal=self._store.terminal,
        )
