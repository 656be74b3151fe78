"""What can happen on the ways beside filing an application."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.model import PrintResult
from kiosk.domain.cases import CaseProgress, EarlierCase, Story
from kiosk.domain.certificate import Certificate, CertificateFacts
from kiosk.domain.identity import Holder
from kiosk.domain.report import NearReport, ReportProgress


@dataclass(frozen=True, slots=True)
class Picked:
    """One of the choices of the screen was touched, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class StoryTold:
    """What is known of one application."""

    serial: int
    story: Story


@dataclass(frozen=True, slots=True)
class CaseNumbered:
    """The number that was typed is no report's."""

    serial: int


@dataclass(frozen=True, slots=True)
class EarlierKnown:
    """The applicant had an open case of the item already."""

    serial: int
    earlier: EarlierCase


@dataclass(frozen=True, slots=True)
class NearTold:
    """What was reported already nearby; nothing also when the district did not answer."""

    serial: int
    reports: tuple[NearReport, ...]


@dataclass(frozen=True, slots=True)
class Supported:
    """One more saw the same: counted, and how the report stands."""

    serial: int
    report: ReportProgress


@dataclass(frozen=True, slots=True)
class CasesTold:
    """The cases of a holder, newest first.

    Args:
        serial: Of the visit.
        cases: The cases.
        of: Whose, here as in the other answers about a holder; None where nobody else can be meant.
    """

    serial: int
    cases: tuple[CaseProgress, ...]
    of: Holder | None = None


@dataclass(frozen=True, slots=True)
class AskingFailed:
    """What was asked of the platform was not answered, or refused."""

    serial: int
    code: str
    of: Holder | None = None


@dataclass(frozen=True, slots=True)
class CircumstancesTold:
    """What the district knows of the holder that decides what to offer."""

    serial: int
    facts: Mapping[str, tuple[str, ...]]
    of: Holder | None = None

    def __repr__(self) -> str:
        """Hide the facts."""
        return f"CircumstancesTold(serial={self.serial})"


@dataclass(frozen=True, slots=True)
class GuidePrintAsked:
    """The guide on the screen is to be printed."""


@dataclass(frozen=True, slots=True)
class GuidePhoneAsked:
    """The guide on the screen is to be taken along on the phone."""


SideUserEvent = Picked | GuidePrintAsked | GuidePhoneAsked


@dataclass(frozen=True, slots=True)
class DocumentsTold:
    """What the platform keeps ready to be printed."""

    serial: int
    documents: tuple[CertificateFacts, ...]
    of: Holder | None = None


@dataclass(frozen=True, slots=True)
class DocumentFetched:
    """One document came; nothing of it is checked yet."""

    serial: int
    document: Certificate


@dataclass(frozen=True, slots=True)
class DocumentPrinted:
    """The page printer's word on a document."""

    serial: int
    result: PrintResult


@dataclass(frozen=True, slots=True)
class GuidePrinted:
    """The receipt printer's word on a guide."""

    serial: int
    result: PrintResult


PaperAnswer = DocumentsTold | DocumentFetched | DocumentPrinted | GuidePrinted
"""About what goes on paper."""
ReportAnswer = NearTold | Supported
"""About problems that are reported."""
SideAnswer = (
    CircumstancesTold
    | StoryTold
    | CaseNumbered
    | CasesTold
    | EarlierKnown
    | AskingFailed
    | ReportAnswer
    | PaperAnswer
)
