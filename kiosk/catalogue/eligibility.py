"""What to offer a resident unasked: the rules of the items over what is known of them; pure.

The card alone decides rules about age, sex and place, so they hold offline as well. What only the district
knows may be missing: then a rule that is worded as a question takes the place of the one that would prove it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.catalogue.model import ServiceItem
from kiosk.catalogue.offer_rules import CHILD_BORN, AgeSpan, ChildRule, FactRule, OfferRule
from kiosk.domain.identity import Holder
from kiosk.domain.text import Text

MOST = 4
_BREADTH_OF_A_CHILD = 1
_BREADTH_OF_A_FACT = 60
_BREADTH_WITHOUT_END = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a resident.

    Args:
        born: Date of birth.
        sex: GB/T 2261.1 code.
        address: As on the card.
        facts: What the district told, key → values; None while it has told nothing.
    """

    born: date
    sex: str
    address: str
    facts: Mapping[str, tuple[str, ...]] | None = None

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "Known(…)"


@dataclass(frozen=True, slots=True)
class Offer:
    """One item to offer.

    Args:
        item: Which.
        reason: Why, in words for the resident.
        certain: Whether the item is known to fit; otherwise the reason is a question.
    """

    item: ServiceItem
    reason: Text
    certain: bool


def known_of(holder: Holder, facts: Mapping[str, tuple[str, ...]] | None = None) -> Known:
    """Return what the card tells, and the district's facts where it answered."""
    return Known(holder.born, holder.sex, holder.address, facts)


def offers(items: Iterable[ServiceItem], known: Known, today: date) -> tuple[Offer, ...]:
    """Return what fits, at most four: what is certain and what is of the moment come first.

    Args:
        items: In the order in which they are listed.
        known: The resident.
        today: The day at the terminal's place.
    """
    fitting: list[tuple[tuple[bool, int, bool], int, Offer]] = []
    for place, item in enumerate(items):
        rule = None if item.withdrawn is not None else _fitting(item.offer, known, today)
        if rule is not None:
            rank = (not rule.certain, _breadth(rule), item.filing != "here")
            fitting.append((rank, place, Offer(item, rule.reason, rule.certain)))
    return tuple(offer for _, _, offer in sorted(fitting, key=lambda one: one[:2])[:MOST])


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody reaches an age; born on 29 February, on the 28th in a common year.

    Registers write an unknown day as the last one of the calendar: whoever is born then reaches no age.
    """
    year = born.year + age
    if year > date.max.year:
        return date.max
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _fitting(rules: tuple[OfferRule, ...], known: Known, today: date) -> OfferRule | None:
    undecided = False
    for rule in rules:
        if not _card_fits(rule, known, today):
            continue
        if known.facts is None and rule.keys:
            undecided = True
        elif (rule.certain or undecided) and _facts_fit(rule, known.facts or {}, today):
            return rule
    return None


def _card_fits(rule: OfferRule, known: Known, today: date) -> bool:
    return (
        (rule.age is None or _within(rule.age, known.born, today))
        and rule.sex in (None, known.sex)
        and (not rule.address or known.address.startswith(rule.address))
    )


def _facts_fit(rule: OfferRule, facts: Mapping[str, tuple[str, ...]], today: date) -> bool:
    return all(_told(fact, facts) for fact in rule.facts) and (
        rule.child is None or any(_reaches(rule.child, born, today) for born in facts.get(CHILD_BORN, ()))
    )


def _within(span: AgeSpan, born: date, today: date) -> bool:
    begun_on = today + timedelta(days=span.early_days)
    return birthday(born, span.since) <= begun_on and (
        span.until is None or today < birthday(born, span.until)
    )


def _told(fact: FactRule, facts: Mapping[str, tuple[str, ...]]) -> bool:
    return any(value in fact.values for value in facts.get(fact.key, ()))


def _reaches(rule: ChildRule, born: str, today: date) -> bool:
    day = date(today.year, rule.month, rule.day)
    if day < today:
        day = day.replace(year=today.year + 1)
    try:
        child = date.fromisoformat(born)
    except ValueError:
        return False
    return birthday(child, rule.age) <= day < birthday(child, rule.age + 1)


def _breadth(rule: OfferRule) -> int:
    if rule.child is not None:
        return _BREADTH_OF_A_CHILD
    if rule.age is None:
        return _BREADTH_OF_A_FACT
    return _BREADTH_WITHOUT_END if rule.age.until is None else rule.age.until - rule.age.since
