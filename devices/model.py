"""Device kinds, what they hand over, and what they are asked to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from devices.errors import Remedy
from devices.health import Health
from devices.values.idcard import CardPhoto

Pixels = NDArray[np.uint8]
"""``(height, width, 3)`` uint8 BGR."""


class Kind(StrEnum):
    """What a device is for; a service item names the kinds that it needs."""

    ID_CARD = "id-card"
    SCANNER = "scanner"
    CAMERA = "camera"
    """The document camera."""
    PRINTER = "printer"
    """The receipt printer."""
    SMART_CARD = "smart-card"
    FACE_CAMERA = "face-camera"
    PAGE_PRINTER = "page-printer"
    """The A4 printer for certificates and guides."""
    CODE_SCANNER = "code-scanner"
    """Reader of QR codes and barcodes."""
    SENSORS = "sensors"
    """Door, tamper and presence contacts of the housing."""
    POWER = "power"
    """The uninterruptible power supply."""


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One device as the terminal profile names it.

    Args:
        name: Logical name, family-number: ``"idcard-1"``.
        kind: What it is for.
        driver: Name in ``devices.registry``.
        options: Driver options; the driver checks them and names the key that is wrong.
        enabled: False when the operator has taken it out of use.
        memory_mb: Resident memory of the device's process above which it is ended and started again.
        silence_s: Longest silence of the process while it was asked nothing, or None for the usual one.
        usb: Sysfs name of the USB port the device hangs on, such as ``"1-2.3"``, so that it can be switched
            off and on as a last resort; or None.
    """

    name: str
    kind: Kind
    driver: str
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    enabled: bool = True
    memory_mb: int = 768
    silence_s: float | None = None
    usb: str | None = None


Reading = str | int | float | bool
"""One thing a device tells of itself besides its health: a level, a count, the state of a contact."""


@dataclass(frozen=True, slots=True)
class CardRecord:
    """What one identity card says; held by the session only and dropped with it.

    Args:
        layout: Which of the four text layouts the card uses.
        name: Name as printed, Chinese where the card has one, else ``latin_name``.
        sex: GB/T 2261.1: ``"1"`` male, ``"2"`` female, ``"0"`` unknown, ``"9"`` not stated.
        ethnic: GB/T 3304 two-digit code, or ``""``.
        born: ``YYYYMMDD``.
        address: As on the card, or ``""``.
        number: Identity number as on the card.
        issuer: Issuing authority, or ``""``.
        valid_from: ``YYYYMMDD``.
        valid_until: ``YYYYMMDD``, or None for a card without an end (长期).
        photo_wlt: The 1024 encoded photo bytes as they came, or ``b""``.
        photo: The portrait, or None where it was not decoded.
        later_address: Where the person moved after the card was issued, or ``""``: what holds instead of
            ``address``.
        latin_name: A foreigner's name in Latin letters, whole, or ``""``.
        nationality: A foreigner's, three letters of GB/T 2659, or ``""``.
        permit_number: Number of the travel permit of somebody from Hong Kong, Macau or Taiwan, or ``""``.
        issue_count: How often this document was issued to its holder, two digits, or ``""``.
        authority: Four-digit code of the authority that accepted the application (2017), or ``""``.
        version: Of the document (2017), or ``""``.
        old_number: What ties a 2023 card's number to the holder's old one, three characters, or ``""``.
        fingerprints: As they came, or ``b""``: none on the card, or not asked for.
    """

    layout: Literal["resident", "hmt", "foreign-2017", "foreign-2023"]
    name: str
    sex: str
    ethnic: str
    born: str
    address: str
    number: str
    issuer: str
    valid_from: str
    valid_until: str | None
    photo_wlt: bytes = b""
    photo: CardPhoto | None = None
    later_address: str = ""
    latin_name: str = ""
    nationality: str = ""
    permit_number: str = ""
    issue_count: str = ""
    authority: str = ""
    version: str = ""
    old_number: str = ""
    fingerprints: bytes = b""

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return f"CardRecord(layout={self.layout!r})"


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture or scanned page.

    Args:
        pixels: ``(height, width, 3)`` uint8 BGR.
        taken_s: Monotonic seconds at capture.
    """

    pixels: Pixels
    taken_s: float


# What devices say unasked -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A device's health is no longer what it was."""

    health: Health


@dataclass(frozen=True, slots=True)
class CardDetected:
    """A card lies on the reader and is being read."""

    device: str


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was read whole."""

    device: str
    record: CardRecord


@dataclass(frozen=True, slots=True)
class CardReadFailed:
    """A card was there but could not be read: ``idcard.moved``, ``idcard.unreadable`` and so on."""

    device: str
    code: str
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card that was read is no longer on the reader; also told once when a reader starts empty."""

    device: str


@dataclass(frozen=True, slots=True)
class ReadingsChanged:
    """What a device tells of itself besides its health is no longer what it was."""

    device: str
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class SmartCardInserted:
    """A smart card is in its reader.

    Args:
        device: Logical name.
        atr: What the card answered to reset, empty for a mute card.
        swapped: Whether another card lay there until now and nobody saw the gap.
    """

    device: str
    atr: bytes
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class SmartCardRemoved:
    """The smart card is no longer in its reader; also told once when a reader starts empty."""

    device: str


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """An armed code scanner read a code; what it says was written by a stranger."""

    device: str
    text: str = field(repr=False)


DeviceEvent = (
    HealthChanged
    | ReadingsChanged
    | CardDetected
    | CardRead
    | CardReadFailed
    | CardRemoved
    | SmartCardInserted
    | SmartCardRemoved
    | CodeScanned
)

# What a printer is asked to print -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, wrapped to the paper's width."""

    text: str = field(repr=False)
    size: Literal["small", "normal", "large", "huge"] = "normal"
    align: Literal["left", "centre"] = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PairBlock:
    """A label and its value on one line, the value wrapped beside the label."""

    label: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class GapBlock:
    """Empty paper."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A QR code, centred, error correction M."""

    data: str = field(repr=False)
    width_mm: float = 30.0


@dataclass(frozen=True, slots=True)
class BarcodeBlock:
    """A Code 128 barcode, centred, with what it says below it; ASCII only."""

    data: str = field(repr=False)
    height_mm: float = 10.0


Block = TextBlock | PairBlock | RuleBlock | GapBlock | QrBlock | BarcodeBlock


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip of paper, cut at its end.

    Args:
        id: Names the job in the journal; the same id is never printed twice by itself.
        blocks: What stands on the paper, from top to bottom.
        reprint: 0 for the first slip of this id; 1 and more when a person asked for it again although one may
            be out. The slip carries the same number and is marked 补打 / REPRINT.
    """

    id: str
    blocks: tuple[Block, ...] = field(repr=False)
    reprint: int = 0


class PrintOutcome(StrEnum):
    """What is known of a print after the attempt; never a guess."""

    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrintResult:
    """Outcome of one job, with the cause when it is not ``printed``.

    A slip that was printed has the code ``printer.glyph-missing`` when a character on it had to be marked.
    """

    job_id: str
    outcome: PrintOutcome
    code: str | None = None
