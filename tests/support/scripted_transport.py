"""A transport that says what it was told to say, and one application to carry over it."""

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from offline_queue import digest
from offline_queue.ack import Ack, sign_ack
from offline_queue.delivery import FIRST_CHUNK_BYTES, Courier, Errand, Outcome
from offline_queue.transport import (
    Announcement,
    Answer,
    Content,
    Holdings,
    Pace,
    Partial,
    Reachable,
    Reconciled,
    Trouble,
    TryLater,
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
    meta: Announcement = META
    content: bytes = CONTAINER
    takes_all: bool = False

    def announce(self, meta: Announcement) -> Answer:
        assert meta == self.meta
        return Partial(0) if self.takes_all else self._say("announce")

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        assert meta == self.meta
        assert b"".join(content) == self.content
        return self._say("deliver")

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        assert submission_id == META.submission_id
        assert chunk == self.content[offset : offset + len(chunk)]
        self.chunks.append((offset, len(chunk), last))
        self.before_chunk()
        if self.takes_all:
            return Partial(offset + len(chunk))
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


def ordinary_line() -> Callable[[], float]:
    """Return a watch by which every request takes a tenth of a second."""
    moments = itertools.count()
    return lambda: next(moments) * 0.1


def carry(transport: ScriptedTransport, container: Path, *, tried_before: bool = False) -> Outcome:
    return Courier(transport, ACK_KEYS, ordinary_line()).carry(Errand(META, container, tried_before))
