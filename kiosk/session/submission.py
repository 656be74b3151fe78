"""Where a visit can be once the application was handed over."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.cases import EarlierCase
from kiosk.domain.seal_mark import SealMark
from kiosk.session.fault import Fault
from kiosk.session.visit import Visit


class SubmitPhase(StrEnum):
    """How far the submission is."""

    STORING = "storing"
    """Being sealed and stored; cannot be left for the blink it takes."""
    SENDING = "sending"
    """Stored durably; waiting for the platform's answer, which may also come later."""


@dataclass(frozen=True, slots=True)
class Submitting:
    """The application is on its way.

    Args:
        visit: The visit, while it is not stored yet; None once it is (the plain data is dropped then).
        item: What is applied for.
        phase: Storing or sending.
        receipt_no: The terminal's number once stored.
        seal: What the slip says of the container, once stored.
        masked_name: Name for the receipt, masked.
        pages: How many pages were stored.
        scanned: Whether an original may still lie in the scanner.
        also: What else fits whoever applied, for the goodbye.
        masked_agent: Name of who files for them, masked, or ``""``.
    """

    visit: Visit | None
    item: ServiceItem
    masked_name: str
    pages: int
    scanned: bool
    phase: SubmitPhase = SubmitPhase.STORING
    receipt_no: str | None = None
    seal: SealMark = field(default_factory=SealMark)
    also: tuple[ServiceItem, ...] = ()
    masked_agent: str = ""


@dataclass(frozen=True, slots=True)
class Failing:
    """Not successful: it could not be stored, or the platform refused it.

    Args:
        item: What was applied for.
        fault: Why.
        visit: Everything that was given, while nothing is stored: it can be tried again, or changed.
        outcome: What was stored, when the platform refused it.
    """

    item: ServiceItem
    fault: Fault
    visit: Visit | None = None
    outcome: "Outcome | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is true about the application now.

    Args:
        item: What was applied for.
        receipt_no: The terminal's number, e.g. ``T0421-000137-K7``.
        case_no: 办件编号 of the platform, or None while it has not answered.
        masked_name: Name for the receipt, masked.
        pages: How many pages went with it; None when that is not known any more.
        scanned: Whether an original may still lie in the scanner.
        seal: What the slip says of the container.
        also: What else fits whoever applied, for the goodbye.
        masked_agent: Name of who files for them, masked, or ``""``.
        earlier: A case of the same applicant and item that was open already, once the platform said so.
        left: Whether the program ended before its slip was taken; somebody else may be here by now.
    """

    item: ServiceItem
    receipt_no: str
    case_no: str | None
    masked_name: str
    pages: int | None
    scanned: bool = False
    seal: SealMark = field(default_factory=SealMark)
    also: tuple[ServiceItem, ...] = ()
    masked_agent: str = ""
    earlier: EarlierCase | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class LeftSlip:
    """A slip that nobody took before the program ended.

    Args:
        outcome: What it tells.
        until_s: Monotonic seconds at which the offer ends.
    """

    outcome: Outcome
    until_s: float


@dataclass(frozen=True, slots=True)
class Resulting:
    """Received by the platform (``case_no``) or saved here and not yet delivered."""

    outcome: Outcome


class ReceiptPhase(StrEnum):
    """What became of the paper."""

    PRINTING = "printing"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"
    ON_PHONE = "on-phone"
    """Not asked for: the resident scans it from the screen."""


@dataclass(frozen=True, slots=True)
class Receipting:
    """The receipt: on paper, or to note down from the screen.

    Args:
        outcome: What the receipt tells.
        phase: What became of the paper.
        fault: Why it is not printed, or None.
        attempt: 1 for the first print, 0 before; a later one is marked as a second print (补打).
    """

    outcome: Outcome
    phase: ReceiptPhase = ReceiptPhase.PRINTING
    fault: Fault | None = None
    attempt: int = 1


class RatingPhase(StrEnum):
    """What became of the rating."""

    ASKING = "asking"
    SENDING = "sending"
    SENT = "sent"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class Rating:
    """Five faces, to be left out by whoever wants to (好差评).

    Args:
        outcome: What is rated.
        paper: Whether a receipt was printed.
        phase: What became of it.
    """

    outcome: Outcome
    paper: bool = False
    phase: RatingPhase = RatingPhase.ASKING


@dataclass(frozen=True, slots=True)
class Ending:
    """Goodbye, with what must not be left behind."""

    originals: bool = False
    """Whether a page was scanned, so that an original may lie in the scanner."""
    paper: bool = False
    """Whether a receipt was printed."""
    also: tuple[ServiceItem, ...] = ()
    """What else fits whoever just filed something and ended the visit by a touch."""
