"""Property 13: order within one chain, nobody else held up; fairness between small and large."""

from collections.abc import Generator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from offline_queue import ItemState
from offline_queue.transport import Announcement, Answer, Content, Trouble, TryLater
from tests.support.drain_bench import DrainBench

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
CHAIN = b"a" * 16
MIB = 1024 * 1024


@pytest.fixture
def bench(tmp_path: Path) -> Generator[DrainBench]:
    with closing(DrainBench(tmp_path / "queue")) as opened:
        yield opened


def test_one_chain_arrives_in_its_order_though_the_later_ones_are_smaller(bench: DrainBench) -> None:
    for page_bytes in (9000, 5000, 10):
        bench.put(page_bytes, CHAIN)
    bench.run(60)
    assert bench.cases() == [1, 2, 3]


def test_each_of_a_chain_names_the_accepted_one_before_it(bench: DrainBench) -> None:
    first, other, second = bench.put(10, CHAIN), bench.put(10), bench.put(10, CHAIN)
    bench.run(60)
    told = {upload.meta.seq: upload.meta.prev_in_chain for upload in bench.platform.uploads.values()}
    assert told == {first.seq: None, other.seq: None, second.seq: first.submission_id.hex()}


def test_a_chain_waits_behind_one_set_aside_and_goes_on_when_that_is_retried(bench: DrainBench) -> None:
    first, second, other = bench.put(10, CHAIN), bench.put(10, CHAIN), bench.put(10, b"b" * 16)
    bench.platform.weather.disputes = {first.submission_id.hex()}
    bench.run(DAY_S)
    assert bench.now(first).state == ItemState.ATTENTION
    assert bench.cases() == [other.seq]
    bench.platform.weather.disputes = set()
    bench.store.ledger.retry(bench.now(first))
    bench.run(60)
    assert bench.cases() == [other.seq, first.seq, second.seq]


def test_a_refused_application_does_not_stop_the_one_that_follows_it(bench: DrainBench) -> None:
    first, second = bench.put(10, CHAIN), bench.put(10, CHAIN)
    bench.platform.weather.rejects = {first.submission_id.hex()}
    bench.run(60)
    assert bench.now(first).state == ItemState.WIPED
    assert bench.cases() == [second.seq]


def test_a_platform_that_lacks_the_one_before_keeps_the_later_one_queued(bench: DrainBench) -> None:
    first = bench.put(10, CHAIN)
    bench.run(60)
    kept = bench.platform.uploads[first.submission_id.hex()]
    bench.platform.forget(first.submission_id.hex())
    second = bench.put(10, CHAIN)
    bench.step()
    assert bench.now(second).state == ItemState.QUEUED
    assert bench.now(second).last_error == Trouble.OUT_OF_ORDER
    bench.platform.uploads[first.submission_id.hex()] = kept
    bench.run(HOUR_S)
    assert bench.now(second).acceptance_no is not None


def test_what_the_platform_has_lost_for_good_holds_up_nobody(bench: DrainBench) -> None:
    first = bench.put(10, CHAIN)
    bench.run(60)
    bench.platform.forget(first.submission_id.hex())
    second = bench.put(10, CHAIN)
    bench.run(HOUR_S)
    assert bench.now(first).last_error == "platform.forgotten"
    assert bench.now(second).acceptance_no is not None


@pytest.mark.parametrize("trouble", ["stumbles_over", "hangs_over", "refuses", "disputes"])
def test_a_poison_item_blocks_nobody(bench: DrainBench, trouble: str) -> None:
    poison = [bench.put(10), bench.put(20)]
    setattr(bench.platform.weather, trouble, {item.submission_id.hex() for item in poison})
    healthy = [bench.put(5000) for _ in range(8)]
    bench.run(HOUR_S)
    assert sorted(bench.cases()) == [item.seq for item in healthy]
    assert all(bench.now(item).state in {ItemState.QUEUED, ItemState.ATTENTION} for item in poison)
    assert len(bench.containers()) == len(poison)


def test_a_poison_item_the_platform_asks_patience_for_blocks_nobody_either(bench: DrainBench) -> None:
    poison = bench.put(10)
    healthy = [bench.put(5000) for _ in range(4)]
    whole = bench.platform.deliver

    def stumbling(meta: Announcement, content: Content) -> Answer:
        if meta.submission_id == poison.submission_id.hex():
            return TryLater(Trouble.BUSY, 600.0)
        return whole(meta, content)

    bench.platform.deliver = stumbling
    bench.run(DAY_S)
    assert sorted(bench.cases()) == [item.seq for item in healthy]


def test_a_large_one_does_not_keep_small_ones_waiting_for_its_end(bench: DrainBench) -> None:
    large = bench.put(20 * MIB)
    sent: list[tuple[int, int]] = []
    append, deliver = bench.platform.append, bench.platform.deliver

    def watched(submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        sent.append((bench.platform.uploads[submission_id].meta.seq, len(chunk)))
        bench.courier.share.set()  # what the dispatcher does while others wait
        return append(submission_id, offset, chunk, last=last)

    def watched_whole(meta: Announcement, content: Content) -> Answer:
        sent.append((meta.seq, len(content)))
        return deliver(meta, content)

    bench.platform.append, bench.platform.deliver = watched, watched_whole
    bench.step()
    small = [bench.put(200_000) for _ in range(12)]
    bench.run(60)
    before_the_large = bench.cases().index(large.seq)
    assert before_the_large >= 6
    assert len(bench.cases()) == 1 + len(small)
    # The other way round: while small ones wait, every fourth turn is the large one's, a budget at a time.
    turns = [seq for n, (seq, _) in enumerate(sent) if n == 0 or sent[n - 1][0] != seq]
    gaps = [n for n, seq in enumerate(turns) if seq == large.seq]
    assert max(later - earlier for earlier, later in pairwise(gaps)) <= 4


@pytest.mark.parametrize(
    ("other_bytes", "shares"), [(5_000, True), (80_000, False)], ids=["much smaller", "its like"]
)
def test_an_upload_shares_with_what_is_much_smaller_and_not_with_its_like(
    bench: DrainBench, other_bytes: int, *, shares: bool
) -> None:
    large = bench.put(100_000)
    bench.put(other_bytes)
    bench.dispatcher.tick([large.receipt_no])
    assert bench.courier.share.is_set() == shares


def test_a_steady_stream_of_small_ones_does_not_starve_a_large_one(bench: DrainBench) -> None:
    large = bench.put(2 * MIB)
    for _ in range(3):
        bench.put(10)
    for _ in range(20):
        bench.step()
        bench.put(10)
        if bench.now(large).acceptance_no is not None:
            return
    pytest.fail("the large one never had its turn")
