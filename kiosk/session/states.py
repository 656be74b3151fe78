"""Where a visit can be. Each state holds only what exists in it; dropping it wipes it."""

from dataclasses import dataclass, field
from enum import StrEnum

from devices.health import Health
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.signature import Signature
from kiosk.domain.text import Language
from kiosk.forms.address import Picking
from kiosk.forms.entries import Entry
from kiosk.forms.model import Field, Problem
from kiosk.session.access import Access
from kiosk.session.acting_states import ActingState
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.document_states import PaperPhase
from kiosk.session.errand import Errand
from kiosk.session.fault import Fault
from kiosk.session.finding import Finding
from kiosk.session.left_card import LeftCard
from kiosk.session.side_states import SideState
from kiosk.session.submission import (
    Ending,
    Failing,
    LeftSlip,
    Outcome,
    Rating,
    RatingPhase,
    Receipting,
    ReceiptPhase,
    Resulting,
    SubmitPhase,
    Submitting,
)
from kiosk.session.visit import Situation, Visit

__all__ = [
    "Asking",
    "Attract",
    "CapturePhase",
    "Capturing",
    "CardPhase",
    "Checking",
    "Ending",
    "Failing",
    "Fault",
    "Finding",
    "Gathering",
    "Guiding",
    "Home",
    "Identifying",
    "Notifying",
    "Outcome",
    "Paging",
    "PrefillPhase",
    "Previewing",
    "Rating",
    "RatingPhase",
    "ReceiptPhase",
    "Receipting",
    "Resulting",
    "Reviewing",
    "Session",
    "Signing",
    "Situation",
    "State",
    "SubmitPhase",
    "Submitting",
    "Unfit",
    "Visit",
]


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
        fault: Why it cannot be filed here now, or not be printed, or None.
        paper: What became of the printed guide.
        prints: How often it was printed.
        on_phone: Whether the code to take it along on the phone is shown.
    """

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    fault: Fault | None = None
    paper: PaperPhase = PaperPhase.READY
    prints: int = 0
    on_phone: bool = False


@dataclass(frozen=True, slots=True)
class Checking:
    """One question on the resident's situation, before anything personal.

    Args:
        item: The item.
        question: Code of the question.
        origin: The search the item was found by, to go back to.
        situation: What was answered so far.
        fault: Why it does not go on yet, or None.
    """

    item: ServiceItem
    question: str
    origin: Finding = field(default_factory=Finding)
    situation: Situation = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """The item cannot be filed here in this situation: no error, but a way on."""

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    situation: Situation = ()


@dataclass(frozen=True, slots=True)
class Notifying:
    """Reading the privacy notice before any data is read."""

    item: ServiceItem
    origin: Finding = field(default_factory=Finding)
    situation: Situation = ()


class CardPhase(StrEnum):
    """What the card reader is doing for the resident."""

    WAITING = "waiting"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Identifying:
    """Waiting for the identity card, or for a one-ID code.

    Args:
        errand: What for.
        phase: Waiting or reading.
        fault: Why the last try failed, or None.
        attempts: Failed tries of a card so far.
        checking: The one-ID code that the platform is being asked about, ``""`` while none is.
    """

    errand: Errand
    phase: CardPhase = CardPhase.WAITING
    fault: Fault | None = None
    attempts: int = 0
    checking: str = field(default="", repr=False)


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
    fault: Fault | None = None
    """Why the platform told nothing, or None."""


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
        place: Which page it takes the place of, counted from 0; None for one more.
        hint: What the live picture looks like (``live.too-dark`` …), None before it was looked at.
    """

    visit: Visit
    material: str
    phase: CapturePhase = CapturePhase.READY
    page: CapturedPage | None = None
    findings: tuple[str, ...] = ()
    fault: Fault | None = None
    changing: bool = False
    place: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Looking through the pages of one material.

    Args:
        visit: The visit.
        material: Code of the material.
        looking: Which page is looked at large, counted from 0; None while all of them are shown.
        removed: Where the page that was taken out last stood, and the page, until something else is done.
        fault: Why it is not whole yet, or None.
        changing: Whether it was opened from the review, which it returns to.
    """

    visit: Visit
    material: str
    looking: int | None = None
    removed: tuple[int, CapturedPage] | None = None
    fault: Fault | None = None
    changing: bool = False


@dataclass(frozen=True, slots=True)
class Reviewing:
    """All answers and pages on one screen, with the declaration."""

    visit: Visit
    declared: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """The signature, the last thing before it is submitted.

    Args:
        visit: The visit, declared to be true.
        signature: What was drawn so far.
        lifted: Whether the card was off the reader since, so that it can confirm.
        fault: Why it is no signature yet, or None.
    """

    visit: Visit
    signature: Signature = field(default_factory=Signature)
    lifted: bool = False
    fault: Fault | None = None

    @property
    def by_card_too(self) -> bool:
        """Whether the card may stand for the signature: only the one that was laid down before."""
        return self.visit.signer.proof == "card"


State = (
    Attract
    | Home
    | Finding
    | Guiding
    | Checking
    | Unfit
    | Notifying
    | ActingState
    | Identifying
    | Previewing
    | Asking
    | Gathering
    | Capturing
    | Paging
    | Reviewing
    | Signing
    | Submitting
    | Failing
    | Resulting
    | Receipting
    | Rating
    | Ending
    | SideState
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
        begun_s: When the visit began, as monotonic seconds; None while nobody is here.
        extended: Whether the end of the whole visit was put off once.
        warning_until_s: When the visit ends by itself, while the warning is shown; else None.
        card_on_reader: Whether a card lies on the reader.
        left: The card that its visit left behind there, or None.
        health: Health of each device that said something, by name.
        online: Whether the platform answered last; None before the first answer.
        storage: Why nothing could be stored now, or None when it could.
        cut_off: Whether the program ended in the middle of the visit before; told until somebody came.
        slip: The slip that the visit before had not been given when the program ended, or None.
    """

    serial: int = 0
    state: State = field(default_factory=Attract)
    language: Language = Language.ZH
    access: Access = field(default_factory=Access)
    panel: bool = False
    now_s: float = 0.0
    touched_s: float = 0.0
    warning_until_s: float | None = None
    begun_s: float | None = None
    extended: bool = False
    card_on_reader: bool = False
    left: LeftCard | None = None
    health: tuple[Health, ...] = ()
    online: bool | None = None
    storage: str | None = None
    cut_off: bool = False
    slip: LeftSlip | None = None
