"""The few facts that decide what a terminal offers a person unasked, and nothing else of them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from district.resources.family import children
from district.resources.prefill import PersonMismatchError, born
from district.resources.tables import Lookup, Person

CHILD_BORN = "family.child_born"
OFFERS = "offers"
"""In the log of lookups, in the place of an item."""


def circumstances(
    session: Session, *, terminal: str, wanted: frozenset[str], name: str, number: str, at: datetime
) -> Mapping[str, tuple[str, ...]]:
    """Return what is known of the person among ``wanted`` and record that it was handed out.

    Returns:
        Key → values, none of them empty; nothing for a person whom the resource base does not know.

    Raises:
        PersonMismatchError: The number belongs to somebody with another name.
    """
    person = session.scalar(select(Person).where(Person.number == number))
    if person is None:
        return {}
    if person.name != name:
        raise PersonMismatchError
    known: dict[str, tuple[str, ...]] = {
        record.key: (record.value,) for record in person.records if record.key in wanted
    }
    births = tuple(born(kin.relative) for kin in children(person)) if CHILD_BORN in wanted else ()
    if births:
        known[CHILD_BORN] = births
    handed = " ".join(sorted(known))
    session.add(Lookup(at=at, terminal=terminal, item=OFFERS, person_id=person.id, fields=handed))
    return dict(sorted(known.items()))
