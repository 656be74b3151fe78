import itertools
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import digest
from offline_queue.ack import Verdict, sign_ack, sign_verdict
from offline_queue.delivery import (
    FIRST_CHUNK_BYTES,
    MAX_CHUNK_BYTES,
    Courier,
    Delivered,
    Errand,
    Interrupted,
    Refused,
    Stuck,
    Unfinished,
)
from offline_queue.schedule import BUDGET_BYTES
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Content,
    Partial,
    Rejected,
    Trouble,
    TryLater,
    Unknown,
)
from tests.support.scripted_transport import (
    ACK,
    ACK_KEYS,
    CONTAINER,
    META,
    PRIVATE,
    ScriptedTransport,
    carry,
    ordinary_line,
)


def large(folder: Path, size: int) -> tuple[Path, Announcement]:
    """Store a container of so many bytes, all of them 0; return it and what is told of it."""
    path = folder / "large.zwq"
    path.write_bytes(bytes(size))
    return path, replace(META, size=size, digest=digest(bytes(size)).hex())


def test_the_last_chunk_commits(container: Path) -> None:
    transport = ScriptedTransport([Partial(0), Partial(FIRST_CHUNK_BYTES), Accepted(ACK)])
    assert carry(transport, container) == Delivered(ACK)
    assert transport.chunks == [(0, FIRST_CHUNK_BYTES, False), (FIRST_CHUNK_BYTES, 1000, True)]


def test_what_was_tried_before_is_asked_after_first(container: Path) -> None:
    transport = ScriptedTransport([Accepted(ACK)])
    assert carry(transport, container, tried_before=True) == Delivered(ACK)
    assert transport.asked == ["status"]


def test_what_the_platform_never_heard_of_is_announced(container: Path) -> None:
    transport = ScriptedTransport([Unknown(), Partial(0), Partial(FIRST_CHUNK_BYTES), Accepted(ACK)])
    assert carry(transport, container, tried_before=True) == Delivered(ACK)
    assert transport.asked == ["status", "announce", "append", "append"]


def test_what_fits_into_one_request_is_announced_sent_and_committed_by_it(tmp_path: Path) -> None:
    path = tmp_path / "small.zwq"
    path.write_bytes(CONTAINER[:1000])
    meta = replace(META, size=1000, digest=digest(CONTAINER[:1000]).hex())
    ack = sign_ack(replace(ACK, digest=meta.digest), PRIVATE)
    transport = ScriptedTransport([Accepted(ack)], meta=meta, content=CONTAINER[:1000])
    outcome = Courier(transport, ACK_KEYS).carry(Errand(meta, path, tried_before=False))
    assert outcome == Delivered(ack)
    assert transport.asked == ["deliver"]


@pytest.mark.parametrize(
    ("took_s", "asked"), [(0.001, "deliver"), (0.2, "announce")], ids=["fast line", "terminal's line"]
)
def test_a_large_one_goes_in_one_request_only_where_that_takes_a_moment(
    container: Path, tmp_path: Path, took_s: float, asked: str
) -> None:
    path, meta = large(tmp_path, 3 * MAX_CHUNK_BYTES)
    now_s = iter(n * took_s for n in range(100))
    transport = ScriptedTransport([Partial(0), Accepted(ACK)])
    courier = Courier(transport, ACK_KEYS, lambda: next(now_s))
    courier.carry(Errand(META, container, tried_before=False))
    transport.meta, transport.content = meta, path.read_bytes()
    courier.carry(Errand(meta, path, tried_before=False))
    assert transport.asked[2:] == [asked]
    # After any trouble the line counts as slow.
    courier.carry(Errand(meta, path, tried_before=False))
    assert transport.asked[3:] == ["announce"]


@pytest.mark.parametrize("takes_whole", [True, False])
def test_once_the_first_chunk_shows_a_fast_line_the_whole_is_sent_instead_of_the_other_chunks(
    tmp_path: Path, *, takes_whole: bool
) -> None:
    path, meta = large(tmp_path, 18 * 1024 * 1024)
    ack = sign_ack(replace(ACK, digest=meta.digest), PRIVATE)
    answer = Accepted(ack) if takes_whole else Partial(FIRST_CHUNK_BYTES)
    transport = ScriptedTransport([answer], meta=meta, content=bytes(meta.size), takes_all=True)
    now_s = itertools.count()
    courier = Courier(transport, ACK_KEYS, lambda: next(now_s) * 0.001)
    outcome = courier.carry(Errand(meta, path, tried_before=False))
    assert transport.asked == ["deliver"]
    if takes_whole:
        assert outcome == Delivered(ack)
        assert len(transport.chunks) == 1
    else:
        # From where it stands it goes on in chunks, and not with the whole again.
        assert transport.chunks[1][0] == FIRST_CHUNK_BYTES


