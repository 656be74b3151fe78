"""What the platform answers a terminal, as it comes over the line."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec

from kiosk.domain.cases import EarlierCase, StatusEntry
from kiosk.domain.certificate import CertificateFacts
from kiosk.domain.identity import CodeRecord
from kiosk.domain.report import NearReport, ReportProgress
from kiosk.domain.text import Text


@dataclass(frozen=True, slots=True)
class PrefillDatum:
    """One datum that the district already knows.

    Args:
        field: Its key, e.g. ``"population.phone"``.
        value: As the form takes it.
        source: Who vouches for it.
        as_of: The day for which they do.
    """

    field: str
    value: str
    source: Text
    as_of: date

    def __repr__(self) -> str:
        """Hide the value from logs and tracebacks."""
        return f"PrefillDatum(field={self.field!r})"


@dataclass(frozen=True, slots=True)
class ReceiptStanding:
    """Where the application of a receipt is; nothing in it names a person.

    Args:
        state: ``delivered``, ``rejected``, ``set-aside``, ``announced``, ``not-delivered`` or ``no-receipt``.
        certain: Whether the platform knows that the receipt was given out.
        acceptance_no: The case number 办件编号, once it is delivered.
        since: Since when the platform knows of it.
    """

    state: Literal["delivered", "rejected", "set-aside", "announced", "not-delivered", "no-receipt"]
    certain: bool
    acceptance_no: str | None = None
    since: datetime | None = None


class Prefill(msgspec.Struct):
    """What the district knows of somebody."""

    data: tuple[PrefillDatum, ...]


class Circumstance(msgspec.Struct):
    """One fact that decides offers."""

    field: str
    values: tuple[str, ...]


class Circumstances(msgspec.Struct):
    """All such facts of somebody."""

    data: tuple[Circumstance, ...]


class Case(msgspec.Struct, tag_field="kind", tag="case"):
    """A case."""

    number: str
    receipt_no: str
    item: str
    item_name: str
    received_at: datetime
    statuses: Annotated[tuple[StatusEntry, ...], msgspec.Meta(min_length=1)]
    earlier: str | None = None


class Awaited(msgspec.Struct, tag_field="kind", tag="awaited"):
    """A receipt whose application has not arrived."""

    receipt_no: str
    certain: bool


class Cases(msgspec.Struct):
    """Somebody's cases."""

    cases: tuple[Case, ...]


class Documents(msgspec.Struct):
    """What somebody can have printed."""

    documents: tuple[CertificateFacts, ...]


class Near(msgspec.Struct):
    """Reports nearby."""

    reports: tuple[NearReport, ...]


class Submission(msgspec.Struct):
    """Of what became of a submission, what the queue does not ask."""

    earlier: EarlierCase | None = None


class Pong(msgspec.Struct):
    """The platform is there."""

    ok: Literal[True]


PREFILL: Final = msgspec.json.Decoder(Prefill)
CIRCUMSTANCES: Final = msgspec.json.Decoder(Circumstances)
PROGRESS: Final[msgspec.json.Decoder[Case | Awaited]] = msgspec.json.Decoder(Case | Awaited)
DOCUMENTS: Final = msgspec.json.Decoder(Documents)
CASES: Final = msgspec.json.Decoder(Cases)
NEAR: Final = msgspec.json.Decoder(Near)
REPORT: Final = msgspec.json.Decoder(ReportProgress)
SUBMISSION: Final = msgspec.json.Decoder(Submission)
PONG: Final = msgspec.json.Decoder(Pong)
RECEIPT: Final = msgspec.json.Decoder(ReceiptStanding)
IDENTIFIED: Final = msgspec.json.Decoder(CodeRecord)
