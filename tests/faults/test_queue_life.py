"""Properties 10 and 12: the whole life cycle against a model, the invariants I1 and I3 to I7 at every step.

``QUEUE_LIFE_EXAMPLES=2000`` walks two thousand lives instead of a few; the few are the same every time.
"""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from offline_queue import QueueError
from offline_queue.delivery import announcement
from offline_queue.header import read_header
from offline_queue.transport import Accepted, Pace, Trouble, TryLater
from tests.support.drain_bench import RECIPIENT
from tests.support.paper_platform import Weather
from tests.support.queue_model import DAY_S, PowerCut, QueueModel, forged
from tests.support.sealed_queue import TERMINAL, FakeClock, sealed_application

LIVES = int(os.environ.get("QUEUE_LIFE_EXAMPLES", "0"))
QUICK_LIVES = 60
STEPS = 40


class QueueLife(QueueModel):
    # What residents do.

    @rule(
        page_bytes=st.sampled_from([10, 3_000, 700_000]), chain=st.sampled_from([None, b"a" * 16, b"b" * 16])
    )
    def submit(self, page_bytes: int, chain: bytes | None) -> None:
        container = sealed_application([RECIPIENT], page_bytes=page_bytes)
        if not self.disk.full:
            self.store(container, chain)
            return
        rows = len(self.rows())
        with pytest.raises(QueueError, match=r"queue\.no-space"):
            self.store(container, chain)
        assert len(self.rows()) == rows

    @rule(calls=st.integers(0, 6), chain=st.sampled_from([None, b"a" * 16]))
    @precondition(lambda self: not self.disk.full)
    def submit_while_the_power_goes(self, calls: int, chain: bytes | None) -> None:
        container = sealed_application([RECIPIENT], page_bytes=10)
        self.disk.dies_in = calls
        try:
            self.store(container, chain)
        except PowerCut:
            self.restart()
            # The screen still has the visit and hands the same bytes over again.
            self.store(container, chain)
        self.disk.dies_in = None

    @rule(data=st.data())
    @precondition(lambda self: self.promises)
    def submit_the_same_again(self, data: st.DataObject) -> None:
        receipt_no, promise = self.pick(data)
        again = self.queue.store.put(read_header(promise.container), [promise.container], promise.chain)
        assert again.receipt_no == receipt_no

    # What time, power and network do.

    @rule(seconds=st.sampled_from([1.0, 30.0, 400.0, 7_200.0]))
    def pass_time(self, seconds: float) -> None:
        self.queue.run(seconds)

    @rule(calls=st.integers(0, 5), fair=st.booleans())
    def pass_time_until_the_power_goes(self, calls: int, fair: bool) -> None:  # noqa: FBT001 - drawn by name
        if fair:
            self.clear_up()
        self.disk.dies_in = calls
        try:
            self.queue.run(900.0)
        except PowerCut:
            self.restart()
        self.disk.dies_in = None

    @rule()
    def crash(self) -> None:
        self.restart()

    @rule()
    def reboot(self) -> None:
        self.queue.reboot()

    @rule(days=st.sampled_from([-400.0, -30.0, 30.0, 400.0, -20_000.0]))
    def set_the_wall_clock(self, days: float) -> None:
        clock: FakeClock = self.queue.clock
        wall_ms = max(0, clock.stamp.wall_ms + round(1000 * DAY_S * days))
        clock.stamp = replace(clock.stamp, wall_ms=wall_ms)

    @rule(down=st.booleans())
    def change_the_line(self, down: bool) -> None:  # noqa: FBT001 - drawn by name
        self.weather.down = down

    @rule(replies=st.integers(1, 4))
    def lose_replies(self, replies: int) -> None:
        self.weather.lost_replies = replies

    @rule(on=st.booleans())
    def lose_decisions(self, on: bool) -> None:  # noqa: FBT001 - drawn by name
        self.weather.lost_words = on

    @rule(on=st.booleans())
    def double_requests(self, on: bool) -> None:  # noqa: FBT001 - drawn by name
        self.weather.doubled = on

    @rule(on=st.booleans())
    def forge_acknowledgements(self, on: bool) -> None:  # noqa: FBT001 - drawn by name
        self.weather.forges = forged if on else None

    @rule(full=st.booleans())
    def fill_the_disk(self, full: bool) -> None:  # noqa: FBT001 - drawn by name
        self.disk.full = full

    @rule(empty=st.booleans())
    def the_weather_clears(self, empty: bool) -> None:  # noqa: FBT001 - drawn by name
        """Without it most lives would be spent in storms, where nothing can go wrong any more."""
        self.clear_up()
        if empty:
            self.queue.run(DAY_S)

    # What the platform does.

    @rule(
        reason=st.sampled_from([None, Trouble.BUSY, Trouble.AUTH, Trouble.PROCESSING, Trouble.GARBLED]),
        patience_s=st.sampled_from([None, 5.0, 900.0]),
    )
    def change_the_platform(self, reason: Trouble | None, patience_s: float | None) -> None:
        self.weather.busy = None if reason is None else TryLater(reason, patience_s)

    @rule(pace=st.sampled_from([None, Pace(2.0, 60.0), Pace(120.0, 600.0), Pace(0.0, 0.0, 30.0)]))
    def wish_for_a_pace(self, pace: Pace | None) -> None:
        self.weather.pace = pace

    @rule()
    def forget_unfinished_uploads(self) -> None:
        self.queue.platform.forget_uploads()

    @rule(data=st.data())
    @precondition(lambda self: self.promises)
    def forget_an_accepted_one(self, data: st.DataObject) -> None:
        promise = self.pick(data)[1]
        upload = self.queue.platform.uploads.get(promise.name)
        if promise.chain is None and upload is not None and isinstance(upload.word, Accepted):
            self.queue.platform.forget(promise.name)
            promise.forgotten = True

    @rule(
        data=st.data(), how=st.sampled_from(["stumbles_over", "hangs_over", "refuses", "disputes", "rejects"])
    )
    @precondition(lambda self: self.promises)
    def take_offence(self, data: st.DataObject, how: str) -> None:
        getattr(self.weather, how).add(self.pick(data)[1].name)

    # What operators do.

    @rule()
    def retry_by_hand(self) -> None:
        self.retry_all()

    @rule(data=st.data())
    @precondition(lambda self: self.promises)
    def carry_a_copy_to_the_platform(self, data: st.DataObject) -> None:
        promise = self.pick(data)[1]
        if promise.chain is not None or promise.forgotten:
            return
        # The desk takes it by the same calls; no weather reaches a stick.
        was, self.queue.platform.weather = self.weather, Weather(rejects=self.weather.rejects)
        row = self.row(promise)
        self.queue.platform.announce(announcement(row, TERMINAL))
        told = len(self.queue.platform.uploads[promise.name].received)
        self.queue.platform.append(promise.name, told, promise.container[told:], last=True)
        self.queue.platform.weather = was

    @rule()
    def compare_accounts(self) -> None:
        self.queue.dispatcher.reconcile()

    @rule()
    def hear_that_the_line_is_back(self) -> None:
        self.queue.dispatcher.kick()


QueueLife.TestCase.settings = settings(
    max_examples=LIVES or QUICK_LIVES,
    stateful_step_count=STEPS,
    derandomize=not LIVES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
test_whatever_happens_in_a_queue_s_life_no_receipt_is_broken = pytest.mark.timeout(3600 if LIVES else 180)(
    QueueLife.TestCase
)
