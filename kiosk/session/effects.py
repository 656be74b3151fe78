"""What a visit asks of the world. Names are imperatives; answers come back as events."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.identity import Holder
from kiosk.domain.text import Language
from kiosk.forms.model import Form
from kiosk.session.side_effects import SideEffect
from kiosk.session.states import Outcome, Visit


@dataclass(frozen=True, slots=True)
class ArmCardReader:
    """Watch for a card and read it."""


@dataclass(frozen=True, slots=True)
class DisarmCardReader:
    """Stop watching for cards; removal of a card that was read is still told."""


@dataclass(frozen=True, slots=True)
class ArmCodeScanner:
    """Tell what codes say from now on."""


@dataclass(frozen=True, slots=True)
class DisarmCodeScanner:
    """Tell no codes any more."""


@dataclass(frozen=True, slots=True)
class VerifyCode:
    """Ask the platform whose one-ID code this is; it is used up by that."""

    serial: int
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchPrefill:
    """Ask the platform what the district already knows for this item and its form."""

    serial: int
    item: ServiceItem
    form: Form
    holder: Holder


@dataclass(frozen=True, slots=True)
class StartPreview:
    """Show the camera's live picture."""


@dataclass(frozen=True, slots=True)
class StopPreview:
    """Stop the camera and drop its last picture."""


@dataclass(frozen=True, slots=True)
class LookAtPreview:
    """Say what the live picture shows of a page, before one is taken."""

    serial: int


@dataclass(frozen=True, slots=True)
class TakePage:
    """Take one page of a material and judge it.

    Args:
        serial: Number of the visit.
        material: Code of the material.
        way: With which device.
        known: Looks of the pages that are there already, so that the same page is noticed.
    """

    serial: int
    material: str
    way: Literal["scan", "photo"]
    known: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class HoldRoom:
    """Hold the room on the disk for what will be submitted; only a refusal is answered."""

    serial: int


@dataclass(frozen=True, slots=True)
class SealAndStore:
    """Freeze, seal to the platform and hand to the queue."""

    serial: int
    visit: Visit
    language: Language


@dataclass(frozen=True, slots=True)
class AwaitDelivery:
    """Wait a while for the platform's number."""

    serial: int
    receipt_no: str


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt of what is true now."""

    serial: int
    outcome: Outcome
    language: Language
    attempt: int


@dataclass(frozen=True, slots=True)
class SendRating:
    """Tell the platform how satisfied the resident is; never queued."""

    serial: int
    receipt_no: str
    score: int


@dataclass(frozen=True, slots=True)
class WipeSession:
    """The visit is over: clear pictures, keyboard and whatever else shows or holds its data."""

    serial: int


class Tone(StrEnum):
    """What a sound of the terminal's own means."""

    WARNING = "warning"
    """The visit ends soon."""
    CARD = "card"
    """A card is left behind."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Make a sound; what it means stands on the screen as well.

    Args:
        tone: Which.
        words: Whether it is also said, for somebody who does not look and has no voice switched on.
    """

    tone: Tone
    words: bool = False


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Tell staff what they have to come for; in the log and in the journal."""

    serial: int
    code: str


Announcement = Ring | CallStaff
"""No errand: for those who watch what is asked."""
Effect = (
    ArmCardReader
    | DisarmCardReader
    | ArmCodeScanner
    | DisarmCodeScanner
    | VerifyCode
    | FetchPrefill
    | StartPreview
    | StopPreview
    | LookAtPreview
    | TakePage
    | HoldRoom
    | SealAndStore
    | AwaitDelivery
    | PrintReceipt
    | SendRating
    | WipeSession
    | Announcement
    | SideEffect
)
