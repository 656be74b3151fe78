"""What the application and the queue's process say to each other over the Unix socket.

A message is 4 bytes big-endian length and that many bytes of MessagePack. One connection carries one request
and its reply. A container crosses as a sealed memfd beside the ``Submit`` message: no copy on the way, no
file anybody could open, and bytes that cannot change after they were handed over.
"""

from typing import Annotated, Final

import msgspec

MAX_MESSAGE_BYTES: Final = 1024 * 1024
LENGTH_BYTES: Final = 4
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Seconds = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]


class Submit(msgspec.Struct, frozen=True, tag=True):
    """Store the container in the memfd that comes along."""

    service: str
    order_key: bytes | None = None


class Admit(msgspec.Struct, frozen=True, tag=True):
    """Ask whether an application of about this size could be stored."""

    size_bytes: _Count


class Status(msgspec.Struct, frozen=True, tag=True):
    """Ask where an application is."""

    receipt_no: str


class Receipt(msgspec.Struct, frozen=True, tag=True):
    """Ask once more for what the receipt of an application says; answered with ``Stored``."""

    receipt_no: str


class Wait(msgspec.Struct, frozen=True, tag=True):
    """Ask where an application is, once it is settled or the time is up."""

    receipt_no: str
    timeout_s: _Seconds


class Stats(msgspec.Struct, frozen=True, tag=True):
    """Ask how the queue is."""


class Kick(msgspec.Struct, frozen=True, tag=True):
    """Say that the network is back."""


class Items(msgspec.Struct, frozen=True, tag=True):
    """Ask for the applications after a number."""

    after_seq: _Count
    limit: _Count


class Retry(msgspec.Struct, frozen=True, tag=True):
    """Send an application again that was set aside for a person."""

    receipt_no: str


class GiveUp(msgspec.Struct, frozen=True, tag=True):
    """Let nothing wait any more for an application whose container is lost."""

    receipt_no: str


class MarkPrinted(msgspec.Struct, frozen=True, tag=True):
    """Say that the resident holds the receipt."""

    receipt_no: str


class Hold(msgspec.Struct, frozen=True, tag=True):
    """Hold the room for an application that is being filled in; again prolongs it."""

    size_bytes: _Count
    seconds: _Seconds


class Release(msgspec.Struct, frozen=True, tag=True):
    """Give back what was held and not used."""


class LeaveLine(msgspec.Struct, frozen=True, tag=True):
    """Say that a resident needs the line: for so long the backlog uses a quarter of it; again prolongs it."""

    seconds: _Seconds


class MarkExported(msgspec.Struct, frozen=True, tag=True):
    """Say that a verified copy lies on a USB stick; the application stays where it is."""

    receipt_no: str


class Check(msgspec.Struct, frozen=True, tag=True):
    """Begin the thorough check now; ``Stats`` tells when it is done."""


class Reconcile(msgspec.Struct, frozen=True, tag=True):
    """Compare with the platform as soon as the line allows; ``Stats`` tells when it was done."""


Question = Submit | Admit | Status | Receipt | Wait | Stats | Items
Order = Kick | Retry | GiveUp | MarkPrinted | Hold | Release | LeaveLine | MarkExported | Check | Reconcile
"""What is answered with ``Done``."""
Request = Question | Order


class Stored(msgspec.Struct, frozen=True, tag=True):
    """An application is durable: only now may a receipt be printed.

    Args:
        receipt_no: The number on the receipt.
        seq: Gapless number of the application on this terminal.
        digest: SHA-256 of the container.
        proof: The terminal's signature for the receipt's code (``receipt_code``), or ``""`` without a key.
    """

    receipt_no: str
    seq: int
    digest: bytes
    proof: str = ""


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
        digest: SHA-256 of the container; empty from an older queue.
        kid: First key it is sealed to.
        container_ver: Version of the container.
        clock_conf: How good ``created_ms`` is, a value of ``Confidence``.
        exported_ms: When a copy last went to a USB stick, milliseconds since 1970, or None.
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
    digest: bytes = b""
    kid: str = ""
    container_ver: int = 1
    clock_conf: str = "unknown"
    exported_ms: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether the platform has it, proven and committed."""
        return self.acceptance_no is not None

    @property
    def settled(self) -> bool:
        """Whether the platform's final answer, yes or no, is committed."""
        return self.state in {"acked", "rejected", "wiped"}

    @property
    def refused(self) -> bool:
        """Whether the platform's final answer is no; its container is wiped as after a yes."""
        return self.settled and not self.accepted


class QueueStats(msgspec.Struct, frozen=True, tag=True):
    """How the queue is.

    Args:
        counts: State to number of applications, all states of ``ItemState``.
        waiting_bytes: Bytes of containers not yet delivered.
        oldest_waiting_s: Age of the oldest application not yet delivered, by the wall clock where it is of
            another boot; None if none.
        free_bytes: What may still be used of the disk.
        admits: Whether one more application of the largest size would be taken.
        breaker_open: Whether the line is thought to be down.
        level: ``"green"``, ``"amber"`` or ``"red"``: whether another visit may begin.
        tries: Attempts of all applications not yet delivered.
        last_ack_ms: When the platform last proved to have one, milliseconds since 1970, or None.
        clock_conf: How far the wall clock can be believed, a value of ``Confidence``.
        repairs: How often the database was built anew.
        repair_reason: Code of why it was, the last time, or ``""``.
        repaired_ms: When, milliseconds since 1970.
        missing: Numbers given out before a repair of which nothing is left here.
        checked: Result of the last thorough check: ``""`` before the first, ``"ok"``, or a code.
        checked_ms: When it ended, milliseconds since 1970.
        seal_key_code: What is to be said of the platform's keys, a ``seal.*`` code, or ``""``.
        seal_key_left_s: For how long applications can be sealed yet; None for no end or no valid key.
        device_key_code: What is to be said of the terminal's own key, a ``device-key.*`` code, or ``""``.
        reconciled_ms: When this queue was last compared with the platform, milliseconds since 1970; 0 before
            the first time. The other figures are of that comparison.
        acks_repaired: Lost acknowledgements made good.
        platform_lost: Applications that the platform had acknowledged and no longer knew.
        number_gaps: Numbers that nobody has an application for.
        store_s: Seconds that storing an application took since the queue started, by quantile (0.5, 0.99);
            empty before the first. Slower and slower flushes are the first sign of a worn disk.
        wal_bytes: Size of the database's write-ahead log.
        line_left: Whether most of the line is left to a resident.
    """

    counts: dict[str, int]
    waiting_bytes: int
    oldest_waiting_s: float | None
    free_bytes: int
    admits: bool
    breaker_open: bool
    level: str = "green"
    tries: int = 0
    last_ack_ms: int | None = None
    clock_conf: str = "unknown"
    repairs: int = 0
    repair_reason: str = ""
    repaired_ms: int = 0
    missing: int = 0
    checked: str = ""
    checked_ms: int = 0
    seal_key_code: str = ""
    seal_key_left_s: float | None = None
    device_key_code: str = ""
    reconciled_ms: int = 0
    acks_repaired: int = 0
    platform_lost: int = 0
    number_gaps: int = 0
    store_s: dict[float, float] = {}
    wal_bytes: int = 0
    line_left: bool = False


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
        ValueError: When it is none.
    """
    return _REQUEST.decode(body)


def decode_reply(body: bytes) -> Reply:
    """Read a reply.

    Raises:
        ValueError: When it is none.
    """
    return _REPLY.decode(body)


_REQUEST: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_REPLY: Final[msgspec.msgpack.Decoder[Reply]] = msgspec.msgpack.Decoder(Reply)
