"""What can happen on the ways beside filing an application."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.cases import CaseProgress, Story


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


SideUserEvent = Picked
SideAnswer = CircumstancesTold | StoryTold | CasesTold | AskingFailed
