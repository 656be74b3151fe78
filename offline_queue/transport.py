"""All the network can ever say. How it is said (HTTP) is the business of whoever hands a transport in.

The contract behind it:

* ``PUT /v1/submissions/{id}`` creates or returns: state and upload offset.
* ``PATCH /v1/uploads/{id}`` writes at ``Upload-Offset``; ``Upload-Complete: ?1`` on the last one commits.
* ``GET /v1/submissions/{id}`` answers unknown, partial, processing, accepted or rejected.

An implementation never raises for what the network does: whatever is not the platform's own, well-formed
answer (a captive portal, a proxy's page, a cut line) is ``TryLater``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from offline_queue.ack import Ack, Verdict


class Trouble(StrEnum):
    """Why the platform's answer is not there yet."""

    OFFLINE = "offline"
    """No connection."""
    TIMEOUT = "timeout"
    """A connection, but no answer in time; the outcome is unknown."""
    GARBLED = "garbled"
    """An answer that is not the platform's: a captive portal, a proxy, a cut reply."""
    BUSY = "busy"
    """The platform asks for patience (429, 503, 409 in flight) or failed (5xx)."""
    PROCESSING = "processing"
    """The platform has every byte and is not done yet."""
    AUTH = "auth"
    """The platform does not know this terminal (401, 403); no item is to blame."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform says it has the application; to be verified before it is believed."""

    ack: Ack


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform says it will never take it; to be verified before it is believed."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Partial:
    """The platform has the first ``offset`` bytes (0 after an announcement) and waits for more."""

    offset: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The platform has never heard of this submission, or has forgotten its unfinished upload."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The platform cannot take this item as it is; a person must look. The item is kept.

    Args:
        code: ``platform.digest-conflict`` (422: the id is known with other bytes), ``platform.too-large``
            (413), ``platform.unknown-key`` or ``platform.refused`` (any other 4xx of the application layer).
    """

    code: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """No answer that decides anything.

    Args:
        reason: Why.
        retry_after_s: What the platform asked for (``Retry-After``), or None.
    """

    reason: Trouble
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Reachable:
    """The platform answered a ping."""


Answer = Accepted | Rejected | Partial | Unknown | Conflict | TryLater
"""Everything the network can say about a submission."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said of a submission before its bytes, all of it free of personal data.

    Args:
        submission_id: 32 hex digits; the path of the request.
        digest: SHA-256 of the container, 64 hex digits.
        size: Bytes of the container.
        service: Code of the service item.
        seq: Gapless number of the application on this terminal.
        receipt_no: What the resident holds.
        kid: First key the container is sealed to.
        container_ver: Version of the container.
        terminal: The terminal's name.
    """

    submission_id: str
    digest: str
    size: int
    service: str
    seq: int
    receipt_no: str
    kid: str
    container_ver: int
    terminal: str


class Transport(Protocol):
    """The way to the platform. Each call blocks for a bounded time and is made from one thread only."""

    def announce(self, meta: Announcement) -> Answer:
        """Create the submission, or learn how far it is."""
        ...

    def append(self, submission_id: str, offset: int, chunk: bytes, *, last: bool) -> Answer:
        """Write bytes at an offset; with ``last`` the platform commits and answers ``Accepted``.

        A wrong offset is answered ``Partial`` with the platform's own.
        """
        ...

    def status(self, submission_id: str) -> Answer:
        """Ask what became of a submission."""
        ...

    def ping(self) -> Reachable | TryLater:
        """Ask whether the platform is there."""
        ...
