"""All the network can ever say. How it is said (HTTP) is the business of whoever hands a transport in.

The contract behind it:

* ``PUT /v1/submissions/{id}`` creates or returns: state and upload offset.
* ``POST /v1/uploads/{id}`` does that, takes the whole container and commits, all in one request.
* ``PATCH /v1/uploads/{id}`` writes at ``Upload-Offset``; ``Upload-Complete: ?1`` on the last one commits.
* ``GET /v1/submissions/{id}`` answers unknown, partial, processing, accepted or rejected.
* ``POST /v1/reconciliations`` compares what the terminal holds with what the platform has.

An implementation never raises for what the network does: whatever is not the platform's own, well-formed
answer (a captive portal, a proxy's page, a cut line) is ``TryLater``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from offline_queue.ack import Ack, Verdict

HOLDINGS_MAX: Final = 500
"""Numbers in the range of one reconciliation. A terminal with more of them asks several times."""


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
    """The platform is at work on this application and not done yet."""
    AUTH = "auth"
    """The platform does not know this terminal (401, 403); no item is to blame."""
    OUT_OF_ORDER = "out-of-order"
    """The platform waits for an earlier application of the same chain (428); this one stays queued."""
    REFUSED = "refused"
    """The platform refuses the request (400, a 422 of unknown code); the fifth time a person must look."""


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
            (413), ``platform.unknown-key`` or ``platform.refused`` (422: it cannot be read, or bears a
            number that is not its own).
    """

    code: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """No answer that decides anything.

    Args:
        reason: Why.
        retry_after_s: What the platform asked for (``Retry-After``, ``RateLimit``), or None.
        mark: With ``refused``: what tells this refusal from the next. A cache that repeats an old answer
            repeats its mark as well.
    """

    reason: Trouble
    retry_after_s: float | None = None
    mark: str = ""


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
        prev_in_chain: Submission id of the application that must be settled before this one, or None.
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
    prev_in_chain: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the platform wants to be called (``X-Drain``, ``RateLimit``).

    Args:
        interval_s: Mean time between two submissions of one terminal; draw from 0 to twice of it.
        lasts_s: For how long the wish counts from when it was heard.
        silent_s: For how long nothing more is wanted at all; 0 for no such wish.
    """

    interval_s: float
    lasts_s: float
    silent_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Holding:
    """What the terminal says of one application when accounts are compared.

    Args:
        seq: Its number on this terminal.
        submission_id: 32 hex digits.
        digest8: First 8 hex digits of its container's digest.
        state: Its state at the terminal, a word of ``offline_queue.item.ItemState``.
    """

    seq: int
    submission_id: str
    digest8: str
    state: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything the terminal knows of between two of its numbers.

    Args:
        terminal: The terminal's name.
        newest_seq: The highest number it has ever given out; 0 before the first.
        first_seq: Where the range begins, itself included.
        last_seq: Where it ends, itself included; at most ``newest_seq``, and at most ``HOLDINGS_MAX``
            numbers in all.
        items: All applications in the range that the terminal has a row of, settled ones too.
    """

    terminal: str
    newest_seq: int
    first_seq: int
    last_seq: int
    items: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The platform's account of the same range. What stands in no list is as the terminal thinks.

    Args:
        settled: The signed words on applications that the terminal does not hold as settled (lost
            acknowledgements); each to be verified before it is believed.
        unfinished: Submission ids the platform has a part of, or the whole and not yet a decision; if the
            terminal holds them as settled, a loss at the platform.
        unknown: Submission ids the platform has never heard of: to be sent, or, if the terminal holds them
            as settled, a loss at the platform.
        conflicts: Submission ids that the platform knows with another container; people must look.
        gaps: Numbers of the range that neither side has an application for.
    """

    settled: tuple[Accepted | Rejected, ...]
    unfinished: tuple[str, ...]
    unknown: tuple[str, ...]
    conflicts: tuple[str, ...]
    gaps: tuple[int, ...]


class Content(Protocol):
    """The bytes of a whole container, piece by piece, from the first one each time they are asked for."""

    def __len__(self) -> int:
        """Return how many bytes there are."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Give them in their order."""
        ...


class Transport(Protocol):
    """The way to the platform. Each call blocks for a bounded time and is made from one thread only."""

    def announce(self, meta: Announcement) -> Answer:
        """Create the submission, or learn how far it is."""
        ...

    def deliver(self, meta: Announcement, content: Content) -> Answer:
        """Create the submission, send the whole of it and commit, in one request.

        What the platform knows already is answered as ``announce`` answers it, and the bytes are not heeded.
        """
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

    def reconcile(self, batch: Holdings) -> Reconciled | TryLater:
        """Compare accounts. Repeating it changes nothing; a refusal of the batch counts as ``GARBLED``."""
        ...

    def pace(self) -> Pace | None:
        """Return what the answer to the last question asked for, once; None: no wish, no answer, or told.

        An attempt that came to no question at all must not be paced by an old answer once more.
        """
        ...
