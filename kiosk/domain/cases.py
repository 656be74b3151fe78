"""What can be said of an application that was handed in: at the platform, or still at this terminal."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.report import ReportProgress


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One entry of a case's status list.

    Args:
        status: A stable word such as ``received``.
        at: When.
        note: What the applicant is told with it, or ``""``.
        materials: Codes of the documents that are asked for again (补正), where they are named.
    """

    status: str
    at: datetime
    note: str
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """How a case stands; statuses oldest first."""

    number: str
    receipt_no: str
    item: str
    item_name: str
    received_at: datetime
    statuses: tuple[StatusEntry, ...]
    earlier: str | None = None
    """办件编号 of a case of the same applicant and item that was open when this one came."""

    @property
    def latest(self) -> StatusEntry:
        """Return the entry that says where it stands now."""
        return self.statuses[-1]


@dataclass(frozen=True, slots=True)
class AwaitedReceipt:
    """The receipt is genuine, but its application has not reached the platform yet.

    Args:
        receipt_no: The receipt's number.
        certain: Whether later applications of that terminal are there already.
    """

    receipt_no: str
    certain: bool


@dataclass(frozen=True, slots=True)
class KeptHere:
    """What this terminal itself knows of an application that was handed in at it.

    Args:
        receipt_no: The receipt's number.
        case_no: 办件编号, when the platform has acknowledged it; else it still lies here.
        report: Whether it is a reported problem, no application.
    """

    receipt_no: str
    case_no: str | None
    report: bool = False


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """A case of the same applicant and item, and where it stands now.

    Args:
        number: 办件编号.
        status: A stable word such as ``received``.
        since: Since when it stands there.
    """

    number: str
    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class NotFound:
    """No case has this number and these digits."""


Progress = CaseProgress | AwaitedReceipt | NotFound
Story = CaseProgress | AwaitedReceipt | KeptHere | ReportProgress
"""What can be shown of one application."""
