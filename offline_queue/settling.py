"""Writes down what came of an attempt, and what it teaches about the line."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Final, assert_never

from offline_queue import schedule
from offline_queue.ack import Ack, Verdict, to_json
from offline_queue.clock import Clock
from offline_queue.delivery import UNREAD, Delivered, Interrupted, Outcome, Refused, Stuck, Unfinished
from offline_queue.item import LOST_HERE, Item
from offline_queue.ledger import Acked
from offline_queue.pace import LinePace
from offline_queue.store import Store
from offline_queue.transport import Trouble

NETWORK: Final = frozenset({Trouble.OFFLINE, Trouble.TIMEOUT, Trouble.GARBLED})
_AUTH_PAUSE_S: Final = 60.0
_WIPED_AT_ONCE: Final = 16
_WIPED_BYTES: Final = 64 * 1024 * 1024
_WIPED_WITHIN_MS: Final = 500
_log: Final = logging.getLogger(__name__)


class Settler:
    """Lives on the thread that owns the store.

    Args:
        store: Where the applications lie.
        clock: Where the time comes from.
        dice: Uniform 0..1, for every pause.
    """

    def __init__(self, store: Store, clock: Clock, dice: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._dice = dice
        self._settled: list[Item] = []
        self._since_ms = 0

    def settle(self, item: Item, outcome: Outcome, line: LinePace) -> LinePace:
        """Write down what came of an attempt; returns what is known of the line now."""
        match outcome:
            case Delivered(ack=ack):
                self.accept(item, ack)
                return self.delivered(line)
            case Refused(verdict=verdict):
                self.reject(item, verdict)
                return self.delivered(line)
            case Stuck(code=code):
                self._store.ledger.need_attention(item, code)
                _log.error(code, extra={"receipt_no": item.receipt_no})
                return line if code in LOST_HERE else self._heard(line)
            case Interrupted(offset=offset):
                self._store.ledger.put_back(
                    item, "interrupted", not_before_ms=None, offset=offset, counted=False
                )
                return line
            case Unfinished():
                self._put_off(item, outcome)
                return self.learn(line, outcome.reason, outcome.retry_after_s)
            case _:
                assert_never(outcome)

    def accept(self, item: Item, ack: Ack) -> None:
        """Commit a verified acknowledgement; ``sweep`` wipes, and a start wipes what was not swept."""
        self.accept_all([(item, ack)])

    def accept_all(self, delivered: Sequence[tuple[Item, Ack]]) -> None:
        """Commit several verified acknowledgements at once."""
        self._store.ledger.accept_all(
            *(Acked(item, ack.acceptance_no, json.dumps(to_json(ack)).encode()) for item, ack in delivered)
        )
        for item, _ in delivered:
            self._note(item)
            _log.info("queue.delivered", extra={"receipt_no": item.receipt_no})

    def delivered(self, line: LinePace) -> LinePace:
        """Return what is known of the line after an application was settled."""
        return self._heard(line).delivered(self._now_ms(), self._dice())

    def reject(self, item: Item, verdict: Verdict) -> None:
        """Commit a verified refusal; wiped as above."""
        self._store.ledger.reject(item, verdict.reason, json.dumps(to_json(verdict)).encode())
        self._note(item)
        _log.warning("queue.rejected", extra={"receipt_no": item.receipt_no})

    def sweep(self, *, at_leisure: bool = False) -> None:
        """Wipe what is settled.

        Args:
            at_leisure: More will be settled in a moment; several are then wiped at once, which costs the disk
                one flush instead of one for each.
        """
        if not self._settled:
            return
        is_due = (
            len(self._settled) >= _WIPED_AT_ONCE
            or sum(item.size for item in self._settled) >= _WIPED_BYTES
            or self._now_ms() - self._since_ms >= _WIPED_WITHIN_MS
        )
        if is_due or not at_leisure:
            items, self._settled = self._settled, []
            self._store.wipe(*items)

    def _note(self, item: Item) -> None:
        if not self._settled:
            self._since_ms = self._now_ms()
        self._settled.append(item)

    def learn(self, line: LinePace, reason: Trouble | str, retry_after_s: float | None) -> LinePace:
        """Return what one trouble teaches about the line and the platform as a whole."""
        now_ms = self._now_ms()
        if reason in NETWORK:
            return line.lost(now_ms, self._dice())
        if reason == UNREAD:
            return line.hindered(now_ms, self._dice())
        line = self._heard(line).stumbled()
        if reason == Trouble.AUTH:
            _log.error("platform.auth")
            return line.held(now_ms, _AUTH_PAUSE_S, self._dice())
        if reason == Trouble.BUSY and retry_after_s is not None:
            return line.held(now_ms, retry_after_s, self._dice())
        return line

    def _put_off(self, item: Item, outcome: Unfinished) -> None:
        blameless = outcome.reason == Trouble.AUTH
        refused = item.refusals + (bool(outcome.mark) and outcome.mark != item.refusal_mark)
        pause_s = 0.0 if blameless else schedule.pause_s(item.attempts + 1, self._dice())
        if outcome.retry_after_s is not None:
            pause_s = max(pause_s, schedule.asked_pause_s(outcome.retry_after_s, self._dice()))
        self._store.ledger.put_back(
            item,
            str(outcome.reason),
            not_before_ms=self._now_ms() + round(1000 * pause_s),
            offset=outcome.offset,
            counted=not blameless,
            refusal_mark=outcome.mark,
        )
        if refused >= schedule.REFUSALS_MAX:
            self._store.ledger.need_attention(item, "platform.refused")
            _log.error("platform.refused", extra={"receipt_no": item.receipt_no})
            return
        _log.info("queue.put-off", extra={"receipt_no": item.receipt_no, "reason": str(outcome.reason)})

    def _heard(self, line: LinePace) -> LinePace:
        return line.answered(self._now_ms(), self._dice())

    def _now_ms(self) -> int:
        return self._clock.now().mono_ms
