"""One attempt to bring one application to the platform. Blocks on the network; touches no database.

After any unknown outcome the first question is "what became of it?", so a reply lost after the platform's
commit costs a question, never a second case.
"""

import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from offline_queue.ack import Ack, Verdict, verify
from offline_queue.courtesy import Courtesy
from offline_queue.disk import tells_of_damage
from offline_queue.errors import AckError
from offline_queue.item import DAMAGED, MISSING, Item
from offline_queue.schedule import BUDGET_BYTES
from offline_queue.transport import (
    Accepted,
    Announcement,
    Answer,
    Conflict,
    Partial,
    Rejected,
    Transport,
    Trouble,
    TryLater,
    Unknown,
)

UNREAD: Final = "queue.container-unread"
"""Why nothing was sent, when this machine lacked something for a moment; the line has no part in it."""
FIRST_CHUNK_BYTES: Final = 512 * 1024
MIN_CHUNK_BYTES: Final = 256 * 1024
MAX_CHUNK_BYTES: Final = 4 * 1024 * 1024
LAST_RESORT_BYTES: Final = 32 * 1024
"""What a chunk may shrink to when not even the smallest usual one comes through in time."""
GROWS_BELOW_S: Final = 1.0
SHRINKS_ABOVE_S: Final = 3.0
IN_ONE_S: Final = 0.25
"""What is above a chunk goes in one request all the same when the line would carry it in so short a time."""
_TELLING_BYTES: Final = 256 * 1024
"""The time a smaller request takes tells nothing about the line."""
_MAX_STALLS: Final = 5
_PIECE_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Errand:
    """What to bring where.

    Args:
        meta: What the platform is told of it.
        container: The sealed file.
        tried_before: Whether the platform may already know it; then it is asked first.
        digest: What the container's bytes come to (``read_digest``), where they are already being read; else
            they are read before anything is sent.
    """

    meta: Announcement
    container: Path
    tried_before: bool
    digest: Future[str] | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform has it, proven."""

    ack: Ack


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take it, proven."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Stuck:
    """A person must look at this one; ``code`` says why."""

    code: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """No decision yet.

    Args:
        reason: What stood in the way, or the code of an answer that proved nothing.
        retry_after_s: What the platform asked for, or None.
        offset: Bytes the platform has.
        mark: What tells this refusal from the next one; empty when it was none.
    """

    reason: Trouble | str
    retry_after_s: float | None
    offset: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Asked to make way; nothing went wrong."""

    offset: int


Outcome = Delivered | Refused | Stuck | Unfinished | Interrupted


def announcement(item: Item, terminal: str, prev_in_chain: bytes | None = None) -> Announcement:
    """Return what the platform is told of an application; it also names it when a word is verified."""
    return Announcement(
        submission_id=item.submission_id.hex(),
        digest=item.digest.hex(),
        size=item.size,
        service=item.service,
        seq=item.seq,
        receipt_no=item.receipt_no,
        kid=item.kid,
        container_ver=item.container_ver,
        terminal=terminal,
        prev_in_chain=None if prev_in_chain is None else prev_in_chain.hex(),
    )


