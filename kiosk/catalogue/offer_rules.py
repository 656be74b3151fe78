"""When an item is offered without being asked for, as data; ``kiosk.catalogue.eligibility`` applies it."""

from dataclasses import dataclass

from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class AgeSpan:
    """From one birthday to the day before another.

    Args:
        since: First age, in completed years.
        until: First age that is too old, None for no end.
        early_days: How many days before the first birthday it begins.
    """

    since: int
    until: int | None = None
    early_days: int = 0


@dataclass(frozen=True, slots=True)
class ChildRule:
    """A child who reaches an age by the next of a certain day of the year.

    Args:
        age: In completed years, on that day.
        month: Of that day.
        day: Of that day.
    """

    age: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class FactRule:
    """A datum of the district that has one of these values, e.g. ``social.insurance`` being ``active``."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferRule:
    """One rule; every part of it that is set must hold.

    Args:
        reason: What the resident is told: why this is shown to them.
        certain: Whether the rule proves that the item fits; a rule that does not is used only while what
            would prove it is unknown, and its reason is worded as a question.
        age: Age of the card's holder.
        sex: GB/T 2261.1 code.
        address: Beginnings of the card's address, one of which must fit; empty for any.
        child: A child of theirs, as the district knows.
        facts: What the district must know of them.
    """

    reason: Text
    certain: bool = True
    age: AgeSpan | None = None
    sex: str | None = None
    address: tuple[str, ...] = ()
    child: ChildRule | None = None
    facts: tuple[FactRule, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of what the district has to tell for it to be decided."""
        own = frozenset(fact.key for fact in self.facts)
        return own | {CHILD_BORN} if self.child is not None else own


CHILD_BORN = "family.child_born"
"""Dates of birth of somebody's children, as the district tells them."""
