"""One-ID codes (一码通, 电子身份码): shown once on a phone, good for a moment, and then for nothing.

In the field the unified identity's own platform issues and verifies them; this one stands in for it, with its
invented residents. A code is opaque: nothing about the person can be read in it.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Final

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from district.auth import token_hash
from district.base import Base, UtcTime
from district.problems import ProblemError
from district.resources.prefill import born, sex
from district.resources.tables import Lookup, Person

LIFETIME: Final = timedelta(minutes=2)
KEPT: Final = timedelta(days=1)
"""So long after its end a code is still told apart from one that never was."""
IDENTITY: Final = "identity"
"""In the log of lookups, in the place of an item."""
VALID_UNTIL: Final = "identity.valid_until"
"""Key of the record that says when a person's identity card ends."""
_CODE_BYTES: Final = 24
_HANDED: Final = "address born name number sex valid_until"


class IdentityCode(Base):
    """One code; what was shown is not kept, only its digest."""

    __tablename__ = "identity_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256, hex. A code is 192 random bits, so a plain digest cannot be guessed."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    expires_at: Mapped[datetime] = mapped_column(UtcTime(), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime())
    used_by: Mapped[str | None] = mapped_column(ForeignKey("terminal.id"))
    """The terminal it was shown to."""


@dataclass(frozen=True, slots=True)
class Identified:
    """Whose code it was, as an identity card would say it.

    Args:
        name: Name.
        number: Identity number.
        sex: GB/T 2261.1 code.
        born: Date of birth.
        address: Of the household, else where the person lives, or ``""``.
        valid_until: Last day of the person's identity card, or None for one without an end (长期).
    """

    name: str
    number: str
    sex: str
    born: date
    address: str
    valid_until: date | None

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "Identified(…)"


class NobodyError(Exception):
    """The resource base does not know the number."""


def issue(session: Session, number: str, now: datetime, lifetime: timedelta = LIFETIME) -> str:
    """Return a new code for the person with this identity number.

    Raises:
        NobodyError: There is none.
    """
    person = session.scalar(select(Person).where(Person.number == number))
    if person is None:
        raise NobodyError
    session.execute(delete(IdentityCode).where(IdentityCode.expires_at < now - KEPT))
    code = secrets.token_urlsafe(_CODE_BYTES)
    session.add(IdentityCode(code_hash=token_hash(code), person_id=person.id, expires_at=now + lifetime))
    return code


def verify(session: Session, terminal: str, code: str, now: datetime) -> Identified:
    """Return whose code it is, and use it up.

    Raises:
        ProblemError: ``identity-code.unknown``, ``identity-code.expired`` or ``identity-code.used``.
    """
    found = session.scalar(
        select(IdentityCode)
        .where(IdentityCode.code_hash == token_hash(code))
        .with_for_update(of=IdentityCode)
    )
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "identity-code.unknown", "No such code was issued.")
    if found.used_at is not None:
        raise ProblemError(HTTPStatus.CONFLICT, "identity-code.used", "The code was used before.")
    if now >= found.expires_at:
        raise ProblemError(HTTPStatus.GONE, "identity-code.expired", "The code's time is over.")
    found.used_at, found.used_by = now, terminal
    person = found.person
    session.add(Lookup(at=now, terminal=terminal, item=IDENTITY, person_id=person.id, fields=_HANDED))
    ends = next((record.value for record in person.records if record.key == VALID_UNTIL), None)
    return Identified(
        name=person.name,
        number=person.number,
        sex=sex(person),
        born=date.fromisoformat(born(person)),
        address=_address(person),
        valid_until=None if ends is None else date.fromisoformat(ends),
    )


def _address(person: Person) -> str:
    home = person.household or person.residence
    return "" if home is None else home.address.text
