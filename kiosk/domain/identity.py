"""The person of a session, made from what the card says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, assert_never

from devices.model import CardRecord
from kiosk.domain import identity_number

Document = Literal["resident", "hmt", "foreign"]
"""Which card: of a resident, of somebody from Hong Kong, Macau or Taiwan, of a permanent foreign resident."""


Proof = Literal["card", "code", "typed"]
"""By what a person was identified: the card itself, a one-ID code that the platform verified, or only what a
guardian typed of a child."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the session; dropped with it.

    Args:
        name: As on the card.
        number: Identity number as on the card.
        sex: GB/T 2261.1 code.
        ethnic: GB/T 3304 two-digit code, or ``""``.
        born: Date of birth.
        address: As on the card, the one written to it later before the printed one; or ``""``.
        issuer: Issuing authority, or ``""``.
        valid_until: Last day, or None for a card without an end (长期).
        document: Which card it is.
        proof: By what the person was identified.
    """

    name: str
    number: str
    sex: str
    ethnic: str
    born: date
    address: str
    issuer: str
    valid_until: date | None
    document: Document = "resident"
    proof: Proof = "card"

    def __repr__(self) -> str:
        """Hide the person from logs and tracebacks."""
        return "Holder(…)"


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """Whose one-ID code (一码通) it was, as the platform says it: what an identity card would say.

    Args:
        name: Name.
        number: Identity number of a resident.
        sex: GB/T 2261.1 code.
        born: Date of birth.
        address: As on the card, or ``""``.
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
        return "CodeRecord(…)"


@dataclass(frozen=True, slots=True)
class IdentityProblem:
    """Why a card or a code that could be read identifies nobody: a stable code of ``docs/errors.md``."""

    code: str


NUMBER_INVALID = IdentityProblem("identity.number-invalid")
NAME_MISSING = IdentityProblem("identity.name-missing")
DATES_INVALID = IdentityProblem("identity.dates-invalid")
BIRTH_MISMATCH = IdentityProblem("identity.birth-mismatch")
SEX_MISMATCH = IdentityProblem("identity.sex-mismatch")
CARD_EXPIRED = IdentityProblem("identity.card-expired")
CARD_NOT_YET_VALID = IdentityProblem("identity.card-not-yet-valid")


def holder_from(record: CardRecord, today: date) -> Holder | IdentityProblem:
    """Check what the card says against itself and the calendar.

    Args:
        record: What the card says.
        today: The day at the terminal's place, for the card's validity.

    Returns:
        The person, or the first thing that is wrong.
    """
    born = _day(record.born)
    valid_from = _day(record.valid_from)
    valid_until = None if record.valid_until is None else _day(record.valid_until)
    if not record.name.strip():
        return NAME_MISSING
    if born is None or valid_from is None or (valid_until is None and record.valid_until is not None):
        return DATES_INVALID
    problem = _number_problem(record.layout, record.number, born, record.sex)
    if problem is not None:
        return problem
    if today < valid_from:
        return CARD_NOT_YET_VALID
    if valid_until is not None and today > valid_until:
        return CARD_EXPIRED
    return Holder(
        name=record.name.strip(),
        number=record.number,
        sex=record.sex,
        ethnic=record.ethnic,
        born=born,
        address=(record.later_address or record.address).strip(),
        issuer=record.issuer.strip(),
        valid_until=valid_until,
        document=_document(record),
    )


def holder_of_code(record: CodeRecord, today: date) -> Holder | IdentityProblem:
    """Check what the platform says of the holder of a code as a card is checked.

    Args:
        record: What the platform says.
        today: The day at the terminal's place, for the validity of the person's card.

    Returns:
        The person, or the first thing that is wrong.
    """
    if not record.name.strip():
        return NAME_MISSING
    problem = _number_problem("resident", record.number, record.born, record.sex)
    if problem is not None:
        return problem
    if record.valid_until is not None and today > record.valid_until:
        return CARD_EXPIRED
    return Holder(
        name=record.name.strip(),
        number=record.number,
        sex=record.sex,
        ethnic="",
        born=record.born,
        address=record.address.strip(),
        issuer="",
        valid_until=record.valid_until,
        proof="code",
    )


def _number_problem(layout: str, number: str, born: date, sex: str) -> IdentityProblem | None:
    if layout == "foreign-2017":
        return None if identity_number.is_foreign_2017(number) else NUMBER_INVALID
    if not identity_number.is_valid(number):
        return NUMBER_INVALID
    if identity_number.birth_of(number) != born:
        return BIRTH_MISMATCH
    if sex in ("1", "2") and identity_number.sex_of(number) != sex:
        return SEX_MISMATCH
    return None


def _document(record: CardRecord) -> Document:
    match record.layout:
        case "resident":
            return "resident"
        case "hmt":
            return "hmt"
        case "foreign-2017" | "foreign-2023":
            return "foreign"
        case _:
            assert_never(record.layout)


def _day(digits: str) -> date | None:
    """Read ``YYYYMMDD``."""
    if len(digits) != len("YYYYMMDD") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