def test_while_others_wait_a_large_one_goes_on_in_chunks_on_a_fast_line_too(tmp_path: Path) -> None:
    path, meta = large(tmp_path, 18 * 1024 * 1024)
    transport = ScriptedTransport([], meta=meta, content=bytes(meta.size), takes_all=True)
    now_s = itertools.count()
    courier = Courier(transport, ACK_KEYS, lambda: next(now_s) * 0.001)
    courier.share.set()
    assert isinstance(courier.carry(Errand(meta, path, tried_before=False)), Interrupted)
    assert transport.asked == []


def test_bytes_that_were_read_ahead_are_not_read_again_and_damage_is_found_all_the_same(
    container: Path,
) -> None:
    transport = ScriptedTransport([])
    read: Future[str] = Future()
    read.set_result("00" * 32)
    errand = Errand(META, container, tried_before=False, digest=read)
    assert Courier(transport, ACK_KEYS).carry(errand) == Stuck("queue.container-damaged")
    lost: Future[str] = Future()
    lost.set_exception(FileNotFoundError())
    errand = replace(errand, digest=lost)
    assert Courier(transport, ACK_KEYS).carry(errand) == Stuck("queue.container-missing")
    assert transport.asked == []


@given(st.lists(st.integers(0, len(CONTAINER)), max_size=4))
def test_the_platform_s_offset_rules_even_backwards(
    tmp_path_factory: pytest.TempPathFactory, offsets: list[int]
) -> None:
    path = tmp_path_factory.getbasetemp() / "resumed.zwq"
    path.write_bytes(CONTAINER)
    transport = ScriptedTransport([*(Partial(offset) for offset in offsets), Accepted(ACK)])
    outcome = carry(transport, path, tried_before=True)
    assert outcome == Delivered(ACK)
    assert [offset for offset, _, _ in transport.chunks] == offsets


def test_when_every_byte_is_there_the_commit_is_asked_for_again(container: Path) -> None:
    transport = ScriptedTransport([Partial(len(CONTAINER)), Accepted(ACK)])
    assert carry(transport, container, tried_before=True) == Delivered(ACK)
    assert transport.chunks == [(len(CONTAINER), 0, True)]


@pytest.mark.parametrize("answer", [Partial(7), Unknown()])
def test_a_platform_that_turns_in_circles_is_left_for_later(container: Path, answer: Answer) -> None:
    transport = ScriptedTransport([answer] * 100)
    assert isinstance(carry(transport, container), Unfinished)
    assert len(transport.asked) < 10


@pytest.mark.parametrize("offset", [-1, len(CONTAINER) + 1])
def test_an_impossible_offset_is_noise(container: Path, offset: int) -> None:
    transport = ScriptedTransport([Partial(offset)])
    assert carry(transport, container) == Unfinished(Trouble.GARBLED, None, 0)


def test_how_far_it_came_is_remembered(container: Path) -> None:
    transport = ScriptedTransport([Partial(0), Partial(FIRST_CHUNK_BYTES)])
    assert carry(transport, container) == Unfinished(Trouble.OFFLINE, None, FIRST_CHUNK_BYTES)


