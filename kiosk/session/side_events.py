"""What can happen on the ways beside filing an application."""

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


SideUserEvent = Picked
SideAnswer = StoryTold | CasesTold | AskingFailed
