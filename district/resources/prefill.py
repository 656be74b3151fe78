"""What the platform already knows for one item, and not one field more than its form asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from district.resources.family import the_child, the_spouse
from district.resources.tables import Department, Kinship, Lookup, Person, Sourced


@dataclass(frozen=True, slots=True)
class Known:
    """One datum with its source.

    Args:
        field: Key of the datum, e.g. ``"population.phone"``.
        value: As the form takes it.
        department: Who vouches for it.
        as_of: The day for which they do.
    """

    field: str
    value: str
    department: Department
    as_of: date

    def __repr__(self) -> str:
        """Hide the value from logs and tracebacks."""
        return f"Known(field={self.field!r})"


class PersonMismatchError(Exception):
    """The number is known, but under another name."""


_Found = tuple[str, Sourced] | None


def _of(kin: Kinship | None, tell: Callable[[Person], str]) -> _Found:
    return (tell(kin.relative), kin) if kin else None


def _number(person: Person) -> str:
    return person.number


def _name(person: Person) -> str:
    return person.name


def born(person: Person) -> str:
    """Return the date of birth that the number carries, ``YYYY-MM-DD``."""
    return f"{person.number[6:10]}-{person.number[10:12]}-{person.number[12:14]}"


def sex(person: Person) -> str:
    """Return the sex that the number carries, GB/T 2261.1."""
    return "1" if int(person.number[16]) % 2 else "2"


def _phone(person: Person) -> _Found:
    return (person.contact.phone, person.contact) if person.contact else None


def _residence(person: Person) -> _Found:
    return (person.residence.address.text, person.residence) if person.residence else None


def _household_address(person: Person) -> _Found:
    return (person.household.address.text, person.household) if person.household else None


def _household_number(person: Person) -> _Found:
    return (person.household.number, person.household) if person.household else None


def _card_number(person: Person) -> _Found:
    return (person.social.card_number, person.social) if person.social else None


def _bank_name(person: Person) -> _Found:
    return (person.social.bank_name, person.social) if person.social else None


def _bank_tail(person: Person) -> _Found:
    return (person.social.bank_tail, person.social) if person.social else None


def _spouse_phone(kin: Kinship | None) -> _Found:
    return _phone(kin.relative) if kin else None


FIELDS: Mapping[str, Callable[[Person], _Found]] = MappingProxyType(
    {
        "family.child_born": lambda person: _of(the_child(person), born),
        "family.child_name": lambda person: _of(the_child(person), _name),
        "family.child_number": lambda person: _of(the_child(person), _number),
        "family.child_sex": lambda person: _of(the_child(person), sex),
        "family.spouse_name": lambda person: _of(the_spouse(person), _name),
        "family.spouse_number": lambda person: _of(the_spouse(person), _number),
        "family.spouse_phone": lambda person: _spouse_phone(the_spouse(person)),
        "household.address": _household_address,
        "household.number": _household_number,
        "population.phone": _phone,
        "population.residence_address": _residence,
        "social.bank_name": _bank_name,
        "social.bank_tail": _bank_tail,
        "social.card_number": _card_number,
    }
)
"""What the fixed tables answer, by key; every other key is looked for among a person's records."""


def prefill(
    session: Session,
    *,
    terminal: str,
    item: str,
    wanted: frozenset[str],
    name: str,
    number: str,
    at: datetime,
) -> tuple[Known, ...]:
    """Return what is known of the person among ``wanted`` and record that it was handed out.

    Returns:
        Data ordered by key; empty for a person whom the resource base does not know.

    Raises:
        PersonMismatchError: The number belongs to somebody with another name.
    """
    person = session.scalar(select(Person).where(Person.number == number))
    if person is None:
        return ()
    if person.name != name:
        raise PersonMismatchError
    records = {record.key: record for record in person.records}
    known: list[Known] = []
    for key in sorted(wanted):
        record = records.get(key)
        found = (record.value, record) if record else FIELDS[key](person) if key in FIELDS else None
        if found is None:
            continue
        value, sourced = found
        department = session.get_one(Department, sourced.department_code)
        known.append(Known(key, value, department, sourced.as_of))
    handed = " ".join(datum.field for datum in known)
    session.add(Lookup(at=at, terminal=terminal, item=item, person_id=person.id, fields=handed))
    return tuple(known)
