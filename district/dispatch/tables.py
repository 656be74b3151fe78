"""Reports of residents."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from district.base import Base, UtcTime


class Report(Base):
    """One reported problem."""

    __tablename__ = "report"

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"), unique=True)
    receipt_no: Mapped[str] = mapped_column(String(40), index=True)
    """The number on the reporter's slip, given before this platform knew of it."""
    kind: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(16))
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
