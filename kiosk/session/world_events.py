"""What devices, platform, queue and time do to a visit; late answers change nothing."""

from dataclasses import dataclass, field

from devices.health import Health
from devices.model import CardRecord, PrintResult
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import CodeRecord, Holder
from kiosk.domain.seal_mark import SealMark
from kiosk.forms.model import Datum

# The devices --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeviceHealthChanged:
    """A device's health is no longer what it was."""

    health: Health


@dataclass(frozen=True, slots=True)
class CardWasDetected:
    """A card is being read."""


@dataclass(frozen=True, slots=True)
class CardWasRead:
    """A card was read; what it says is not checked yet."""

    record: CardRecord


@dataclass(frozen=True, slots=True)
class CardReadWasRefused:
    """The card could not be read."""

    code: str


@dataclass(frozen=True, slots=True)
class CardWasRemoved:
    """The card left the reader."""


@dataclass(frozen=True, slots=True)
class CodeWasScanned:
    """A code was held before the scanner; what it says was written by a stranger."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageTaken:
    """Scanner or camera took a page, judged by ``kiosk.documents``."""

    serial: int
    page: CapturedPage
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageFailed:
    """Scanner or camera could not take the page."""

    serial: int
    code: str


@dataclass(frozen=True, slots=True)
class PreviewSeen:
    """The camera's live picture was looked at: what a page taken now would lack, as a code ``live.…``."""

    serial: int
    hint: str | None


@dataclass(frozen=True, slots=True)
class ReceiptDone:
    """The printer's word on the receipt."""

    serial: int
    result: PrintResult


# The platform and the queue -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CodeVerified:
    """The platform said whose one-ID code it is; that is not checked yet."""

    serial: int
    code: str = field(repr=False)
    record: CodeRecord


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """The platform could not be asked, or knows no such code, or not any more.

    Args:
        serial: Of the visit.
        code: The one-ID code.
        why: A code of ``docs/errors.md``.
    """

    serial: int
    code: str = field(repr=False)
    why: str


@dataclass(frozen=True, slots=True)
class PrefillArrived:
    """The platform told what the district already knows.

    Args:
        serial: Of the visit.
        data: What it told.
        item: Code of the item it was asked for.
        of: Who it was asked of; None where nobody else can be meant.
    """

    serial: int
    data: tuple[Datum, ...]
    item: str = ""
    of: Holder | None = None


@dataclass(frozen=True, slots=True)
class PrefillFailed:
    """The platform could not be asked, or refused; ``item`` and ``of`` as in ``PrefillArrived``."""

    serial: int
    code: str
    item: str = ""
    of: Holder | None = None


@dataclass(frozen=True, slots=True)
class ApplicationStored:
    """Sealed and committed by the queue; from here on nothing is lost."""

    serial: int
    receipt_no: str
    seal: SealMark = field(default_factory=SealMark)


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """Could not be stored; the application is still in memory."""

    serial: int
    code: str


@dataclass(frozen=True, slots=True)
class DeliveryKnown:
    """The platform's number, or None when it has not answered in time.

    Args:
        serial: Of the visit.
        case_no: The platform's number.
        refusal: Code of why the platform will not take it as it is, or None.
    """

    serial: int
    case_no: str | None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class RatingKnown:
    """The platform has the rating, or it was not sent."""

    serial: int
    sent: bool


@dataclass(frozen=True, slots=True)
class LeftStored:
    """An application of the visit that the program's end cut off, whose slip nobody has taken.

    Args:
        service: Code of its item.
        receipt_no: The terminal's number.
        case_no: The platform's number, or None while it has not answered.
        seal: What the slip says of the container.
    """

    service: str
    receipt_no: str
    case_no: str | None
    seal: SealMark = field(default_factory=SealMark)


@dataclass(frozen=True, slots=True)
class CutOffKnown:
    """The queue said what became of the visit that the program's end cut off while it was being stored.

    Args:
        stored: What it stored; None when nothing of it is there.
    """

    stored: LeftStored | None


@dataclass(frozen=True, slots=True)
class NetworkSeen:
    """The platform answers, or does not."""

    online: bool


@dataclass(frozen=True, slots=True)
class StorageSeen:
    """The queue would take another application, or the code of why it would not."""

    code: str | None


@dataclass(frozen=True, slots=True)
class RoomRefused:
    """The room for this visit's application could not be held."""

    serial: int
    code: str


# Time ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time passed; posted about twice a second."""
