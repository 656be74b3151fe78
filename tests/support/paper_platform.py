"""A platform without a wire: it keeps the contract as calls, and its line and its memory fail on request.

Whatever the platform did is done even when the reply is lost, as on a real line.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from offline_queue.ack import Ack, Verdict, sign_ack, sign_verdict
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Content,
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

T = TypeVar("T")
_PRIVATE = Ed25519PrivateKey.generate()
_AT = "2026-11-25T08:00:00Z"
ACK_KEYS = {"ack-1": _PRIVATE.public_key().public_bytes_raw()}


@dataclass
class Upload:
    """What the platform knows of one submission."""

    meta: Announcement
    received: bytearray = field(default_factory=bytearray)
    word: Accepted | Rejected | None = None


@dataclass
class Weather:
    """What is wrong; every field may be changed at any time."""

    down: bool = False
    lost_replies: int = 0
    """So many requests are carried out, and nobody hears it."""
    lost_words: bool = False
    """Nobody hears that something was decided."""
    doubled: bool = False
    """Every request arrives twice."""
    busy: TryLater | None = None
    """What everybody is told instead of an answer."""
    stumbles_over: set[str] = field(default_factory=set[str])
    """Submissions whose last chunk makes the platform fail."""
    hangs_over: set[str] = field(default_factory=set[str])
    """Submissions whose last chunk is never answered."""
    refuses: set[str] = field(default_factory=set[str])
    """Submissions it answers 400 to, with a mark of the moment."""
    disputes: set[str] = field(default_factory=set[str])
    """Submissions it claims to know with other bytes."""
    rejects: set[str] = field(default_factory=set[str])
    """Submissions that are refused for good once they are whole."""
    forges: Callable[[Ack], Ack] | None = None
    """What becomes of acknowledgements on the way."""
    pace: Pace | None = None
    stale_mark: str = ""
    """A cache's: every refusal bears this mark."""


