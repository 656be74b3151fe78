"""A problem that somebody reports (随手拍): what, where, a photo, and nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.application import CapturedPage
from kiosk.domain.text import Language

SERVICE = "report-problem"
"""Service code under which reports are delivered."""
FORMAT = "zhiwang-report-1"


class PlaceWay(StrEnum):
    """How the place is known."""

    TERMINAL = "terminal"
    """Where the terminal stands."""
    PICKED = "picked"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Where it is; ``text`` is empty for the terminal's own place, which the terminal knows."""

    way: PlaceWay
    text: str = ""

    def __repr__(self) -> str:
        """Hide the place from logs and tracebacks."""
        return f"ReportPlace({self.way.value!r})"


@dataclass(frozen=True, slots=True)
class Report:
    """One report as far as it is filled in.

    Args:
        kind: Code of its kind, see ``kiosk.catalogue.reports``.
        photo: The photo, or None without one.
        place: Where it is, None while that is not said.
        words: What the reporter says of it, or ``""``.
        phone: Where the reporter may be asked, ``""`` for whoever stays unknown.
    """

    kind: str = ""
    photo: CapturedPage | None = None
    place: ReportPlace | None = None
    words: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        """Hide the contents from logs and tracebacks."""
        return f"Report(kind={self.kind!r})"

    def as_json(self, *, terminal: str, here: str, language: Language, at: datetime) -> dict[str, object]:
        """Return the report as it is sealed; the photo goes beside it.

        Args:
            terminal: Number of the terminal.
            here: Where the terminal stands.
            language: In which it was written.
            at: Aware UTC time.
        """
        place = self.place or ReportPlace(PlaceWay.TERMINAL)
        return {
            "format": FORMAT,
            "kind": self.kind,
            "described": self.words,
            "place": {"way": place.way.value, "text": place.text or here},
            "contact_phone": self.phone,
            "terminal": terminal,
            "language": language.value,
            "reported_at": at.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True, slots=True)
class StageEntry:
    """One step of a report's way.

    Args:
        stage: A stable word such as ``received``.
        at: When.
        note: What everybody is told with it, or ``""``.
    """

    stage: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """How far a report is, as anybody may know who has its number; stages oldest first."""

    number: str
    kind: str
    received_at: datetime
    supports: int
    """How many saw the same (附议)."""
    stages: tuple[StageEntry, ...]


@dataclass(frozen=True, slots=True)
class NearReport:
    """A report that may be about the same thing as the one being made; nobody's words, nobody's name."""

    number: str
    kind: str
    place: str
    day: date
    stage: str
    supports: int
