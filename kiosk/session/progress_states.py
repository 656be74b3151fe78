"""Asking how a case stands (进度查询): by the card, or by a number and the end of the identity number."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.cases import CaseProgress, Story
from kiosk.domain.identity import Holder
from kiosk.session.fault import Fault


@dataclass(frozen=True, slots=True)
class Tracking:
    """Choosing how to ask."""


class Numeral(StrEnum):
    """What is typed."""

    NUMBER = "number"
    """办件编号, or the number on a receipt."""
    LAST4 = "last4"


@dataclass(frozen=True, slots=True)
class Numbering:
    """Typing the number, then the last four of the identity number.

    Args:
        number: As typed so far.
        last4: As typed so far.
        typing: Which of the two is typed now.
        asking: Whether the platform is being asked.
        fault: What is wrong, or None.
    """

    number: str = ""
    last4: str = ""
    typing: Numeral = Numeral.NUMBER
    asking: bool = False
    fault: Fault | None = None

    def __repr__(self) -> str:
        """Hide what was typed."""
        return f"Numbering(typing={self.typing.value!r})"


@dataclass(frozen=True, slots=True)
class Listing:
    """The cases of the card's holder.

    Args:
        holder: Whose.
        cases: Newest first; None while the platform is being asked.
        fault: Why they cannot be told, or None.
    """

    holder: Holder
    cases: tuple[CaseProgress, ...] | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """How one application stands, in words and dates.

    Args:
        story: What is known.
        origin: The list or the numbers it was found by, to go back to.
        fault: Why it cannot go on here, or None.
    """

    story: Story
    origin: Listing | Numbering
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a visit corrects.

    Args:
        case: The case that asks for documents again.
        origin: Where it was found, to go back to.
    """

    case: CaseProgress
    origin: Listing | Numbering


ProgressState = Tracking | Numbering | Listing | Telling
