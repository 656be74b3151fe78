"""Reports over HTTP: how far one is and those nearby, for any terminal; the whole of it for the desk."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from district.auth import OperatorName, TerminalId
from district.base import PLAIN_TEXT
from district.dispatch.near import near, support, supports
from district.dispatch.reports import find_report
from district.dispatch.stages import Stage, append_stage, stages
from district.dispatch.tables import Report
from district.problems import ProblemError
from district.services import Here
from district.times import district_day

router = APIRouter(prefix="/v1", tags=["dispatch"])

ReportNumber = Annotated[
    str, Path(max_length=60, pattern=PLAIN_TEXT, description="The report's number, or its receipt's.")
]


class StageOut(BaseModel):
    """One step of a report's way, and what everybody is told with it."""

    stage: Stage
    at: datetime
    note: str


class ReportOut(BaseModel):
    """How far a report is; nothing in it says what was written or by whom."""

    number: str
    kind: str
    level: str
    stage: str
    received_at: datetime
    supports: int
    """How many saw the same (附议)."""
    stages: list[StageOut]
    """Oldest first."""


class WholeReportOut(ReportOut):
    """A report as it was handed in."""

    receipt_no: str
    terminal: str
    described: str = Field(repr=False)
    place_way: str
    place: str = Field(repr=False)
    contact_phone: str = Field(repr=False)
    photo_size: int


class NearIn(BaseModel):
    """What is about to be reported, and where."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: str = Field(max_length=40, pattern=r"^[a-z0-9-]+$")
    place: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)


class NearReportOut(BaseModel):
    """A report that may be about the same thing."""

    number: str
    kind: str
    place: str
    day: date
    stage: Stage
    supports: int


class NearOut(BaseModel):
    """Open reports of that kind there, newest first, three at most."""

    reports: list[NearReportOut]


class SupportIn(BaseModel):
    """Somebody saw the same; the id is the terminal's own and counts once."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[0-9a-f]{32}$")


class StageIn(BaseModel):
    """The next stage, and what everybody is told with it; nothing about the reporter."""

    model_config = ConfigDict(extra="forbid")

    stage: Stage
    note: str = Field(default="", max_length=400, pattern=PLAIN_TEXT)


@router.post("/reports/near")
def post_near(here: Here, _terminal: TerminalId, asked: NearIn) -> NearOut:
    """Tell what was reported already of a kind at a place; the place is in no address, so in no log."""
    with here.database.reading() as session:
        return NearOut(
            reports=[_near(session, report) for report in near(session, asked.kind, asked.place, here.now())]
        )


@router.post("/reports/{number}/supports")
def post_support(here: Here, terminal: TerminalId, number: ReportNumber, asked: SupportIn) -> ReportOut:
    """Count one more who saw the same (附议). Repeating it changes nothing, for ever."""
    with here.database.writing() as session:
        report = _report(session, number)
        support(session, report, asked.id, terminal, here.now())
        return _out(session, report)


@router.get("/reports/{number}")
def get_report(here: Here, _terminal: TerminalId, number: ReportNumber) -> ReportOut:
    """Tell how far a report is."""
    with here.database.reading() as session:
        return _out(session, _report(session, number))


@router.post("/reports/{number}/stages", status_code=HTTPStatus.CREATED)
def post_stage(here: Here, operator: OperatorName, number: ReportNumber, asked: StageIn) -> ReportOut:
    """Append a stage; a report does not go back, and a closed one stays as it is."""
    with here.database.writing() as session:
        report = _report(session, number, lock=True)
        append_stage(session, report, asked.stage, here.now(), by=operator, note=asked.note)
        return _out(session, report)


@router.get("/reports/{number}/content")
def get_report_content(here: Here, _operator: OperatorName, number: ReportNumber) -> WholeReportOut:
    """Return a report as it was handed in."""
    with here.database.reading() as session:
        report = _report(session, number)
        return WholeReportOut(
            **_out(session, report).model_dump(),
            receipt_no=report.receipt_no,
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


def _report(session: Session, number: str, *, lock: bool = False) -> Report:
    report = find_report(session, number, lock=lock)
    if report is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "report.not-found", "No report has this number.")
    return report


def _near(session: Session, report: Report) -> NearReportOut:
    return NearReportOut(
        number=report.number,
        kind=report.kind,
        place=report.place,
        day=district_day(report.received_at),
        stage=Stage(report.stage),
        supports=supports(session, report.number),
    )


def _out(session: Session, report: Report) -> ReportOut:
    return ReportOut(
        number=report.number,
        kind=report.kind,
        level=report.level,
        stage=report.stage,
        received_at=report.received_at,
        supports=supports(session, report.number),
        stages=[
            StageOut(stage=Stage(one.stage), at=one.at, note=one.note) for one in stages(session, report)
        ],
    )
