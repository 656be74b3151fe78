"""The dispatcher with a clock turned by hand: what is tried when the line is down, and when not."""

import threading
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from offline_queue import ItemState
from offline_queue.disk import Disk
from offline_queue.dispatch import Dispatcher
from offline_queue.header import read_header
from offline_queue.schedule import BREAKER_THRESHOLD, CAP_S, OUTAGE_SPREAD_S, PROBE_MAX_S
from offline_queue.store import Store
from tests.support.fake_platform import FakePlatform, LoopbackTransport
from tests.support.sealed_queue import NO_ROOM_KEPT, TERMINAL, FakeClock, sealed_application


class WatchedDisk(Disk):
    """The real system calls; tells when a file goes."""

    def __init__(self, calls: list[str]) -> None:
        self._calls = calls

    def unlink(self, path: Path) -> None:
        self._calls.append("unlink")
        super().unlink(path)


class Bench:
    def __init__(self, directory: Path, platform: FakePlatform, opened: ExitStack) -> None:
        self.platform = platform
        self.clock = FakeClock()
        self.calls: list[str] = []
        self.store = Store(directory, TERMINAL, self.clock, policy=NO_ROOM_KEPT, disk=WatchedDisk(self.calls))
        opened.callback(self.store.close)
        transport = LoopbackTransport(platform.port)
        self._woken = threading.Event()
        self.dispatcher = Dispatcher(
            self.store,
            transport,
            platform.ack_keys,
            self.clock,
            dice=lambda: 1.0,
            wake=self._woken.set,
        )
        opened.callback(self.dispatcher.close)

    def put(self, page_bytes: int = 10) -> str:
        container = sealed_application([self.platform.recipient], page_bytes=page_bytes)
        return self.store.put(read_header(container), [container]).receipt_no

    def round(self, *awaited: str) -> int | None:
        """Start what is due, wait for it to come back, write it down; what is due next is started too."""
        self.dispatcher.tick(awaited)
        assert self._woken.wait(20)
        self._woken.clear()
        return self.dispatcher.tick(awaited)

    def open_breaker(self) -> str:
        self.platform.faults.cut = True
        number = self.put()
        for _ in range(BREAKER_THRESHOLD):
            self.round()
            self.clock.advance(CAP_S)
        assert self.dispatcher.breaker_open
        self.clock.advance(-CAP_S)
        return number


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    with FakePlatform() as platform, ExitStack() as opened:
        yield Bench(tmp_path / "queue", platform, opened)


def test_a_failed_try_is_repeated_after_its_pause_and_not_before(bench: Bench) -> None:
    bench.platform.faults.cut = True
    number = bench.put()
    due_ms = bench.round()
    assert due_ms == bench.clock.now().mono_ms + 2_000
    bench.platform.faults.cut = False
    bench.clock.advance(1.9)
    bench.dispatcher.tick()
    assert bench.store.ledger.by_number(number).state == ItemState.QUEUED
    bench.clock.advance(0.1)
    bench.round()
    assert bench.store.ledger.by_number(number).acceptance_no is not None


def test_the_lease_is_committed_before_the_first_byte_and_the_answer_before_the_wipe(bench: Bench) -> None:
    bench.put()
    database = bench.store.ledger._database  # pyright: ignore[reportPrivateUsage]  # the order on the disk is the matter
    database.set_trace_callback(
        lambda sql: None if sql.startswith("SELECT") else bench.calls.append(sql.split(",")[0])
    )
    bench.platform.faults.stall = threading.Event()
    bench.dispatcher.tick()
    assert bench.calls[-3:] == ["BEGIN IMMEDIATE", "UPDATE item SET state = 'sending'", "COMMIT"]
    bench.platform.faults.stall.set()
    bench.round()
    database.set_trace_callback(None)
    acked = bench.calls.index("UPDATE item SET state = 'acked'")
    assert acked < bench.calls.index("COMMIT", acked) < bench.calls.index("unlink")


def test_while_the_line_is_down_only_a_probe_goes_out(bench: Bench) -> None:
    number = bench.open_breaker()
    bench.platform.faults.cut = False
    attempts = bench.store.ledger.by_number(number).attempts
    bench.dispatcher.tick()
    assert bench.platform.requests == []
    bench.clock.advance(PROBE_MAX_S + CAP_S)
    bench.round()
    assert bench.platform.requests == ["GET /v1/ping"]
    assert not bench.dispatcher.breaker_open
    bench.clock.advance(OUTAGE_SPREAD_S)
    bench.round()
    item = bench.store.ledger.by_number(number)
    assert item.acceptance_no is not None
    assert item.attempts == attempts + 1


def test_a_new_application_is_tried_even_while_the_line_is_down(bench: Bench) -> None:
    bench.open_breaker()
    bench.platform.faults.cut = False
    fresh = bench.put()
    bench.round()
    assert bench.store.ledger.by_number(fresh).acceptance_no is not None
    assert not bench.dispatcher.breaker_open


def test_a_kick_closes_the_breaker_and_makes_everything_due(bench: Bench) -> None:
    number = bench.open_breaker()
    bench.platform.faults.cut = False
    bench.dispatcher.kick()
    bench.clock.advance(OUTAGE_SPREAD_S)
    bench.round()
    assert bench.store.ledger.by_number(number).acceptance_no is not None


def test_the_platform_s_wish_for_patience_holds_everybody_and_a_kick_does_not_break_it(bench: Bench) -> None:
    bench.platform.faults.busy_answers = 1
    bench.platform.faults.retry_after_s = 10
    bench.put()
    assert bench.round() == bench.clock.now().mono_ms + 20_000
    bench.put()
    bench.dispatcher.kick()
    bench.dispatcher.tick()
    assert len(bench.platform.requests) == 1
    bench.clock.advance(20)
    bench.round()
    bench.round()
    assert len(bench.platform.commits) == 2


def test_the_one_somebody_waits_for_goes_first(bench: Bench) -> None:
    bench.put(page_bytes=10)
    awaited = bench.put(page_bytes=9000)
    bench.round(awaited)
    assert bench.store.ledger.by_number(awaited).acceptance_no is not None


def test_an_upload_under_way_makes_way_for_the_one_somebody_waits_for(bench: Bench) -> None:
    bench.platform.faults.stall = threading.Event()
    large = bench.put(page_bytes=5_000_000)
    bench.dispatcher.tick()
    awaited = bench.put()
    bench.dispatcher.tick([awaited])
    bench.platform.faults.stall.set()
    bench.round(awaited)
    assert bench.store.ledger.by_number(large).acceptance_no is None
    bench.round(awaited)
    assert bench.store.ledger.by_number(awaited).acceptance_no is not None
    bench.round()
    assert bench.store.ledger.by_number(large).acceptance_no is not None
    assert len(bench.platform.commits) == 2


def test_stopping_in_the_middle_of_an_upload_leaves_the_application_due(bench: Bench) -> None:
    stall = bench.platform.faults.stall = threading.Event()
    number = bench.put(page_bytes=5_000_000)
    bench.dispatcher.tick()
    interrupt = bench.dispatcher._lane.courier.interrupt  # pyright: ignore[reportPrivateUsage]  # the answer comes after it
    line = threading.Thread(target=lambda: (interrupt.wait(20), stall.set()))
    line.start()
    bench.dispatcher.finish()
    line.join()
    item = bench.store.ledger.by_number(number)
    assert (item.state, item.last_error) == (ItemState.QUEUED, "interrupted")
