"""What a resident does with the pages of one document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AcceptedAsIs:
    """The page has findings, and the resident can read it nevertheless."""


@dataclass(frozen=True, slots=True)
class MorePagesAsked:
    """One more page is to be taken."""


@dataclass(frozen=True, slots=True)
class PageChosen:
    """A page is to be looked at large.

    Args:
        place: Counted from 0.
    """

    place: int


@dataclass(frozen=True, slots=True)
class PageMoved:
    """The page looked at is to stand earlier or later.

    Args:
        by: Places, negative towards the front.
    """

    by: int


@dataclass(frozen=True, slots=True)
class PageRemoved:
    """The page looked at is to be taken out."""


@dataclass(frozen=True, slots=True)
class PageRestored:
    """The page taken out last is to be put back where it stood."""


PageEvent = AcceptedAsIs | MorePagesAsked | PageChosen | PageMoved | PageRemoved | PageRestored
