"""What can be said of an application that was handed in: at the platform, or still at this terminal."""

from dataclasses import dataclass
from datetime import datetime


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
    """

    receipt_no: str
    case_no: str | None


@dataclass(frozen=True, slots=True)
class NotFound:
    """No case has this number and these digits."""


Progress = CaseProgress | AwaitedReceipt | NotFound
Story = CaseProgress | AwaitedReceipt | KeptHere
"""What can be shown of one application."""