class Courier:
    """Carries containers over a transport, one at a time.

    Args:
        transport: The way to the platform.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
        watch: Seconds that only go forward; what a chunk takes decides how large the next one is.
    """

    def __init__(
        self,
        transport: Transport,
        ack_keys: Mapping[str, bytes],
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._ack_keys = ack_keys
        self.courtesy = Courtesy(watch)
        """Whether somebody else needs the line."""
        self._chunk_bytes = FIRST_CHUNK_BYTES
        self._bytes_per_s = 0.0
        self._most_bytes = sys.maxsize
        """What one request may hold: something between here and the platform took no more."""
        self.interrupt = threading.Event()
        """Set to make the attempt under way stop at its next chunk."""
        self.share = threading.Event()
        """Set while others wait: an attempt then stops at the chunk that uses up its budget."""

    @property
    def at_once_bytes(self) -> int:
        """What the line would carry in a quarter second, at the speed it showed last; 0 after a trouble."""
        return min(self._most_bytes, int(self._bytes_per_s * IN_ONE_S))

    def carry(self, errand: Errand) -> Outcome:
        """Bring one container as far as the network lets it come."""
        try:
            found = read_digest(errand.container) if errand.digest is None else errand.digest.result()
            if found != errand.meta.digest:
                return Stuck(DAMAGED)
            with _opened(errand.container) as fd:
                outcome = self._carry(errand, fd)
        except FileNotFoundError:
            return Stuck(MISSING)
        except OSError as error:
            if not tells_of_damage(error):
                return Unfinished(UNREAD, None, 0)
            return Stuck(DAMAGED)
        if isinstance(outcome, Delivered) and errand.meta.size > self._most_bytes:
            # Whether that was a gateway's limit or a moment's noise shows the next large one.
            self._most_bytes *= 2
        return outcome

    def _carry(self, errand: Errand, fd: int) -> Outcome:
        meta = errand.meta
        answer = self._ask_first(meta) if errand.tried_before else Unknown()
        reached = 0
        stalls = 0
        sent_bytes = 0
        may_go_whole = True
        while stalls < _MAX_STALLS:
            match answer:
                case Unknown():
                    stalls += 1
                    if self._is_stopped_in_rest():
                        return Interrupted(0)
                    answer = self._begin(meta, fd)
                case Partial(offset=offset) if 0 <= offset <= meta.size:
                    # The platform's offset rules, even backwards; but not for ever.
                    stalls = 0 if offset > reached else stalls + 1
                    reached = max(reached, offset)
                    if self._is_stopped_in_rest() or (self.share.is_set() and sent_bytes >= BUDGET_BYTES):
                        return Interrupted(offset)
                    if may_go_whole and self._better_whole(meta.size, offset):
                        # Once: a platform that takes no whole answers with an offset again.
                        may_go_whole = False
                        answer = self._begin(meta, fd)
                        continue
                    answer = self._append(meta, fd, offset)
                    sent_bytes += max(0, answer.offset - offset) if isinstance(answer, Partial) else 0
                case Partial():
                    break
                case _:
                    return self._outcome(answer, meta, reached)
        return Unfinished(Trouble.GARBLED, None, reached)

    def _ask_first(self, meta: Announcement) -> Answer:
        self.courtesy.rest()
        return self.courtesy.timed(lambda: self._transport.status(meta.submission_id))[0]

    def _is_stopped_in_rest(self) -> bool:
        if not self.interrupt.is_set():
            self.courtesy.rest()
        return self.interrupt.is_set()

    def _better_whole(self, size: int, offset: int) -> bool:
        """Return whether a first chunk showed a line on which to begin anew beats several requests."""
        if self.share.is_set() or offset != FIRST_CHUNK_BYTES:
            return False
        return self._chunk_bytes < size - offset and size <= self.at_once_bytes

    def _begin(self, meta: Announcement, fd: int) -> Answer:
        # Of what takes several requests the platform hears first: it may not want it now.
        if meta.size > max(self.courtesy.at_most(self._chunk_bytes), self.at_once_bytes):
            return self.courtesy.timed(lambda: self._transport.announce(meta))[0]
        content = _Content(fd, meta.size)
        answer, took_s = self.courtesy.timed(lambda: self._transport.deliver(meta, content))
        if content.fault is not None:
            # To the transport a request that was not sent whole looks like a line that broke.
            raise content.fault
        self._learn(meta.size, answer, took_s)
        if answer == TryLater(Trouble.TIMEOUT):
            self._chunk_bytes = _next_size(self._chunk_bytes, 0, 0, answer, 0.0)
        self._chunk_bytes = min(self._chunk_bytes, self._most_bytes)
        return answer

    def _outcome(
        self, answer: Accepted | Rejected | Conflict | TryLater, meta: Announcement, reached: int
    ) -> Outcome:
        match answer:
            case Accepted(ack=ack):
                return self._proven(ack, meta) or Delivered(ack)
            case Rejected(verdict=verdict):
                return self._proven(verdict, meta) or Refused(verdict)
            case Conflict(code=code):
                return Stuck(code)
            case TryLater(reason=reason, retry_after_s=retry_after_s, mark=mark):
                return Unfinished(reason, retry_after_s, reached, mark)
            case _:
                assert_never(answer)

    def _append(self, meta: Announcement, fd: int, offset: int) -> Answer:
        chunk = os.pread(fd, self.courtesy.at_most(self._chunk_bytes), offset)
        last = offset + len(chunk) >= meta.size
        submission_id = meta.submission_id
        answer, took_s = self.courtesy.timed(
            lambda: self._transport.append(submission_id, offset, chunk, last=last)
        )
        self._learn(len(chunk), answer, took_s)
        next_bytes = _next_size(self._chunk_bytes, len(chunk), offset, answer, took_s)
        self._chunk_bytes = min(next_bytes, self._most_bytes)
        return answer

    def _learn(self, sent_bytes: int, answer: Answer, took_s: float) -> None:
        """Remember how fast the line was when it last carried something to speak of, and what it let pass.

        A gateway that takes only so much in one request answers in the platform's place, not as agreed (nginx
        takes 1 MB unless told); the same request would find the same answer for ever.
        """
        if isinstance(answer, TryLater):
            self._bytes_per_s = 0.0
            if answer.reason is Trouble.GARBLED and sent_bytes > LAST_RESORT_BYTES:
                self._most_bytes = max(LAST_RESORT_BYTES, sent_bytes // 2)
        elif sent_bytes >= _TELLING_BYTES and took_s > 0:
            self._bytes_per_s = sent_bytes / took_s

    def _proven(self, word: Ack | Verdict, meta: Announcement) -> Unfinished | None:
        try:
            verify(word, meta, self._ack_keys)
        except AckError as error:
            return Unfinished(error.code, None, 0)
        return None


def _next_size(size: int, sent: int, offset: int, answer: Answer, took_s: float) -> int:
    match answer:
        case TryLater(reason=Trouble.TIMEOUT) if size <= MIN_CHUNK_BYTES:
            return max(LAST_RESORT_BYTES, size // 2)
        case TryLater(reason=Trouble.TIMEOUT):
            return max(MIN_CHUNK_BYTES, size // 2)
        case Partial(offset=arrived) if offset < arrived < offset + sent:
            # The platform takes less at once (Upload-Limit).
            return max(LAST_RESORT_BYTES, arrived - offset)
        case Partial(offset=arrived) if arrived == offset + size and took_s < GROWS_BELOW_S:
            return min(MAX_CHUNK_BYTES, size * 2)
        case Partial(offset=arrived) if arrived == offset + size and took_s > SHRINKS_ABOVE_S:
            return min(size, max(MIN_CHUNK_BYTES, size // 2))
        case _:
            return size


@contextmanager
def _opened(path: Path) -> Generator[int]:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield fd
    finally:
        os.close(fd)


class _Content:
    """Implements ``Content`` over a file, which is never in memory as a whole."""

    def __init__(self, fd: int, size: int) -> None:
        self._fd = fd
        self._size = size
        self.fault: OSError | None = None
        """What the disk said instead of the bytes."""

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        for offset in range(0, self._size, _PIECE_BYTES):
            try:
                piece = os.pread(self._fd, min(_PIECE_BYTES, self._size - offset), offset)
            except OSError as error:
                self.fault = error
                raise
            yield piece


def read_digest(container: Path) -> str:
    """Return the digest of a file's bytes in hex.

    Raises:
        OSError: It cannot be read; ``FileNotFoundError`` when it is not there.
    """
    seen = hashlib.sha256()
    offset = 0
    with _opened(container) as fd:
        while piece := os.pread(fd, _PIECE_BYTES, offset):
            seen.update(piece)
            offset += len(piece)
    return seen.hexdigest()
