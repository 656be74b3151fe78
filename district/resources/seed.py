"""Fill an empty resource base with the invented persons of ``seed.toml``."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.resources.tables import (
    Address,
    Contact,
    Department,
    Household,
    Kinship,
    Person,
    Record,
    Residence,
    SocialAccount,
)

SEED = Path(__file__).with_name("seed.toml")


class _Department(msgspec.Struct):
    name_zh: str
    name_en: str


class _Address(msgspec.Struct):
    district: str
    street: str
    community: str
    building: str
    room: str


class _Sourced(msgspec.Struct):
    department: str
    as_of: date


class _Placed(_Sourced):
    address: str


class _Contact(_Sourced):
    phone: str


class _Social(_Sourced):
    card_number: str
    bank_name: str
    bank_tail: str


class _Kin(_Sourced):
    number: str
    kind: Literal["spouse", "child"]


class _Records(_Sourced):
    data: dict[str, str]


class _Person(msgspec.Struct):
    name: str
    number: str
    household: str | None = None
    contact: _Contact | None = None
    residence: _Placed | None = None
    social: _Social | None = None
    family: tuple[_Kin, ...] = ()
    records: tuple[_Records, ...] = ()


class _Seed(msgspec.Struct):
    departments: dict[str, _Department]
    addresses: dict[str, _Address]
    households: dict[str, _Placed]
    people: list[_Person]


def seed(session: Session, path: Path = SEED) -> int:
    """Add everything in ``path`` to a resource base without people; a filled one is left alone.

    Returns:
        How many people were added.

    Raises:
        msgspec.ValidationError: The file is not as expected.
    """
    if session.scalar(select(func.count()).select_from(Person)):
        return 0
    data = msgspec.toml.decode(path.read_bytes(), type=_Seed)
    for code, department in data.departments.items():
        session.add(Department(code=code, name_zh=department.name_zh, name_en=department.name_en))
    addresses = {
        code: Address(code=code, **msgspec.structs.asdict(address))
        for code, address in data.addresses.items()
    }
    session.add_all(addresses.values())
    session.flush()
    for number, home in data.households.items():
        session.add(
            Household(
                number=number,
                address_id=addresses[home.address].id,
                department_code=home.department,
                as_of=home.as_of,
            )
        )
    session.flush()
    made = {person.number: _person(person, addresses) for person in data.people}
    session.add_all(made.values())
    session.flush()
    session.add_all(
        Kinship(
            person_id=made[person.number].id,
            relative_id=made[kin.number].id,
            kind=kin.kind,
            department_code=kin.department,
            as_of=kin.as_of,
        )
        for person in data.people
        for kin in person.family
    )
    return len(data.people)


def _person(person: _Person, addresses: dict[str, Address]) -> Person:
    made = Person(name=person.name, number=person.number, household_number=person.household)
    if contact := person.contact:
        made.contact = Contact(phone=contact.phone, department_code=contact.department, as_of=contact.as_of)
    if home := person.residence:
        made.residence = Residence(
            address_id=addresses[home.address].id, department_code=home.department, as_of=home.as_of
        )
    if social := person.social:
        made.social = SocialAccount(
            card_number=social.card_number,
            bank_name=social.bank_name,
            bank_tail=social.bank_tail,
            department_code=social.department,
            as_of=social.as_of,
        )
    made.records = [
        Record(key=key, value=value, department_code=records.department, as_of=records.as_of)
        for records in person.records
        for key, value in records.data.items()
    ]
    return made
