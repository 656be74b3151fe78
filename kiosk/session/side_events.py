"""What can happen on the ways beside filing an application."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.model import PrintResult
from kiosk.domain.cases import CaseProgress, Story
from kiosk.domain.certificate import Certificate, CertificateFacts


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
class CasesTold:
    """The cases of the holder, newest first."""

    serial: int
    cases: tuple[CaseProgress, ...]


@dataclass(frozen=True, slots=True)
class AskingFailed:
    """What was asked of the platform was not answered, or refused."""

    serial: int
    code: str


@dataclass(frozen=True, slots=True)
class CircumstancesTold:
    """What the district knows of the holder that decides what to offer."""

    serial: int
    facts: Mapping[str, tuple[str, ...]]

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
SideAnswer = CircumstancesTold | StoryTold | CasesTold | AskingFailed | PaperAnswer
