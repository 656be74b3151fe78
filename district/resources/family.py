"""Whose spouse and whose child somebody is."""

from collections.abc import Iterator

from district.resources.tables import Kinship, Person

SPOUSE = "spouse"
CHILD = "child"


def the_spouse(person: Person) -> Kinship | None:
    """Return the tie to the spouse, None without one."""
    return next((kin for kin in person.family if kin.kind == SPOUSE), None)


def children(person: Person) -> Iterator[Kinship]:
    """Yield the ties to the children, oldest first."""
    yield from sorted(
        (kin for kin in person.family if kin.kind == CHILD), key=lambda kin: kin.relative.number[6:14]
    )


def the_child(person: Person) -> Kinship | None:
    """Return the tie to the only child; None without one and with several: nobody can tell which is meant."""
    known = tuple(children(person))
    return known[0] if len(known) == 1 else None
