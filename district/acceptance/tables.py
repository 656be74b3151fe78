"""Submissions, cases, statuses and attachments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from district.base import Base, UtcTime

RECEIVING, ACCEPTED, UNREADABLE, REJECTED = "receiving", "accepted", "unreadable", "rejected"
"""States of a submission."""


class Submission(Base):
    """One sealed application as announced by a terminal; the id is kept for ever."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("state IN ('receiving', 'accepted', 'unreadable', 'rejected')", name="state"),
        CheckConstraint("upload_offset >= 0 AND upload_offset <= size", name="offset"),
        Index("ix_submission_terminal_seq", "terminal", "seq"),
        Index("ix_submission_state_moved_at", "state", "moved_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The terminal's 16 random bytes, hex."""
    terminal: Mapped[str] = mapped_column(ForeignKey("terminal.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    receipt_no: Mapped[str] = mapped_column(String(40), index=True)
    service: Mapped[str] = mapped_column(String(64))
    kid: Mapped[str] = mapped_column(String(64))
    container_ver: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the container, hex."""
    state: Mapped[str] = mapped_column(String(16))
    upload_offset: Mapped[int] = mapped_column(BigInteger)
    """How many bytes are durable on this side."""
    restarts: Mapped[int]
    """How often a whole upload turned out not to be what was announced."""
    announced_at: Mapped[datetime] = mapped_column(UtcTime())
    problem: Mapped[str | None] = mapped_column(String(64))
    """Why it is unreadable, as a code."""
    ack: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The signed acknowledgement, answered again to every repetition."""
    prev_in_chain: Mapped[str | None] = mapped_column(String(32))
    """Submission that had to be settled before this one."""
    moved_at: Mapped[datetime | None] = mapped_column(UtcTime())
    """When bytes last arrived; what lies still too long is forgotten."""
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The signed refusal for good, answered again to every repetition."""
    earlier_no: Mapped[str | None] = mapped_column(String(96))
    """办件编号 of a case of the same applicant and item that was open when this one became a case."""

    @property
    def is_settled(self) -> bool:
        """Tell whether it was accepted or refused for good."""
        return self.ack is not None or self.verdict is not None


class NumberTold(Base):
    """A terminal said that it has given out numbers up to this one; the first time it said so."""

    __tablename__ = "number_told"

    terminal: Mapped[str] = mapped_column(ForeignKey("terminal.id"), primary_key=True)
    newest_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    told_at: Mapped[datetime] = mapped_column(UtcTime())


class HoldingTold(Base):
    """What a terminal last said of an application that is not settled here."""

    __tablename__ = "holding"

    terminal: Mapped[str] = mapped_column(ForeignKey("terminal.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    submission_id: Mapped[str] = mapped_column(String(32))
    digest8: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16))
    """A word of the terminal's, such as ``queued``."""
    told_at: Mapped[datetime] = mapped_column(UtcTime())


class Case(Base):
    """One application that was accepted for handling (办件); fields per GB/T 39046 §6.2."""

    __tablename__ = "application_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(96), unique=True)
    """办件编号."""
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), unique=True)
    implementation_code: Mapped[str] = mapped_column(String(64))
    """实施编码, opaque."""
    item: Mapped[str] = mapped_column(String(64))
    item_name: Mapped[str] = mapped_column(String(200))
    applicant_name: Mapped[str] = mapped_column(String(200))
    applicant_document_kind_code: Mapped[str] = mapped_column(String(3))
    """GA/T 2000.156."""
    applicant_document_number: Mapped[str] = mapped_column(String(18), index=True)
    contact_phone: Mapped[str] = mapped_column(String(20))
    channel_code: Mapped[str] = mapped_column(String(2))
    """办理形式, GB/T 39046 A.5; a terminal is ``9`` (其他)."""
    terminal: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(UtcTime())
    application: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The form as the terminal sealed it."""

    def __repr__(self) -> str:
        """Hide the applicant from logs and tracebacks."""
        return f"Case(number={self.number!r})"


class CaseStatus(Base):
    """One entry of a case's status list; rows are added, never changed."""

    __tablename__ = "case_status"
    __table_args__ = (Index("ix_case_status_case_id_n", "case_id", "n", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("application_case.id"))
    n: Mapped[int]
    """Counts from 1."""
    status: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcTime())
    by: Mapped[str] = mapped_column(String(64))
    """Operator's name, or ``platform``."""
    note: Mapped[str] = mapped_column(String(400))
    """What the applicant is told with it, or empty."""
    materials: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Codes of the documents that are asked for again, where they are named."""


class Attachment(Base):
    """One document of a case, as the terminal sealed it."""

    __tablename__ = "attachment"

    case_id: Mapped[int] = mapped_column(ForeignKey("application_case.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counts from 1."""
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Correction(Base):
    """A submission whose documents went to a case that was there already (补正)."""

    __tablename__ = "correction"

    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("application_case.id"))
    received_at: Mapped[datetime] = mapped_column(UtcTime())


class DailyNumber(Base):
    """The last case number given for one item on one day."""

    __tablename__ = "daily_number"

    implementation_code: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
