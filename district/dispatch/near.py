"""Reports of the same kind nearby, and how many saw the same. Nothing in it says who, or what they wrote."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from district.database import insert_for
from district.dispatch.stages import CLOSED, OPEN
from district.dispatch.tables import Report, ReportSupport
from district.problems import ProblemError

NEAR_MAX: Final = 3
_RECENT: Final = timedelta(days=90)
_SHORTEST: Final = 4
"""Characters that two places share at least; fewer name no place."""
_WRITTEN: Final = "written"


def near(session: Session, kind: str, place: str, at: datetime) -> Sequence[Report]:
    """Return open reports of a kind at a place, newest first, three at most.

    Places are texts from the large to the small: one that begins like the other contains it. What somebody
    wrote with their own hand is told to those alone who wrote all of it themselves.
    """
    larger = [place[:end] for end in range(_SHORTEST, len(place) + 1)]
    within = and_(Report.place_way != _WRITTEN, Report.place.startswith(place, autoescape=True))
    found = (
        select(Report)
        .where(
            Report.kind == kind,
            Report.stage.in_(OPEN),
            Report.received_at >= at - _RECENT,
            or_(Report.place.in_(larger), within) if larger else Report.place == place,
        )
        .order_by(Report.received_at.desc(), Report.number.desc())
        .limit(NEAR_MAX)
    )
    return session.scalars(found).all()


def supports(session: Session, number: str) -> int:
    """Return how many saw the same since it was reported."""
    counted = select(func.count()).select_from(ReportSupport).where(ReportSupport.report_number == number)
    return session.scalar(counted) or 0


def support(session: Session, report: Report, support_id: str, terminal: str, at: datetime) -> None:
    """Count one more who saw the same; the same id counts once, for ever.

    Raises:
        ProblemError: ``support.id-conflict``, or ``report.closed`` when nothing is left to be seen.
    """
    known = session.get(ReportSupport, support_id)
    if known is None and report.stage in CLOSED:
        raise ProblemError(HTTPStatus.CONFLICT, "report.closed", "The report is closed.")
    if known is None:
        row = insert_for(session)(ReportSupport).values(
            id=support_id, report_number=report.number, terminal=terminal, at=at
        )
        session.execute(row.on_conflict_do_nothing())
        known = session.get_one(ReportSupport, support_id)
    if known.report_number != report.number:
        raise ProblemError(HTTPStatus.CONFLICT, "support.id-conflict", "The id was used for another report.")
