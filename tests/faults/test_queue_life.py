"""Properties 10 and 12: the whole life cycle against a model, the invariants I1 and I3 to I7 at every step.

``QUEUE_LIFE_EXAMPLES=2000`` walks two thousand lives instead of a few; the few are the same every time.
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from offline_queue import ItemState, QueueError
from offline_queue.ack import Ack, ack_from_json, verdict_from_json, verify
from offline_queue.delivery import announcement
from offline_queue.errors import AckError
from offline_queue.header import read_header
from offline_queue.item import Item
from offline_queue.transport import Accepted, Pace, Trouble, TryLater
from tests.support.drain_bench import RECIPIENT, DrainBench, UnflushedDisk
from tests.support.paper_platform import ACK_KEYS, Weather
from tests.support.sealed_queue import TERMINAL, FakeClock, sealed_application

LIVES = int(os.environ.get("QUEUE_LIFE_EXAMPLES", "0"))
QUICK_LIVES = 60
STEPS = 40
DAY_S = 24 * 3600.0
SETTLED = {ItemState.ACKED, ItemState.REJECTED, ItemState.WIPED}


class PowerCut(Exception):  # noqa: N818 - not an error: what happens
    """The machine is gone in the middle of a call."""


class FailingDisk(UnflushedDisk):
    """Is full, or dies at a call, when told."""

    def __init__(self) -> None:
        self.full = False
        self.dies_in: int | None = None

    def write_temporary(self, path: Path, chunks: Any) -> tuple[bytes, int]:
        self._call()
        if self.full:
            raise OSError(ENOSPC, "full")
        return super().write_temporary(path, chunks)

    def rename(self, source: Path, target: Path) -> None:
        self._call()
        super().rename(source, target)

    def unlink(self, path: Path) -> None:
        self._call()
        super().unlink(path)

    def fsync_directory(self, directory: Path) -> None:
        self._call()
        super().fsync_directory(directory)

    def _call(self) -> None:
        if self.dies_in is not None:
            if self.dies_in == 0:
                raise PowerCut
            self.dies_in -= 1


@dataclass
class Promise:
    """What a resident holds a receipt for."""

    seq: int
    submission_id: bytes
    container: bytes
    chain: bytes | None
    forgotten: bool = False

    @property
    def name(self) -> str:
        return self.submission_id.hex()


class QueueLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
        self.disk = FailingDisk()
        self.promises: dict[str, Promise] = {}
        self.bench: DrainBench | None = None

    @initialize(seed=st.integers(0, 2**32 - 1), forging=st.booleans())
    def begin(self, seed: int, forging: bool) -> None:  # noqa: FBT001 - drawn by name
        self.bench = DrainBench(self.folder / "queue", dice=Random(seed).random, disk=self.disk)
        self.forge_acknowledgements(forging)

    @property
    def queue(self) -> DrainBench:
        assert self.bench is not None
        return self.bench

    @property
    def weather(self) -> Weather:
        return self.queue.platform.weather

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
        self.weather.forges = (lambda ack: replace(ack, acceptance_no="3301999999")) if on else None

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
        for item in self.rows():
            if item.state == ItemState.ATTENTION:
                self.queue.store.ledger.retry(item)

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

    # What must be true, always.

    @invariant()
    def every_receipt_is_kept_until_it_is_answered_for(self) -> None:
        files = self.queue.containers() if self.bench else set[str]()
        for receipt_no, promise in self.promises.items():
            row = self.queue.store.ledger.by_number(receipt_no)
            assert (row.seq, row.submission_id) == (promise.seq, promise.submission_id)
            if row.state in SETTLED or promise.forgotten:
                self.assert_proven(row)
                continue
            assert row.file in files
            content = (self.queue.directory / "containers" / row.file).read_bytes()
            assert content == promise.container
            assert sha256(content).digest() == row.digest

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        if self.bench is not None:
            assert [row.seq for row in self.rows()] == list(range(1, len(self.promises) + 1))

    @invariant()
    def no_application_becomes_two_cases(self) -> None:
        if self.bench is not None:
            assert len(set(self.queue.platform.cases)) == len(self.queue.platform.cases)

    @invariant()
    def a_chain_arrives_in_its_order(self) -> None:
        for chain in (b"a" * 16, b"b" * 16):
            of_chain = {
                promise.name: promise.seq for promise in self.promises.values() if promise.chain == chain
            }
            arrived = [of_chain[name] for name in self.queue.platform.cases if name in of_chain]
            assert arrived == sorted(arrived)

    def teardown(self) -> None:
        try:
            if self.bench is not None:
                self.in_fair_weather_everything_arrives()
        finally:
            if self.bench is not None:
                self.bench.close()
            shutil.rmtree(self.folder)

    def in_fair_weather_everything_arrives(self) -> None:
        self.clear_up()
        rejects = self.weather.rejects
        self.queue.run(DAY_S)
        self.retry_by_hand()
        self.queue.run(DAY_S)
        self.every_receipt_is_kept_until_it_is_answered_for()
        self.a_chain_arrives_in_its_order()
        for promise in self.promises.values():
            row = self.row(promise)
            if promise.forgotten:
                continue
            assert row.state == ItemState.WIPED
            assert (row.acceptance_no is None) == (promise.name not in self.queue.platform.cases)
            assert (row.acceptance_no is not None) or promise.name in rejects
        left = {self.row(promise).file for promise in self.promises.values() if promise.forgotten}
        assert self.queue.containers() <= left

    def clear_up(self) -> None:
        self.disk.full, self.disk.dies_in = False, None
        self.queue.platform.weather = Weather(rejects=self.weather.rejects)

    def assert_proven(self, row: Item) -> None:
        (ack,) = self.queue.store.database.execute(
            "SELECT ack FROM item WHERE seq = ?", (row.seq,)
        ).fetchone()
        if ack is None:
            # The platform accepted it, lost it, and was never heard in between.
            assert row.file in self.queue.containers()
            return
        fields = json.loads(ack)
        word: Ack | Any = ack_from_json(fields) if "acceptance_no" in fields else verdict_from_json(fields)
        try:
            verify(word, announcement(row, TERMINAL), ACK_KEYS)
        except AckError as error:
            raise AssertionError(f"{row.receipt_no} was settled by a word that proves nothing") from error

    def store(self, container: bytes, chain: bytes | None) -> None:
        header = read_header(container)
        item = self.queue.store.put(header, [container], chain)
        self.promises[item.receipt_no] = Promise(item.seq, header.submission_id, container, chain)

    def restart(self) -> None:
        self.disk.dies_in = None
        self.queue.open()

    def pick(self, data: st.DataObject) -> tuple[str, Promise]:
        return data.draw(st.sampled_from(list(self.promises.items())))

    def row(self, promise: Promise) -> Item:
        found = self.queue.store.ledger.by_id(promise.submission_id)
        assert found is not None
        return found

    def rows(self) -> list[Item]:
        return self.queue.store.ledger.page(0, 1000)


QueueLife.TestCase.settings = settings(
    max_examples=LIVES or QUICK_LIVES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=not LIVES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
test_whatever_happens_in_a_queue_s_life_no_receipt_is_broken = pytest.mark.timeout(3600 if LIVES else 60)(
    QueueLife.TestCase
)
