"""Cases for the district's own people: documents, and the next status."""

import urllib.parse
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.acceptance.application import Agent, agent_of
from district.acceptance.cases import append_status, latest
from district.acceptance.progress_api import CaseNumber, StatusOut
from district.acceptance.statuses import Status, may_follow
from district.acceptance.tables import Attachment, Case, Submission
from district.auth import OperatorName
from district.problems import ProblemError
from district.services import Here

router = APIRouter(prefix="/v1", tags=["desk"])


class AttachmentOut(BaseModel):
    """One document of a case; ``n`` counts from 1."""

    n: int
    name: str
    media_type: str
    size: int
    sha256: str


class ApplicationOut(BaseModel):
    """A case as it was applied for."""

    number: str
    submission_id: str
    terminal: str
    item: str
    earlier: str | None
    """A case of the same applicant and item that was open when this one came: perhaps the same matter."""
    agent: Agent | None = Field(repr=False)
    """Who filed it for the applicant (代理人), with what they are to them; null where the applicant did."""
    application: dict[str, Any] = Field(repr=False)
    attachments: list[AttachmentOut]


class StatusIn(BaseModel):
    """The next status, and what the applicant is told with it."""

    model_config = ConfigDict(extra="forbid")

    status: Status
    note: str = Field(default="", max_length=400)
    materials: list[Annotated[str, Field(max_length=64)]] = Field(default=[], max_length=40)


@router.get("/cases/{number}/application")
def get_application(here: Here, _operator: OperatorName, number: CaseNumber) -> ApplicationOut:
    """Return the form as the terminal sealed it, and the list of documents."""
    with here.database.reading() as session:
        case = _case(session, number)
        attachments = session.scalars(
            select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.n)
        )
        return ApplicationOut(
            number=case.number,
            submission_id=case.submission_id,
            terminal=case.terminal,
            item=case.item,
            earlier=session.get_one(Submission, case.submission_id).earlier_no,
            agent=agent_of(case.application),
            application=case.application,
            attachments=[
                AttachmentOut.model_validate(attachment, from_attributes=True) for attachment in attachments
            ],
        )


@router.get(
    "/cases/{number}/attachments/{n}",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The document's bytes."}},
)
def get_attachment(
    here: Here, _operator: OperatorName, number: CaseNumber, n: Annotated[int, Path(ge=1, le=10_000)]
) -> Response:
    """Return one document, byte for byte as the terminal sealed it."""
    with here.database.reading() as session:
        attachment = session.get(Attachment, (_case(session, number).id, n))
        if attachment is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "case.no-attachment", "The case has no such document.")
        name = urllib.parse.quote(attachment.name, safe="")
        headers = {
            # Always a download: a document from outside is never shown inside the desk's own pages.
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return Response(attachment.content, media_type=attachment.media_type, headers=headers)


@router.post("/cases/{number}/statuses", status_code=HTTPStatus.CREATED)
def post_status(here: Here, operator: OperatorName, number: CaseNumber, asked: StatusIn) -> StatusOut:
    """Append a status; one that may not follow the present one is refused."""
    with here.database.writing() as session:
        case = _case(session, number, lock=True)
        current = Status(latest(session, case.id).status)
        if not may_follow(current, asked.status):
            raise ProblemError(
                HTTPStatus.CONFLICT, "case.status-order", f"{asked.status} may not follow {current}."
            )
        entry = append_status(
            session,
            case,
            asked.status,
            here.now(),
            by=operator,
            note=asked.note,
            materials=tuple(asked.materials),
        )
        return StatusOut(status=asked.status, at=entry.at, note=entry.note, materials=asked.materials)


def _case(session: Session, number: str, *, lock: bool = False) -> Case:
    wanted = select(Case).where(Case.number == number)
    case = session.scalar(wanted.with_for_update() if lock else wanted)
    if case is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "case.not-found", "No case has this number.")
    return case
