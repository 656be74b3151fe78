"""What a scanner offers, in words that are the same for every make."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where a scanner takes its pages from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    """Front sides of what lies in the feeder."""
    FEEDER_BACK = "feeder-back"
    """Back sides only."""
    DUPLEX = "duplex"
    """Both sides of what lies in the feeder, the front first."""
    OTHER = "other"
    """A film unit, a card slot, a choice that the scanner makes by itself."""

    @property
    def feeds(self) -> bool:
        """Whether one page after the other comes until the feeder is empty."""
        return self in (SourceKind.FEEDER, SourceKind.FEEDER_BACK, SourceKind.DUPLEX)


class ModeKind(StrEnum):
    """What a pixel can be."""

    COLOUR = "colour"
    GRAY = "gray"
    LINEART = "lineart"
    """Black or white."""
    OTHER = "other"
    """Dithered, infrared, composed."""


@dataclass(frozen=True, slots=True)
class ScannerAbilities:
    """What one scanner can do.

    Args:
        sources: SANE's names of its sources, empty when it has one only and does not name it.
        feeder: Whether pages can be fed one after the other.
        duplex: Whether both sides of a page can be taken at once.
        modes: SANE's names of its modes.
        profiles: Names under which ``scan`` and ``feed`` find settings.
        sensors: Which of ``feeder`` and ``cover`` it can tell without scanning.
    """

    sources: tuple[str, ...]
    feeder: bool
    duplex: bool
    modes: tuple[str, ...]
    profiles: tuple[str, ...]
    sensors: tuple[str, ...]
