"""好差评: how residents rate a case, GB/T 39046-2020 §6.6; once a case, and nothing about the person."""

from datetime import datetime
from enum import IntEnum
from http import HTTPStatus

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from district.acceptance.tables import Case, Submission
from district.base import Base, UtcTime
from district.problems import ProblemError


class Score(IntEnum):
    """满意度代码 A.8."""

    VERY_GOOD = 1
    """非常满意."""
    GOOD = 2
    FAIR = 3
    POOR = 4
    VERY_POOR = 5
    """非常不满意."""


class Rating(Base):
    """The rating of one case."""

    __tablename__ = "rating"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("application_case.id"), primary_key=True)
    score: Mapped[int]
    terminal: Mapped[str] = mapped_column(String(16))
    """评价渠道: the terminal (政务大厅其他终端) at which it was given."""
    rated_at: Mapped[datetime] = mapped_column(UtcTime())


def rate(session: Session, terminal: str, receipt_no: str, score: Score, at: datetime) -> str:
    """Keep the rating of the case of a receipt; the same again changes nothing.

    Returns:
        The case number.

    Raises:
        ProblemError: ``rating.no-case`` when the receipt is no case of this terminal (yet), or
            ``rating.already-given`` when another score was kept before.
    """
    case = session.scalar(
        select(Case)
        .join(Submission, Submission.id == Case.submission_id)
        .where(Submission.receipt_no == receipt_no, Submission.terminal == terminal)
        .with_for_update(of=Case)
    )
    if case is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "rating.no-case", "No case has this receipt number.")
    kept = session.get(Rating, case.id)
    if kept is None:
        session.add(Rating(case_id=case.id, score=int(score), terminal=terminal, rated_at=at))
    elif kept.score != score:
        raise ProblemError(HTTPStatus.CONFLICT, "rating.already-given", "This case was rated before.")
    return case.number
