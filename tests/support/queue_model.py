"""What a queue must keep, whatever happens in its life: the promises made, and the invariants over them.

I1 A receipt's application is kept until it is answered for. I3 No application becomes two cases. I4 Wiped
only after a proven answer. I5 Nothing is dropped. I6 In the end everything arrives that may arrive. I7 What
was refused left nothing behind (the rules of ``tests/faults/test_queue_life.py``).
"""

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from offline_queue import ItemState
from offline_queue.ack import Ack, ack_from_json, verdict_from_json, verify
from offline_queue.delivery import announcement
from offline_queue.errors import AckError
from offline_queue.header import read_header
from offline_queue.item import Item
from tests.support.drain_bench import DrainBench
from tests.support.paper_platform import ACK_KEYS, Weather
from tests.support.sealed_queue import TERMINAL, UnflushedDisk

DAY_S = 24 * 3600.0
CHAINS = (b"a" * 16, b"b" * 16)
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


def forged(ack: Ack) -> Ack:
    """Return what somebody on the way made of an acknowledgement."""
    return replace(ack, acceptance_no="3301999999")


class QueueModel(RuleBasedStateMachine):
    """A queue, the platform it delivers to, and what both owe; subclasses say what happens."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
        self.disk = FailingDisk()
        self.promises: dict[str, Promise] = {}
        self.bench: DrainBench | None = None

    @initialize(seed=st.integers(0, 2**32 - 1), forging=st.booleans())
    def begin(self, seed: int, forging: bool) -> None:  # noqa: FBT001 - drawn by name
        self.bench = DrainBench(self.folder / "queue", dice=Random(seed).random, disk=self.disk)
        if forging:
            self.weather.forges = forged

    @property
    def queue(self) -> DrainBench:
        assert self.bench is not None
        return self.bench

    @property
    def weather(self) -> Weather:
        return self.queue.platform.weather

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
        for chain in CHAINS:
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
        self.retry_all()
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

    def retry_all(self) -> None:
        """Send everything again that was set aside, as an operator does."""
        for item in self.rows():
            if item.state == ItemState.ATTENTION:
                self.queue.store.ledger.retry(item)

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
