"""Reports of residents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from district.base import Base, UtcTime


class Report(Base):
    """One reported problem."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_kind_received_at", "kind", "received_at"),)

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), unique=True)
    receipt_no: Mapped[str] = mapped_column(String(40), index=True)
    """The number on the reporter's slip, given before this platform knew of it."""
    kind: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(16))
    """Where it is now; how it came there is in its stages."""
    described: Mapped[str] = mapped_column(String(500))
    place_way: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(200))
    contact_phone: Mapped[str] = mapped_column(String(20))
    """Empty when the reporter wants to stay unknown."""
    terminal: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(UtcTime())
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    def __repr__(self) -> str:
        """Hide what was written from logs and tracebacks."""
        return f"Report(number={self.number!r})"


class ReportStage(Base):
    """One step of a report's way after it was received; rows are added, never changed."""

    __tablename__ = "report_stage"

    report_number: Mapped[str] = mapped_column(ForeignKey("report.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counts from 1."""
    stage: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcTime())
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(400))
    """What everybody is told with it, or empty."""


class ReportSupport(Base):
    """Somebody saw the same (附议); nothing says who."""

    __tablename__ = "report_support"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The terminal's own, so that the same word said twice counts once."""
    report_number: Mapped[str] = mapped_column(ForeignKey("report.number"), index=True)
    terminal: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcTime())
