"""Printing what the platform keeps ready for the holder of the card (打印/领取)."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.certificate import CertificateFacts
from kiosk.domain.identity import Holder
from kiosk.session.fault import Fault


@dataclass(frozen=True, slots=True)
class Documenting:
    """The list.

    Args:
        holder: Whose.
        documents: What there is; None while the platform is being asked.
        fault: Why it cannot be told, or None.
    """

    holder: Holder
    documents: tuple[CertificateFacts, ...] | None = None
    fault: Fault | None = None


class PaperPhase(StrEnum):
    """What became of the paper."""

    READY = "ready"
    FETCHING = "fetching"
    PRINTING = "printing"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DocumentShowing:
    """One document before it is printed, and what became of the paper.

    Args:
        origin: The list it is of.
        document: Which one.
        phase: How far it is.
        fault: Why it is not printed, or None.
        attempt: Counts prints; each is a job of its own.
    """

    origin: Documenting
    document: CertificateFacts
    phase: PaperPhase = PaperPhase.READY
    fault: Fault | None = None
    attempt: int = 0


DocumentState = Documenting | DocumentShowing
AT_WORK = frozenset({PaperPhase.FETCHING, PaperPhase.PRINTING})
"""Phases in which a device or the platform is at work."""
