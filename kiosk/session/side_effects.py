"""What the ways beside filing an application ask of the world."""

from dataclasses import dataclass

from kiosk.domain.identity import Holder


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
class AskCases:
    """Ask the platform for the cases of the card's holder."""

    serial: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class AskCircumstances:
    """Ask the district for what decides offers to the card's holder."""

    serial: int
    holder: Holder


SideEffect = AskCircumstances | AskStory | AskCases
