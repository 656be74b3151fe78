"""Reporting a problem (随手拍), one question at a time; nobody has to say who they are."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.application import CapturedPage
from kiosk.domain.report import NearReport, Report, ReportProgress
from kiosk.session.capture_phase import CapturePhase
from kiosk.session.fault import Fault


class ReportStep(StrEnum):
    """What is asked."""

    KIND = "kind"
    PHOTO = "photo"
    """With a photo or without one."""
    PLACE = "place"
    COMMUNITY = "community"
    PLACE_WORDS = "place-words"
    WORDS = "words"
    CONTACT = "contact"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class ReportPicking:
    """Choosing: the kind, with or without a photo, the place, with or without a phone number.

    Args:
        report: What is said so far.
        step: What is asked.
        street: Chinese name of the street whose communities are offered.
        changing: Whether it was opened from the review, which it returns to.
        fault: Why nothing can be reported now, or None.
    """

    report: Report = field(default_factory=Report)
    step: ReportStep = ReportStep.KIND
    street: str = ""
    changing: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ReportWriting:
    """Writing: the place, what is wrong there, or a phone number.

    Args:
        report: What is said so far.
        step: What is asked.
        draft: What stands in the input.
        changing: Whether it was opened from the review, which it returns to.
        fault: What is wrong with it, or None.
    """

    report: Report
    step: ReportStep
    draft: str = ""
    changing: bool = False
    fault: Fault | None = None

    def __repr__(self) -> str:
        """Hide what was written."""
        return f"ReportWriting(step={self.step.value!r})"


@dataclass(frozen=True, slots=True)
class ReportPhoto:
    """Taking the photo.

    Args:
        report: What is said so far.
        phase: Ready, working, or looking at what was taken.
        page: The photo to look at.
        changing: Whether it was opened from the review, which it returns to.
        fault: Why the camera could not take it, or None.
    """

    report: Report
    phase: CapturePhase = CapturePhase.READY
    page: CapturedPage | None = None
    changing: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ReportReview:
    """All of it, before it goes; ``storing`` for the blink in which it is sealed and stored."""

    report: Report
    storing: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ReportNear:
    """What was reported already nearby, to support instead of reporting it again.

    Args:
        report: What is said so far.
        asked_s: When the district was asked, as monotonic seconds; nobody waits for it long.
        reports: Three at most; None while the district is being asked.
        supporting: Whether one is being supported.
        fault: Why that did not work, or None.
    """

    report: Report
    asked_s: float
    reports: tuple[NearReport, ...] | None = None
    supporting: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ReportSupported:
    """Somebody else's report counts one more; how it stands."""

    report: ReportProgress


ReportState = ReportPicking | ReportWriting | ReportPhoto | ReportReview | ReportNear | ReportSupported
