"""Where it is settled for whom somebody files: for themselves, for another adult, or for a child."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.session.errand import Filing
from kiosk.session.fault import Fault


class ActingStep(StrEnum):
    """What is asked."""

    WHOM = "whom"
    RELATION = "relation"
    CARD = "card"
    """Whether the child's card is at hand."""


@dataclass(frozen=True, slots=True)
class Arranging:
    """Choosing: for whom, as what, with which card.

    Args:
        filing: What is filed, and what is settled so far.
        step: What is asked.
        fault: Why it is asked, or why a choice is not possible now, or None.
    """

    filing: Filing
    step: ActingStep = ActingStep.WHOM
    fault: Fault | None = None


class WardField(StrEnum):
    """What is typed."""

    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class NamingWard:
    """A guardian types who the child is, since no card of it is at hand.

    Args:
        filing: What is filed.
        typing: Which of the two is typed now.
        name: As typed so far.
        number: As typed so far.
        fault: What is wrong, or None.
    """

    filing: Filing
    typing: WardField = WardField.NAME
    name: str = ""
    number: str = ""
    fault: Fault | None = None

    def __repr__(self) -> str:
        """Hide what was typed."""
        return f"NamingWard(typing={self.typing.value!r})"


ActingState = Arranging | NamingWard