class PaperPlatform:
    """Implements ``offline_queue.transport.Transport``."""

    def __init__(self) -> None:
        self.weather = Weather()
        self.uploads: dict[str, Upload] = {}
        self.cases: list[str] = []
        """Submission ids in the order in which cases were made; twice the same would be a second case."""
        self.asked: list[str] = []
        self._marks = 0

    def announce(self, meta: Announcement) -> Answer:
        return self._heard("announce", meta.submission_id, lambda: self._create(meta))

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        if meta.submission_id in self.weather.hangs_over:
            self.asked.append("deliver")
            return TryLater(Trouble.TIMEOUT)
        return self._heard("deliver", meta.submission_id, lambda: self._take(meta, b"".join(content)))

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        if last and submission_id in self.weather.hangs_over:
            self.asked.append("append")
            return TryLater(Trouble.TIMEOUT)
        return self._heard("append", submission_id, lambda: self._write(submission_id, offset, chunk, last))

    def status(self, submission_id: str) -> Answer:
        return self._heard("status", submission_id, lambda: self._state(submission_id))

    def ping(self) -> Reachable | TryLater:
        self.asked.append("ping")
        return TryLater(Trouble.OFFLINE) if self.weather.down else Reachable()

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        self.asked.append("reconcile")
        if self.weather.down or self.weather.busy is not None:
            return self.weather.busy or TryLater(Trouble.OFFLINE)
        known = {holding.submission_id: self.uploads.get(holding.submission_id) for holding in batch.items}
        digits = {holding.submission_id: holding.digest8 for holding in batch.items}
        numbers = {holding.seq for holding in batch.items}
        return Reconciled(
            settled=tuple(found.word for found in known.values() if found is not None and found.word),
            unfinished=tuple(name for name, found in known.items() if found is not None and not found.word),
            unknown=tuple(name for name, found in known.items() if found is None),
            conflicts=tuple(
                name
                for name, found in known.items()
                if found is not None and not found.meta.digest.startswith(digits[name])
            ),
            gaps=tuple(seq for seq in range(batch.first_seq, batch.last_seq + 1) if seq not in numbers),
        )

    def pace(self) -> Pace | None:
        return self.weather.pace

    def forget_uploads(self) -> None:
        """Lose every byte that was not accepted yet."""
        for upload in self.uploads.values():
            if upload.word is None:
                upload.received.clear()

    def forget(self, submission_id: str) -> None:
        """Lose everything about a submission, as a restored copy would; its case is gone as well."""
        del self.uploads[submission_id]
        self.cases = [case for case in self.cases if case != submission_id]

    def _heard(self, asked: str, submission_id: str, act: Callable[[], Answer]) -> Answer:
        self.asked.append(asked)
        fault = self._fault(submission_id)
        if fault is not None:
            return fault
        answer = act()
        if self.weather.doubled:
            answer = act()
        if self.weather.lost_replies > 0:
            self.weather.lost_replies -= 1
            return TryLater(Trouble.TIMEOUT)
        if self.weather.lost_words and isinstance(answer, Accepted | Rejected):
            return TryLater(Trouble.TIMEOUT)
        if isinstance(answer, Accepted) and self.weather.forges is not None:
            return replace(answer, ack=self.weather.forges(answer.ack))
        return answer

    def _fault(self, submission_id: str) -> Answer | None:
        weather = self.weather
        if weather.down:
            return TryLater(Trouble.OFFLINE)
        if weather.busy is not None:
            return weather.busy
        if submission_id in weather.refuses:
            self._marks += 1
            return TryLater(Trouble.REFUSED, mark=weather.stale_mark or str(self._marks))
        return Conflict("platform.digest-conflict") if submission_id in weather.disputes else None

    def _create(self, meta: Announcement) -> Answer:
        before = self.uploads.get(meta.prev_in_chain or "")
        if meta.prev_in_chain is not None and (before is None or before.word is None):
            return TryLater(Trouble.OUT_OF_ORDER, 1.0)
        known = self.uploads.setdefault(meta.submission_id, Upload(meta))
        if known.meta.digest != meta.digest:
            return Conflict("platform.digest-conflict")
        return self._state(meta.submission_id)

    def _take(self, meta: Announcement, whole: bytes) -> Answer:
        known = self._create(meta)
        if not isinstance(known, Partial):
            return known
        received = self.uploads[meta.submission_id].received
        received.clear()
        answer = self._write(meta.submission_id, 0, whole, last=True)
        assert isinstance(answer, TryLater) or len(received) == meta.size
        return answer

    def _write(self, submission_id: str, offset: int, chunk: bytes, last: bool) -> Answer:  # noqa: FBT001 - the contract's word
        upload = self.uploads.get(submission_id)
        if upload is None:
            return Unknown()
        if upload.word is not None:
            return upload.word
        if offset != len(upload.received):
            return Partial(len(upload.received))
        upload.received += chunk
        if not last:
            return Partial(len(upload.received))
        if submission_id in self.weather.stumbles_over:
            upload.received = upload.received[:offset]
            return TryLater(Trouble.BUSY)
        assert sha256(upload.received).hexdigest() == upload.meta.digest
        upload.word = self._decide(upload.meta)
        return upload.word

    def _decide(self, meta: Announcement) -> Accepted | Rejected:
        name = meta.submission_id
        if name in self.weather.rejects:
            verdict = Verdict(meta.terminal, name, meta.digest, "not-resident", _AT, "ack-1")
            return Rejected(sign_verdict(verdict, _PRIVATE))
        self.cases.append(name)
        ack = Ack(meta.terminal, name, meta.digest, f"3301{len(self.cases):06d}", _AT, "ack-1")
        return Accepted(sign_ack(ack, _PRIVATE))

    def _state(self, submission_id: str) -> Answer:
        upload = self.uploads.get(submission_id)
        if upload is None:
            return Unknown()
        return upload.word or Partial(len(upload.received))


class AtOnce(Executor):
    """A lane that has done its job when it is given one."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except OSError as error:
            done.set_exception(error)
        return done
