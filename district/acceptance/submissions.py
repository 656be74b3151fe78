"""Submissions and uploads over HTTP: create or return, resume, commit, ask."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import IntegrityError
from starlette.requests import ClientDisconnect

from district.acceptance.chunks import proven
from district.acceptance.commit import unreadable_code, unreadable_problem
from district.acceptance.tables import ACCEPTED, RECEIVING, UNREADABLE, Submission
from district.acceptance.uploads import CHUNK_BYTES_MAX, CONTAINER_BYTES_MAX
from district.auth import TerminalId
from district.problems import ProblemError
from district.services import Here, Services
from offline_queue.errors import NumberError
from offline_queue.numbers import ReceiptNumber, parse_number

router = APIRouter(prefix="/v1", tags=["acceptance"])
_log = structlog.get_logger("district.acceptance")

SubmissionId = Annotated[
    str, Path(pattern=r"^[0-9a-f]{32}$", description="The terminal's 16 random bytes, hex.")
]


class AnnouncementIn(BaseModel):
    """What is said of a container before its bytes; nothing in it names a person."""

    model_config = ConfigDict(extra="forbid")

    digest: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the container.")
    size: int = Field(gt=0)
    service: str = Field(min_length=1, max_length=64, description="Code of the service item.")
    seq: int = Field(gt=0, description="Gapless number of the application on its terminal.")
    receipt_no: str = Field(max_length=40, description="What the resident holds.")
    kid: str = Field(min_length=1, max_length=64, description="Key the container is sealed to.")
    container_ver: int = Field(gt=0)
    terminal: str = Field(max_length=16)


class AckOut(BaseModel):
    """The signed acknowledgement; ``offline_queue.ack`` says what the signature covers."""

    terminal: str
    submission_id: str
    digest: str
    acceptance_no: str
    accepted_at: str
    kid: str
    signature: str


class StateOut(BaseModel):
    """How far a submission is.

    ``partial`` tells where the upload goes on, ``accepted`` carries the acknowledgement, ``unreadable`` is
    kept but needs a person; ``problem`` is the code.
    """

    state: Literal["unknown", "partial", "processing", "accepted", "unreadable"]
    upload_offset: int | None = None
    ack: AckOut | None = None
    problem: str | None = None


async def _chunk(request: Request) -> bytes:
    """Read the body up to the limit; a chunk that breaks off is not kept."""
    received = bytearray()
    try:
        async for piece in request.stream():
            received += piece
            if len(received) > CHUNK_BYTES_MAX:
                raise ProblemError(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    "upload.chunk-too-large",
                    "The chunk is too large.",
                    {"Upload-Limit": f"max-append-size={CHUNK_BYTES_MAX}"},
                )
    except ClientDisconnect as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "upload.broken-off", "The chunk broke off.") from error
    return bytes(received)


@router.put("/submissions/{submission_id}", responses={201: {"model": StateOut, "description": "Created."}})
def put_submission(
    here: Here,
    terminal: TerminalId,
    submission_id: SubmissionId,
    announced: AnnouncementIn,
    response: Response,
) -> StateOut:
    """Create the submission or return it as it is. Repeating it changes nothing."""
    _check(announced, terminal)
    row = Submission(
        id=submission_id,
        **announced.model_dump(),
        state=RECEIVING,
        upload_offset=0,
        restarts=0,
        announced_at=here.now(),
    )
    known = _get(here, submission_id)
    if known is None and _create(here, row):
        _log.info("submission.announced", submission=submission_id, terminal=terminal, seq=announced.seq)
        response.status_code = HTTPStatus.CREATED
        return StateOut(state="partial", upload_offset=0)
    known = known or _get(here, submission_id)
    if known is None or (known.terminal, known.digest, known.size, known.service) != (
        terminal,
        announced.digest,
        announced.size,
        announced.service,
    ):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "submission.digest-conflict",
            "The id is known with another container.",
        )
    return _state(known)


@router.get("/submissions/{submission_id}")
def get_submission(here: Here, terminal: TerminalId, submission_id: SubmissionId) -> StateOut:
    """Tell what became of a submission; an id that was never announced is ``unknown``, not an error."""
    row = _get(here, submission_id)
    if row is None or row.terminal != terminal:
        return StateOut(state="unknown")
    if row.state == RECEIVING and row.upload_offset == row.size and here.uploads.is_busy(submission_id):
        return StateOut(state="processing", upload_offset=row.upload_offset)
    return _state(row)


@router.head("/uploads/{submission_id}", status_code=HTTPStatus.NO_CONTENT)
def head_upload(here: Here, terminal: TerminalId, submission_id: SubmissionId) -> Response:
    """Tell in ``Upload-Offset`` how many bytes are durable here."""
    row = _uploading(here, terminal, submission_id)
    headers = {"Upload-Offset": str(row.upload_offset), "Cache-Control": "no-store"}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)


@router.patch(
    "/uploads/{submission_id}",
    response_model=StateOut,
    responses={204: {"description": "Durable up to `Upload-Offset`."}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/partial-upload": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def patch_upload(
    here: Here,
    terminal: TerminalId,
    submission_id: SubmissionId,
    chunk: Annotated[bytes, Depends(_chunk)],
    upload_offset: Annotated[int, Header(ge=0)],
    upload_complete: Annotated[Literal["?0", "?1"], Header()] = "?0",
    content_digest: Annotated[str | None, Header(description="RFC 9530, sha-256 of the chunk.")] = None,
) -> Response:
    """Write one chunk; the last one (``Upload-Complete: ?1``, perhaps empty) commits and may be repeated."""
    proven(chunk, content_digest)
    with here.uploads.alone(submission_id):
        row = _uploading(here, terminal, submission_id)
        if row.ack is not None:
            return _accepted(row.ack)
        if row.state == UNREADABLE:
            raise unreadable_problem(row.problem)
        offset = here.uploads.write(row, upload_offset, chunk)
        if upload_complete == "?0":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Upload-Offset": str(offset)})
        if offset != row.size:
            raise ProblemError(
                HTTPStatus.CONFLICT,
                "upload.incomplete",
                "Bytes are missing.",
                {"Upload-Offset": str(offset)},
            )
        return _accepted(here.committer.commit(row))


def _check(announced: AnnouncementIn, terminal: str) -> None:
    if announced.terminal != terminal:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "auth.other-terminal", "The token belongs to another terminal."
        )
    if announced.size > CONTAINER_BYTES_MAX:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "submission.too-large", "The container is too large."
        )
    try:
        number = parse_number(announced.receipt_no)
    except NumberError:
        number = None
    if number != ReceiptNumber(terminal, announced.seq):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "submission.bad-receipt-no",
            "The receipt number is not that of this terminal and sequence.",
        )


def _get(here: Services, submission_id: str) -> Submission | None:
    with here.database.reading() as session:
        return session.get(Submission, submission_id)


def _create(here: Services, row: Submission) -> bool:
    try:
        with here.database.writing() as session:
            session.add(row)
    except IntegrityError:
        return False  # another request with the same id was quicker
    return True


def _uploading(here: Services, terminal: str, submission_id: str) -> Submission:
    row = _get(here, submission_id)
    if row is None or row.terminal != terminal:
        raise ProblemError(HTTPStatus.NOT_FOUND, "submission.unknown", "Announce the submission first.")
    return row


def _state(row: Submission) -> StateOut:
    if row.ack is not None:
        return StateOut(state=ACCEPTED, upload_offset=row.size, ack=AckOut.model_validate(row.ack))
    if row.state == UNREADABLE:
        return StateOut(state=UNREADABLE, problem=unreadable_code(row.problem))
    return StateOut(state="partial", upload_offset=row.upload_offset)


def _accepted(ack: dict[str, Any]) -> Response:
    state = StateOut(state=ACCEPTED, ack=AckOut.model_validate(ack))
    return JSONResponse(state.model_dump(exclude_none=True))
