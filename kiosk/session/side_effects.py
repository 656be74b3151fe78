"""What the ways beside filing an application ask of the world."""

from dataclasses import dataclass

from kiosk.catalogue.model import ServiceItem
from kiosk.domain.certificate import Certificate
from kiosk.domain.identity import Holder
from kiosk.domain.report import Report, ReportPlace
from kiosk.domain.text import Language


@dataclass(frozen=True, slots=True)
class AskStory:
    """Ask how the application of a number stands: the platform, or without it this terminal's own queue."""

    serial: int
    number: str
    last4: str

    def __repr__(self) -> str:
        """Hide the numbers."""
        return f"AskStory(serial={self.serial})"


@dataclass(frozen=True, slots=True)
class AskNumber:
    """Ask what a number is of: a report is told at once, of an application somebody has to prove more."""

    serial: int
    number: str

    def __repr__(self) -> str:
        """Hide the number."""
        return f"AskNumber(serial={self.serial})"


@dataclass(frozen=True, slots=True)
class AskEarlier:
    """Ask whether the applicant had an open case of the item already."""

    serial: int
    receipt_no: str


@dataclass(frozen=True, slots=True)
class AskNear:
    """Ask what was reported already of a kind at a place."""

    serial: int
    kind: str
    place: ReportPlace


@dataclass(frozen=True, slots=True)
class SupportReport:
    """Say that one more saw the same."""

    serial: int
    number: str


@dataclass(frozen=True, slots=True)
class AskCases:
    """Ask the platform for the cases of the card's holder."""

    serial: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class AskCircumstances:
    """Ask the district for what decides offers to the card's holder."""

    serial: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class TakeSnapshot:
    """Take one photo as it is: nothing in it is a page."""

    serial: int


@dataclass(frozen=True, slots=True)
class StoreReport:
    """Seal a report to the platform and hand it to the queue."""

    serial: int
    report: Report
    language: Language


@dataclass(frozen=True, slots=True)
class AskDocuments:
    """Ask the platform what can be printed for the card's holder."""

    serial: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class FetchDocument:
    """Fetch one document of the card's holder."""

    serial: int
    holder: Holder
    kind: str


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """Print a document on A4, once."""

    serial: int
    document: Certificate
    attempt: int


@dataclass(frozen=True, slots=True)
class NoteRefusal:
    """Write down that something was refused, and of what kind it was; nothing of what stands in it."""

    serial: int
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class PrintGuide:
    """Print a guide on the receipt printer."""

    serial: int
    item: ServiceItem
    language: Language
    attempt: int


PaperEffect = AskDocuments | FetchDocument | PrintDocument | NoteRefusal | PrintGuide
"""About what goes on paper."""
AskingEffect = AskCircumstances | AskStory | AskNumber | AskCases | AskEarlier | AskNear | SupportReport
"""Asked of the platform, or told to it, in a word."""
SideEffect = AskingEffect | TakeSnapshot | StoreReport | PaperEffect
