"""One attempt to bring one application to the platform. Blocks on the network; touches no database.

After any unknown outcome the first question is "what became of it?", so a reply lost after the platform's
commit costs a question, never a second case.
"""

import hashlib
import os
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from offline_queue.ack import Ack, Verdict, verify
from offline_queue.errors import AckError
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

FIRST_CHUNK_BYTES: Final = 512 * 1024
MIN_CHUNK_BYTES: Final = 64 * 1024
MAX_CHUNK_BYTES: Final = 4 * 1024 * 1024
_MAX_STALLS: Final = 5


@dataclass(frozen=True, slots=True)
class Errand:
    """What to bring where.

    Args:
        meta: What the platform is told of it.
        container: The sealed file.
        tried_before: Whether the platform may already know it; then it is asked first.
    """

    meta: Announcement
    container: Path
    tried_before: bool


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
    """

    reason: Trouble | str
    retry_after_s: float | None
    offset: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Asked to make way; nothing went wrong."""

    offset: int


Outcome = Delivered | Refused | Stuck | Unfinished | Interrupted


class Courier:
    """Carries containers over a transport, one at a time.

    Args:
        transport: The way to the platform.
        ack_keys: Pinned keys of acknowledgements: key id to Ed25519 public key, 32 raw bytes.
    """

    def __init__(self, transport: Transport, ack_keys: Mapping[str, bytes]) -> None:
        self._transport = transport
        self._ack_keys = ack_keys
        self._chunk_bytes = FIRST_CHUNK_BYTES
        self.interrupt = threading.Event()
        """Set to make the attempt under way stop at its next chunk."""

    def carry(self, errand: Errand) -> Outcome:
        """Bring one container as far as the network lets it come."""
        try:
            with _opened(errand.container) as fd:
                if _digest(fd) != errand.meta.digest:
                    return Stuck("queue.container-damaged")
                return self._carry(errand, fd)
        except FileNotFoundError:
            return Stuck("queue.container-missing")
        except OSError:
            return Stuck("queue.container-damaged")

    def _carry(self, errand: Errand, fd: int) -> Outcome:
        meta = errand.meta
        answer = self._transport.status(meta.submission_id) if errand.tried_before else Unknown()
        reached = 0
        stalls = 0
        while stalls < _MAX_STALLS:
            match answer:
                case Unknown():
                    stalls += 1
                    answer = self._transport.announce(meta)
                case Partial(offset=offset) if 0 <= offset <= meta.size:
                    # The platform's offset rules, even backwards; but not for ever.
                    stalls = 0 if offset > reached else stalls + 1
                    reached = max(reached, offset)
                    if self.interrupt.is_set():
                        return Interrupted(offset)
                    answer = self._append(meta, fd, offset)
                case Partial():
                    break
                case _:
                    return self._outcome(answer, meta, reached)
        return Unfinished(Trouble.GARBLED, None, reached)

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
            case TryLater(reason=reason, retry_after_s=retry_after_s):
                return Unfinished(reason, retry_after_s, reached)
            case _:
                assert_never(answer)

    def _append(self, meta: Announcement, fd: int, offset: int) -> Answer:
        chunk = os.pread(fd, self._chunk_bytes, offset)
        last = offset + len(chunk) >= meta.size
        answer = self._transport.append(meta.submission_id, offset, chunk, last=last)
        match answer:
            case TryLater(reason=Trouble.TIMEOUT):
                self._chunk_bytes = max(MIN_CHUNK_BYTES, self._chunk_bytes // 2)
            case Partial(offset=arrived) if arrived == offset + self._chunk_bytes:
                self._chunk_bytes = min(MAX_CHUNK_BYTES, self._chunk_bytes * 2)
            case _:
                pass
        return answer

    def _proven(self, word: Ack | Verdict, meta: Announcement) -> Unfinished | None:
        try:
            verify(word, meta, self._ack_keys)
        except AckError as error:
            return Unfinished(error.code, None, 0)
        return None


@contextmanager
def _opened(path: Path) -> Generator[int]:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield fd
    finally:
        os.close(fd)


def _digest(fd: int) -> str:
    seen = hashlib.sha256()
    offset = 0
    while chunk := os.pread(fd, FIRST_CHUNK_BYTES, offset):
        seen.update(chunk)
        offset += len(chunk)
    return seen.hexdigest()
