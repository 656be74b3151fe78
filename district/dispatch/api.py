"""Reports over HTTP: how far one is, for whoever holds its number; the whole of it for the desk."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from district.auth import OperatorName, TerminalId
from district.base import PLAIN_TEXT
from district.dispatch.reports import find_report
from district.dispatch.tables import Report
from district.problems import ProblemError
from district.services import Here

router = APIRouter(prefix="/v1", tags=["dispatch"])

ReportNumber = Annotated[
    str, Path(max_length=60, pattern=PLAIN_TEXT, description="The report's number, or its receipt's.")
]


class ReportOut(BaseModel):
    """How far a report is; nothing in it says what was written or by whom."""

    number: str
    receipt_no: str
    kind: str
    level: str
    stage: str
    received_at: datetime


class WholeReportOut(ReportOut):
    """A report as it was handed in."""

    terminal: str
    described: str = Field(repr=False)
    place_way: str
    place: str = Field(repr=False)
    contact_phone: str = Field(repr=False)
    photo_size: int


@router.get("/reports/{number}")
def get_report(here: Here, _terminal: TerminalId, number: ReportNumber) -> ReportOut:
    """Tell how far a report is."""
    with here.database.reading() as session:
        return ReportOut.model_validate(_report(session, number), from_attributes=True)


@router.get("/reports/{number}/content")
def get_report_content(here: Here, _operator: OperatorName, number: ReportNumber) -> WholeReportOut:
    """Return a report as it was handed in."""
    with here.database.reading() as session:
        report = _report(session, number)
        return WholeReportOut(
            number=report.number,
            receipt_no=report.receipt_no,
            kind=report.kind,
            level=report.level,
            stage=report.stage,
            received_at=report.received_at,
            terminal=report.terminal,
            described=report.described,
            place_way=report.place_way,
            place=report.place,
            contact_phone=report.contact_phone,
            photo_size=len(report.photo or b""),
        )


@router.get(
    "/reports/{number}/photo",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}, "description": "The photo."}},
)
def get_report_photo(here: Here, _operator: OperatorName, number: ReportNumber) -> Response:
    """Return the photo of a report."""
    with here.database.reading() as session:
        photo = _report(session, number).photo
    if photo is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "report.no-photo", "The report has no photo.")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(photo, media_type="image/jpeg", headers=headers)


def _report(session: Session, number: str) -> Report:
    report = find_report(session, number)
    if report is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "report.not-found", "No report has this number.")
    return report
