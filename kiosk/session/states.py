"""Where a visit can be. Each state holds only what exists in it; dropping it wipes it."""

from dataclasses import dataclass, field
from enum import StrEnum

from devices.health import Health
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import Holder
from kiosk.domain.seal_mark import SealMark
from kiosk.domain.text import Language
from kiosk.forms.address import Picking
from kiosk.forms.entries import Entry
from kiosk.forms.model import Answers, Datum, Field, Form, Problem
from kiosk.session.access import Access
from kiosk.session.errand import Errand
from kiosk.session.finding import Finding


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong, as a stable code of ``docs/errors.md``."""

    code: str


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is here."""


@dataclass(frozen=True, slots=True)
class Home:
    """The doors."""


@dataclass(frozen=True, slots=True)
class Guiding:
    """Reading an item's guide.

    Args:
        item: The item.
        origin: The search it was found by, to go back to.
        fault: Why it cannot be filed here now, or None.
    """

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Notifying:
    """Reading the privacy notice before any data is read."""

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)


class CardPhase(StrEnum):
    """What the card reader is doing for the resident."""

    WAITING = "waiting"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Identifying:
    """Waiting for the identity card.

    Args:
        errand: What for.
        phase: Waiting or reading.
        fault: Why the last try failed, or None.
        attempts: Failed tries so far.
    """

    errand: Errand
    phase: CardPhase = CardPhase.WAITING
    fault: Fault | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything one resident has given in this visit; lives in the state only.

    Args:
        item: What is applied for.
        form: Its questions.
        holder: Who applies.
        data: Prefilled data, each with its source and whether it is used.
        answers: Answers so far, the used data among them.
        pages: Accepted pages.
    """

    item: ServiceItem
    form: Form
    holder: Holder
    data: tuple[Datum, ...] = ()
    answers: Answers = field(default_factory=Answers)
    pages: tuple[CapturedPage, ...] = ()


class PrefillPhase(StrEnum):
    """How far the prefill is."""

    LOADING = "loading"
    READY = "ready"
    UNAVAILABLE = "unavailable"
    """The platform cannot be asked; card data is there, the rest is filled in by hand."""


@dataclass(frozen=True, slots=True)
class Previewing:
    """Showing what is already known, each datum with its source, to use or not."""

    visit: Visit
    phase: PrefillPhase = PrefillPhase.LOADING


@dataclass(frozen=True, slots=True)
class Asking:
    """One question on the screen.

    Args:
        visit: The visit.
        name: Name of the field asked; of a repeated group, whatever of it is asked.
        draft: What stands in the input now, as the resident typed it.
        problem: What is wrong with it, or None.
        changing: Whether it was opened from the review, which it returns to.
        entry: For a group: the entry that is asked now, None while its list is shown.
        picking: For an address: how far it is picked.
    """

    visit: Visit
    name: str
    draft: str = ""
    problem: Problem | None = None
    changing: bool = False
    entry: Entry | None = None
    picking: Picking | None = None

    @property
    def field(self) -> Field:
        """Return what is asked now: the field, or a column of the group."""
        whole = self.visit.form.field(self.name)
        return whole if self.entry is None else whole.column(self.entry.column)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The list of materials with what is still missing."""

    visit: Visit
    fault: Fault | None = None


class CapturePhase(StrEnum):
    """What scanner or camera is doing."""

    READY = "ready"
    WORKING = "working"
    JUDGING = "judging"
    """A page was taken and is shown for the resident to accept."""


@dataclass(frozen=True, slots=True)
class Capturing:
    """Taking one page of one material.

    Args:
        visit: The visit.
        material: Code of the material.
        phase: Ready, working or judging.
        page: The page to judge, only in that phase.
        findings: Codes of what is wrong with the page (``page.blurred`` …), empty when it is good.
        fault: Why the device could not take it, or None.
        changing: Whether it was opened from the review, which it returns to.
    """

    visit: Visit
    material: str
    phase: CapturePhase = CapturePhase.READY
    page: CapturedPage | None = None
    findings: tuple[str, ...] = ()
    fault: Fault | None = None
    changing: bool = False


@dataclass(frozen=True, slots=True)
class Reviewing:
    """All answers and pages on one screen, with the declaration."""

    visit: Visit
    declared: bool = False
    fault: Fault | None = None


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
    """

    visit: Visit | None
    item: ServiceItem
    masked_name: str
    pages: int
    scanned: bool
    phase: SubmitPhase = SubmitPhase.STORING
    receipt_no: str | None = None
    seal: SealMark = field(default_factory=SealMark)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is true about the application now.

    Args:
        item: What was applied for.
        receipt_no: The terminal's number, e.g. ``T0421-000137-K7``.
        case_no: 办件编号 of the platform, or None while it has not answered.
        masked_name: Name for the receipt, masked.
        pages: How many pages went with it.
        scanned: Whether an original may still lie in the scanner.
        seal: What the slip says of the container.
    """

    item: ServiceItem
    receipt_no: str
    case_no: str | None
    masked_name: str
    pages: int
    scanned: bool = False
    seal: SealMark = field(default_factory=SealMark)


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


@dataclass(frozen=True, slots=True)
class Receipting:
    """The receipt: on paper, or to note down from the screen.

    Args:
        outcome: What the receipt tells.
        phase: What became of the paper.
        fault: Why it is not printed, or None.
        attempt: 1 for the first print; a later one is marked as a second print (补打).
    """

    outcome: Outcome
    phase: ReceiptPhase = ReceiptPhase.PRINTING
    fault: Fault | None = None
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Ending:
    """Goodbye, with what must not be left behind."""

    originals: bool = False
    """Whether a page was scanned, so that an original may lie in the scanner."""
    paper: bool = False
    """Whether a receipt was printed."""


State = (
    Attract
    | Home
    | Finding
    | Guiding
    | Notifying
    | Identifying
    | Previewing
    | Asking
    | Gathering
    | Capturing
    | Reviewing
    | Submitting
    | Resulting
    | Receipting
    | Ending
)


@dataclass(frozen=True, slots=True)
class Session:
    """One visit and the terminal around it.

    Args:
        serial: Number of the visit; an answer to an effect of another visit changes nothing.
        state: Where the visit is.
        language: Language of the screens; back to Chinese after each visit.
        access: What this resident needs; forgotten after each visit.
        panel: Whether the panel to change language and access lies over the screen.
        now_s: Monotonic seconds of the last event.
        touched_s: Monotonic seconds of the last sign of life.
        warning_until_s: When the visit ends by itself, while the warning is shown; else None.
        card_on_reader: Whether a card lies on the reader.
        health: Health of each device that said something, by name.
        online: Whether the platform answered last; None before the first answer.
        storage: Why nothing could be stored now, or None when it could.
    """

    serial: int = 0
    state: State = field(default_factory=Attract)
    language: Language = Language.ZH
    access: Access = field(default_factory=Access)
    panel: bool = False
    now_s: float = 0.0
    touched_s: float = 0.0
    warning_until_s: float | None = None
    card_on_reader: bool = False
    health: tuple[Health, ...] = ()
    online: bool | None = None
    storage: str | None = None
