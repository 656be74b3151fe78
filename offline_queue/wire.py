"""What the application and the queue's process say to each other over the Unix socket.

A message is 4 bytes big-endian length and that many bytes of MessagePack. One connection carries one request
and its reply. A container crosses as a sealed memfd beside the ``Submit`` message: no copy on the way, no
file anybody could open, and bytes that cannot change after they were handed over.
"""

from typing import Final

import msgspec

MAX_MESSAGE_BYTES: Final = 1024 * 1024
LENGTH_BYTES: Final = 4


class Submit(msgspec.Struct, frozen=True, tag=True):
    """Store the container in the memfd that comes along."""

    service: str
    order_key: bytes | None = None


class Admit(msgspec.Struct, frozen=True, tag=True):
    """Ask whether an application of about this size could be stored."""

    size_bytes: int


class Status(msgspec.Struct, frozen=True, tag=True):
    """Ask where an application is."""

    receipt_no: str


class Wait(msgspec.Struct, frozen=True, tag=True):
    """Ask where an application is, once it is settled or the time is up."""

    receipt_no: str
    timeout_s: float


class Stats(msgspec.Struct, frozen=True, tag=True):
    """Ask how the queue is."""


class Kick(msgspec.Struct, frozen=True, tag=True):
    """Say that the network is back."""


class Items(msgspec.Struct, frozen=True, tag=True):
    """Ask for the applications after a number."""

    after_seq: int
    limit: int


class Retry(msgspec.Struct, frozen=True, tag=True):
    """Send an application again that was set aside for a person."""

    receipt_no: str


class MarkPrinted(msgspec.Struct, frozen=True, tag=True):
    """Say that the resident holds the receipt."""

    receipt_no: str


Request = Submit | Admit | Status | Wait | Stats | Kick | Items | Retry | MarkPrinted


class Stored(msgspec.Struct, frozen=True, tag=True):
    """An application is durable: only now may a receipt be printed.

    Args:
        receipt_no: The number on the receipt.
        seq: Gapless number of the application on this terminal.
        digest: SHA-256 of the container.
    """

    receipt_no: str
    seq: int
    digest: bytes


class ItemStatus(msgspec.Struct, frozen=True, tag=True):
    """Where an application is. Nothing in it names a person.

    Args:
        receipt_no: The number on the receipt.
        seq: Gapless number of the application on this terminal.
        submission_id: 16 bytes.
        service: Code of the service item.
        state: A value of ``ItemState``.
        size: Bytes of the container.
        attempts: How often it was tried.
        created_ms: When it was sealed, milliseconds since 1970 as the terminal believed.
        acceptance_no: The platform's case number, once accepted.
        last_error: Code of the last trouble, or of why it was set aside or rejected.
        receipt_printed: Whether the resident holds the receipt.
    """

    receipt_no: str
    seq: int
    submission_id: bytes
    service: str
    state: str
    size: int
    attempts: int
    created_ms: int
    acceptance_no: str | None
    last_error: str | None
    receipt_printed: bool

    @property
    def accepted(self) -> bool:
        """Whether the platform has it, proven and committed."""
        return self.acceptance_no is not None

    @property
    def settled(self) -> bool:
        """Whether the platform's final answer, yes or no, is committed."""
        return self.state in {"acked", "rejected", "wiped"}


class QueueStats(msgspec.Struct, frozen=True, tag=True):
    """How the queue is.

    Args:
        counts: State to number of applications, all states of ``ItemState``.
        waiting_bytes: Bytes of containers not yet delivered.
        oldest_waiting_s: Age of the oldest application not yet delivered, by the wall clock; None if none.
        free_bytes: What may still be used of the disk.
        admits: Whether one more application of the largest size would be taken.
        breaker_open: Whether the line is thought to be down.
    """

    counts: dict[str, int]
    waiting_bytes: int
    oldest_waiting_s: float | None
    free_bytes: int
    admits: bool
    breaker_open: bool


class ItemPage(msgspec.Struct, frozen=True, tag=True):
    """Applications in the order of their numbers."""

    items: list[ItemStatus]


class Done(msgspec.Struct, frozen=True, tag=True):
    """It is so."""


class Failed(msgspec.Struct, frozen=True, tag=True):
    """It could not be done; the code says why."""

    code: str
    detail: str = ""


Reply = Stored | ItemStatus | QueueStats | ItemPage | Done | Failed


def encode(message: Request | Reply) -> bytes:
    """Return a message with its length in front."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def decode_request(body: bytes) -> Request:
    """Read a request.

    Raises:
        msgspec.DecodeError: When it is none.
    """
    return _REQUEST.decode(body)


def decode_reply(body: bytes) -> Reply:
    """Read a reply.

    Raises:
        msgspec.DecodeError: When it is none.
    """
    return _REPLY.decode(body)


_REQUEST: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_REPLY: Final[msgspec.msgpack.Decoder[Reply]] = msgspec.msgpack.Decoder(Reply)