def test_chunks_shrink_with_every_timeout_down_to_what_the_worst_line_carries(container: Path) -> None:
    transport = ScriptedTransport([])
    courier = Courier(transport, ACK_KEYS)
    for _ in range(6):
        transport.answers = [Partial(0), TryLater(Trouble.TIMEOUT)]
        courier.carry(Errand(META, container, tried_before=False))
    assert [size // 1024 for _, size, _ in transport.chunks] == [512, 256, 128, 64, 32, 32]


@pytest.mark.parametrize(
    ("took_s", "next_kib"), [(0.1, 1024), (2.0, 512), (4.0, 256)], ids=["quick", "bearable", "slow"]
)
def test_what_a_chunk_takes_decides_how_large_the_next_one_is(
    tmp_path: Path, took_s: float, next_kib: int
) -> None:
    path, meta = large(tmp_path, 3 * MAX_CHUNK_BYTES)
    transport = ScriptedTransport(
        [Partial(0), Partial(FIRST_CHUNK_BYTES)], meta=meta, content=bytes(meta.size)
    )
    seconds = iter([0.0, 0.0, 0.0, took_s, took_s, took_s])  # each request begins and ends
    Courier(transport, ACK_KEYS, lambda: next(seconds)).carry(Errand(meta, path, tried_before=False))
    assert transport.chunks[1][1] == next_kib * 1024


def test_chunks_grow_to_four_mebibytes_and_no_further(tmp_path: Path) -> None:
    path, meta = large(tmp_path, 24 * 1024 * 1024)
    transport = ScriptedTransport([], meta=meta, content=bytes(meta.size), takes_all=True)
    Courier(transport, ACK_KEYS, ordinary_line()).carry(Errand(meta, path, tried_before=False))
    assert [size // 1024 for _, size, _ in transport.chunks[:6]] == [512, 1024, 2048, 4096, 4096, 4096]


def test_a_platform_that_takes_less_at_once_is_given_less(container: Path) -> None:
    transport = ScriptedTransport([Partial(0), Partial(100_000)])
    carry(transport, container)
    assert [size for _, size, _ in transport.chunks] == [FIRST_CHUNK_BYTES, 100_000]


@dataclass
class Gateway(ScriptedTransport):
    """A platform that takes everything, behind somebody who takes so much in one request."""

    most_bytes: int = 0
    received: int = 0
    refused: int = 0

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        del meta
        return self._pass(0, len(content))

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        del submission_id, last
        assert offset == self.received
        return self._pass(offset, len(chunk))

    def announce(self, meta: Announcement) -> Answer:
        del meta
        return Partial(self.received)

    def status(self, submission_id: str) -> Answer:
        del submission_id
        return Partial(self.received)

    def _pass(self, offset: int, length: int) -> Answer:
        if length > self.most_bytes:
            self.refused += 1
            return TryLater(Trouble.GARBLED)
        self.received = offset + length
        if self.received < self.meta.size:
            return Partial(self.received)
        return Accepted(sign_ack(replace(ACK, digest=self.meta.digest), PRIVATE))


@pytest.mark.parametrize("took_s", [0.001, 0.1], ids=["fast line", "terminal's line"])
@pytest.mark.parametrize("most_bytes", [100_000, 1_000_000, 3 * 1024 * 1024])
def test_a_gateway_that_takes_less_in_one_request_delays_a_large_one_and_does_not_stop_it(
    tmp_path: Path, most_bytes: int, took_s: float
) -> None:
    path, meta = large(tmp_path, 18 * 1024 * 1024)
    gateway = Gateway([], meta=meta, most_bytes=most_bytes)
    now_s = itertools.count()
    courier = Courier(gateway, ACK_KEYS, lambda: next(now_s) * took_s)

    def refused_until_delivered() -> int:
        gateway.received = gateway.refused = 0
        tries = (courier.carry(Errand(meta, path, tried_before=n > 0)) for n in range(8))
        assert any(isinstance(outcome, Delivered) for outcome in tries)
        return gateway.refused

    assert refused_until_delivered() <= 4
    # The next one finds out at most once whether the limit is still there.
    assert refused_until_delivered() <= 1


def test_while_others_wait_an_upload_stops_once_its_budget_is_used_up(tmp_path: Path) -> None:
    path, meta = large(tmp_path, 24 * 1024 * 1024)
    transport = ScriptedTransport([], meta=meta, content=bytes(meta.size), takes_all=True)
    courier = Courier(transport, ACK_KEYS, ordinary_line())
    courier.share.set()
    outcome = courier.carry(Errand(meta, path, tried_before=False))
    assert isinstance(outcome, Interrupted)
    assert BUDGET_BYTES <= outcome.offset < BUDGET_BYTES + MAX_CHUNK_BYTES


def test_an_upload_makes_way_at_its_next_chunk(container: Path) -> None:
    transport = ScriptedTransport([Partial(0), Partial(FIRST_CHUNK_BYTES)])
    courier = Courier(transport, ACK_KEYS)
    transport.before_chunk = courier.interrupt.set
    assert courier.carry(Errand(META, container, tried_before=False)) == Interrupted(FIRST_CHUNK_BYTES)
    assert len(transport.chunks) == 1


def test_a_signed_refusal_is_a_refusal(container: Path) -> None:
    verdict = sign_verdict(
        Verdict(META.terminal, META.submission_id, META.digest, "no", "2025-06-01T08:00:00Z", "ack-1"),
        PRIVATE,
    )
    assert carry(ScriptedTransport([Rejected(verdict)]), container) == Refused(verdict)
    forged = replace(verdict, reason="other")
    assert carry(ScriptedTransport([Rejected(forged)]), container) == Unfinished("ack.bad-signature", None, 0)


def test_a_conflict_needs_a_person(container: Path) -> None:
    transport = ScriptedTransport([Conflict("platform.digest-conflict")])
    assert carry(transport, container) == Stuck("platform.digest-conflict")


def test_a_damaged_container_is_never_sent(container: Path) -> None:
    transport = ScriptedTransport([])
    container.write_bytes(CONTAINER[:-1] + bytes([CONTAINER[-1] ^ 1]))
    assert carry(transport, container) == Stuck("queue.container-damaged")
    container.unlink()
    assert carry(transport, container) == Stuck("queue.container-missing")
    assert transport.asked == []
