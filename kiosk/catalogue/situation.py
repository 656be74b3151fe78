"""The pre-check of an item: a few questions that settle whether it fits and what to bring; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class Way:
    """One answer to a question of the pre-check.

    Args:
        value: Its key.
        title: What the resident reads.
        stops: Why the item cannot be filed here with this answer, what can be done instead and whom to ask;
            None for an answer that leads on.
    """

    value: str
    title: Text
    stops: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the pre-check, answered by choosing."""

    code: str
    title: Text
    ways: tuple[Way, ...]

    def way(self, value: str) -> Way:
        """Return the answer called ``value``.

        Raises:
            KeyError: There is none.
        """
        for one in self.ways:
            if one.value == value:
                return one
        raise KeyError(value)


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds while the question ``precheck`` is answered by one of ``values``."""

    precheck: str
    values: tuple[str, ...]

    def holds(self, situation: Mapping[str, str]) -> bool:
        """Tell whether it holds; a question that was not answered holds nothing back."""
        answer = situation.get(self.precheck)
        return answer is None or answer in self.values


def stopped_by(questions: Iterable[Question], situation: Mapping[str, str]) -> Text | None:
    """Return why the item cannot be filed in this situation, None when it can."""
    for question in questions:
        answer = situation.get(question.code)
        if answer is None:
            continue
        stops = question.way(answer).stops
        if stops is not None:
            return stops
    return None


def next_question(questions: Iterable[Question], situation: Mapping[str, str]) -> Question | None:
    """Return the first question without an answer, None when all are answered."""
    return next((one for one in questions if one.code not in situation), None)
