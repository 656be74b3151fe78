"""What can happen to a visit. Names are past participles; late ones change nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kiosk.catalogue.facets import Facet
from kiosk.catalogue.model import ServiceItem
from kiosk.domain.signature import Stroke
from kiosk.domain.text import Language
from kiosk.session.access import Access
from kiosk.session.page_events import PageEvent
from kiosk.session.side_events import SideAnswer, SideUserEvent
from kiosk.session.world_events import (
    ApplicationStored,
    CardReadWasRefused,
    CardWasDetected,
    CardWasRead,
    CardWasRemoved,
    CodeRefused,
    CodeVerified,
    CodeWasScanned,
    CutOffKnown,
    DeliveryKnown,
    DeviceHealthChanged,
    NetworkSeen,
    PageFailed,
    PageTaken,
    PrefillArrived,
    PrefillFailed,
    PreviewSeen,
    RatingKnown,
    ReceiptDone,
    RoomRefused,
    StorageSeen,
    StoreFailed,
    Ticked,
)

# The resident -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """The screen was touched; any touch is a sign of life."""


@dataclass(frozen=True, slots=True)
class Started:
    """The attract screen was touched."""


class Door(StrEnum):
    """Doors of the home screen that lead somewhere in this release."""

    APPLY = "apply"
    GUIDES = "guides"
    PROGRESS = "progress"
    MINE = "mine"
    REPORT = "report"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """A door of the home screen was chosen."""

    door: Door


@dataclass(frozen=True, slots=True)
class SearchEdited:
    """The search text changed."""

    query: str


@dataclass(frozen=True, slots=True)
class FacetChosen:
    """By what the items are to be grouped, or None for all of them in one list."""

    facet: Facet | None


@dataclass(frozen=True, slots=True)
class GroupChosen:
    """A group of the list was opened."""

    key: str


@dataclass(frozen=True, slots=True)
class HereToggled:
    """Only what can be filed at the terminal is wanted, or everything again."""

    here: bool


@dataclass(frozen=True, slots=True)
class ItemChosen:
    """An item was chosen from the list."""

    item: ServiceItem


@dataclass(frozen=True, slots=True)
class NoticeDeclined:
    """The resident does not want personal data to be processed here."""


@dataclass(frozen=True, slots=True)
class WayChosen:
    """An answer to a question of the pre-check was chosen."""

    value: str


@dataclass(frozen=True, slots=True)
class Continued:
    """The one primary button of the screen was pressed: go on, agree, accept, submit."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back was pressed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """End was pressed: leave and forget everything that is not submitted."""


@dataclass(frozen=True, slots=True)
class MoreTimeAsked:
    """The warning was answered: still here."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """Another language was chosen."""

    language: Language


@dataclass(frozen=True, slots=True)
class PanelToggled:
    """The panel for language and access was opened, or closed."""

    shown: bool


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """Size, contrast, reach, side, time or voice was changed."""

    access: Access


@dataclass(frozen=True, slots=True)
class DatumToggled:
    """A prefilled datum is to be used, or not."""

    field: str
    used: bool


@dataclass(frozen=True, slots=True)
class DatumDisputed:
    """A prefilled datum is wrong: it is asked anew, and the department is told."""

    field: str


@dataclass(frozen=True, slots=True)
class AnswerEdited:
    """The input of the question now holds this text (or this choice)."""

    text: str


@dataclass(frozen=True, slots=True)
class OptionToggled:
    """One of several choices was ticked or unticked."""

    value: str


@dataclass(frozen=True, slots=True)
class PlacePicked:
    """The next place of an address was picked, by its Chinese name."""

    name: str


@dataclass(frozen=True, slots=True)
class PlaceByHand:
    """The rest of the address is in no list: it will be typed."""


@dataclass(frozen=True, slots=True)
class PlacesReopened:
    """The address is to be picked from the lists, from the first one."""


@dataclass(frozen=True, slots=True)
class AddressTaken:
    """The address is the same as the one that answers another question."""

    name: str


@dataclass(frozen=True, slots=True)
class EntryAdded:
    """One more entry of a repeated group is to be filled in."""


@dataclass(frozen=True, slots=True)
class EntryChosen:
    """An entry of the list is to be changed."""

    index: int


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    """An entry of the list is to be taken out."""

    index: int


@dataclass(frozen=True, slots=True)
class MaterialChosen:
    """A material was chosen to be scanned or photographed."""

    material: str


@dataclass(frozen=True, slots=True)
class CaptureAsked:
    """Scan now, or take the photo now."""


@dataclass(frozen=True, slots=True)
class RetakeAsked:
    """The page shown is not good enough."""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """A line of the review is to be changed: the name of a field or the code of a material."""

    target: str


@dataclass(frozen=True, slots=True)
class DeclarationToggled:
    """The declaration on the review was ticked or unticked."""

    declared: bool


@dataclass(frozen=True, slots=True)
class StrokeDrawn:
    """One stroke of the signature was drawn."""

    stroke: Stroke


@dataclass(frozen=True, slots=True)
class StrokesCleared:
    """The signature is to be begun again."""


@dataclass(frozen=True, slots=True)
class ReprintAsked:
    """The receipt did not come out, or not whole: print it again."""


@dataclass(frozen=True, slots=True)
class ReceiptChosen:
    """No paper: the receipt goes to the phone, or none is wanted."""

    way: Literal["phone", "none"]


@dataclass(frozen=True, slots=True)
class Rated:
    """A face was touched: GB/T 39046 A.8, 1 very satisfied to 5 very dissatisfied."""

    score: int


UserEvent = (
    Touched
    | Started
    | DoorOpened
    | SearchEdited
    | FacetChosen
    | GroupChosen
    | HereToggled
    | ItemChosen
    | NoticeDeclined
    | WayChosen
    | Continued
    | WentBack
    | Ended
    | MoreTimeAsked
    | LanguageChosen
    | PanelToggled
    | AccessChanged
    | DatumToggled
    | DatumDisputed
    | AnswerEdited
    | OptionToggled
    | PlacePicked
    | PlaceByHand
    | PlacesReopened
    | AddressTaken
    | EntryAdded
    | EntryChosen
    | EntryRemoved
    | MaterialChosen
    | CaptureAsked
    | RetakeAsked
    | PageEvent
    | ChangeAsked
    | DeclarationToggled
    | StrokeDrawn
    | StrokesCleared
    | ReprintAsked
    | SideUserEvent
    | ReceiptChosen
    | Rated
)
WorldEvent = (
    DeviceHealthChanged
    | CardWasDetected
    | CardWasRead
    | CardReadWasRefused
    | CardWasRemoved
    | CodeWasScanned
    | CodeVerified
    | CodeRefused
    | PageTaken
    | PageFailed
    | PreviewSeen
    | ReceiptDone
    | PrefillArrived
    | PrefillFailed
    | ApplicationStored
    | StoreFailed
    | DeliveryKnown
    | RatingKnown
    | NetworkSeen
    | StorageSeen
    | CutOffKnown
    | RoomRefused
    | SideAnswer
    | Ticked
)
Event = UserEvent | WorldEvent
