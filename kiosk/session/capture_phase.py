"""What scanner or camera is doing for the resident."""

from enum import StrEnum


class CapturePhase(StrEnum):
    """Before, while and after a page is taken."""

    READY = "ready"
    WORKING = "working"
    JUDGING = "judging"
    """A page was taken and is shown for the resident to accept."""
