import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import digest
from offline_queue.ack import Ack, Verdict, sign_ack, sign_verdict
from offline_queue.delivery import (
    FIRST_CHUNK_BYTES,
    MIN_CHUNK_BYTES,
    Courier,
    Delivered,
    Errand,
    Interrupted,
    Outcome,
    Refused,
    Stuck,
    Unfinished,
)
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Holdings,
    Pace,
    Partial,
    Reachable,
    Reconciled,
    Rejected,
    Trouble,
    TryLater,
    Unknown,
)

PRIVATE = Ed25519PrivateKey.generate()
ACK_KEYS = {"ack-1": PRIVATE.public_key().public_bytes_raw()}
CONTAINER = os.urandom(FIRST_CHUNK_BYTES + 1000)
META = Announcement(
    "ab" * 16, digest(CONTAINER).hex(), len(CONTAINER), "service", 1, "T0421-000001-XX", "k", 1, "T0421"
)
ACK = sign_ack(
    Ack(META.terminal, META.submission_id, META.digest, "3301", "2025-06-01T08:00:00Z", "ack-1"), PRIVATE
)
LATER = TryLater(Trouble.OFFLINE)


@dataclass
class ScriptedTransport:
    """Says what it was told to say, then that the line is dead."""

    answers: list[Answer]
    asked: list[str] = field(default_factory=list[str])
    chunks: list[tuple[int, int, bool]] = field(default_factory=list[tuple[int, int, bool]])
    before_chunk: Callable[[], None] = lambda: None

    def announce(self, meta: Announcement) -> Answer:
        assert meta == META
        return self._say("announce")

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        assert submission_id == META.submission_id
        assert chunk == CONTAINER[offset : offset + len(chunk)]
        self.chunks.append((offset, len(chunk), last))
        self.before_chunk()
        return self._say("append")

    def status(self, submission_id: str) -> Answer:
        assert submission_id == META.submission_id
        return self._say("status")

    def ping(self) -> Reachable | TryLater:
        return LATER

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        del batch
        return LATER

    def pace(self) -> Pace | None:
        return None

    def _say(self, asked: str) -> Answer:
        self.asked.append(asked)
        return self.answers.pop(0) if self.answers else LATER


@pytest.fixture
def container(tmp_path: Path) -> Path:
    path = tmp_path / "container.zwq"
    path.write_bytes(CONTAINER)
    return path


def carry(transport: ScriptedTransport, container: Path, *, tried_before: bool = False) -> Outcome:
    return Courier(transport, ACK_KEYS).carry(Errand(META, container, tried_before))


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


def test_chunks_shrink_on_a_slow_line_and_grow_on_a_good_one(container: Path) -> None:
    transport = ScriptedTransport([])
    courier = Courier(transport, ACK_KEYS)
    errand = Errand(META, container, tried_before=False)
    for _ in range(5):
        transport.answers = [Partial(0), TryLater(Trouble.TIMEOUT)]
        courier.carry(errand)
    sizes = [size for _, size, _ in transport.chunks]
    assert sizes == [
        FIRST_CHUNK_BYTES,
        FIRST_CHUNK_BYTES // 2,
        FIRST_CHUNK_BYTES // 4,
        MIN_CHUNK_BYTES,
        MIN_CHUNK_BYTES,
    ]
    transport.answers = [Partial(0), Partial(MIN_CHUNK_BYTES)]
    courier.carry(errand)
    assert transport.chunks[-1] == (MIN_CHUNK_BYTES, 2 * MIN_CHUNK_BYTES, False)


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
