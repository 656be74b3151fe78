"""Population, households, addresses and social security accounts, each datum with its source and date."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from district.base import Base, UtcTime


class Department(Base):
    """A department that keeps data."""

    __tablename__ = "department"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))


class Sourced:
    """A datum's source and the day for which the source vouches for it."""

    department_code: Mapped[str] = mapped_column(ForeignKey("department.code"))
    as_of: Mapped[date]


class Address(Base):
    """One unified address: district, street, community, building, room (统一地址)."""

    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """Code of the room in the building register, opaque."""
    district: Mapped[str] = mapped_column(String(40))
    street: Mapped[str] = mapped_column(String(40))
    community: Mapped[str] = mapped_column(String(40))
    building: Mapped[str] = mapped_column(String(80))
    room: Mapped[str] = mapped_column(String(40))

    @property
    def text(self) -> str:
        """Return the address as one line."""
        return f"{self.district}{self.street}{self.community}{self.building}{self.room}"


class Household(Sourced, Base):
    """One registered household (户) and its address."""

    __tablename__ = "household"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    address: Mapped[Address] = relationship(lazy="joined")


class Person(Base):
    """One person of the population base."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    household_number: Mapped[str | None] = mapped_column(ForeignKey("household.number"))
    household: Mapped[Household | None] = relationship()
    contact: Mapped["Contact | None"] = relationship()
    residence: Mapped["Residence | None"] = relationship()
    social: Mapped["SocialAccount | None"] = relationship()
    family: Mapped[list["Kinship"]] = relationship(foreign_keys="Kinship.person_id")
    records: Mapped[list["Record"]] = relationship()

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return f"Person(id={self.id})"


class Contact(Sourced, Base):
    """How a person is reached."""

    __tablename__ = "contact"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    phone: Mapped[str] = mapped_column(String(20))


class Residence(Sourced, Base):
    """Where a person lives now (现居住地)."""

    __tablename__ = "residence"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    address: Mapped[Address] = relationship(lazy="joined")


class SocialAccount(Sourced, Base):
    """A person's social security card and the account behind it; only the tail of the account is kept."""

    __tablename__ = "social_account"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    card_number: Mapped[str] = mapped_column(String(32))
    bank_name: Mapped[str] = mapped_column(String(60))
    bank_tail: Mapped[str] = mapped_column(String(4))


class Kinship(Sourced, Base):
    """That somebody is the spouse or a child of a person (亲属关系)."""

    __tablename__ = "kinship"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    relative_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    relative: Mapped[Person] = relationship(foreign_keys=[relative_id], lazy="joined")
    kind: Mapped[str] = mapped_column(String(16))
    """``spouse`` or ``child``."""


class Record(Sourced, Base):
    """One datum of a department about a person, under the key by which a form asks for it."""

    __tablename__ = "record"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    """Such as ``housing.lease_until``."""
    value: Mapped[str] = mapped_column(String(200))

    def __repr__(self) -> str:
        """Hide the value from logs and tracebacks."""
        return f"Record(key={self.key!r})"


class Lookup(Base):
    """That data of a person was handed out: to which terminal, for which item, which fields."""

    __tablename__ = "lookup"
    __table_args__ = (Index("ix_lookup_person_id_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime())
    terminal: Mapped[str] = mapped_column(ForeignKey("terminal.id"))
    item: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    fields: Mapped[str] = mapped_column(String(2000))
    """Keys of the fields, joined by spaces."""
