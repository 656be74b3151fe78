"""The way of a report: received, passed on, at work, put right or not taken. Only ever appended to."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from district.dispatch.tables import Report, ReportStage
from district.problems import ProblemError


class Stage(StrEnum):
    """Where a report is."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    """派单: it lies with whoever is in charge."""
    AT_WORK = "at-work"
    SOLVED = "solved"
    """办结."""
    DECLINED = "declined"
    """Nobody here can put it right; the note says why, and who could."""


CLOSED: Final = frozenset({Stage.SOLVED, Stage.DECLINED})
OPEN: Final = tuple(stage.value for stage in Stage if stage not in CLOSED)


def stages(session: Session, report: Report) -> list[ReportStage]:
    """Return the report's way, oldest first; that it was received is its first stage."""
    received = ReportStage(
        report_number=report.number,
        n=0,
        stage=Stage.RECEIVED.value,
        at=report.received_at,
        by=report.terminal,
        note="",
    )
    later = select(ReportStage).where(ReportStage.report_number == report.number).order_by(ReportStage.n)
    return [received, *session.scalars(later)]


def append_stage(session: Session, report: Report, stage: Stage, at: datetime, *, by: str, note: str) -> None:
    """Add one stage; the report's row is locked.

    Raises:
        ProblemError: ``report.stage-order``: a report does not go back, and a closed one stays as it is.
    """
    current = Stage(report.stage)
    order = list(Stage)
    if current in CLOSED or order.index(stage) < order.index(current) or stage is Stage.RECEIVED:
        raise ProblemError(HTTPStatus.CONFLICT, "report.stage-order", f"{stage} may not follow {current}.")
    n = stages(session, report)[-1].n + 1
    session.add(ReportStage(report_number=report.number, n=n, stage=stage.value, at=at, by=by, note=note))
    report.stage = stage.value
    session.flush()
