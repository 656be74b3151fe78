"""Submissions and uploads over HTTP: create or return, resume, commit, ask."""

from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from district.acceptance.announcing import ID, Announced, AnnouncementIn, announce, announced_in, claim_of
from district.acceptance.chunks import proven
from district.acceptance.commit import unreadable_problem
from district.acceptance.incoming import Incoming
from district.acceptance.states import StateOut, earlier_of, state_of
from district.acceptance.tables import RECEIVING, UNREADABLE, Submission
from district.acceptance.uploads import CHUNK_BYTES_MAX, CONTAINER_BYTES_MAX
from district.auth import TerminalId
from district.device_keys import heed_signature
from district.problems import ProblemError
from district.services import Here, Services

router = APIRouter(prefix="/v1", tags=["acceptance"])

_ANNOUNCEMENT_MAX: Final = 4096
SubmissionId = Annotated[str, Path(pattern=ID, description="The terminal's 16 random bytes, hex.")]
DeviceSignature = Annotated[
    str | None, Header(description="The terminal's signature of the announcement, `<kid>:<base64>`.")
]


async def read_body(request: Request, bytes_max: int) -> bytes:
    """Read the body up to a limit; one that breaks off is not kept.

    Raises:
        ProblemError: ``upload.broken-off`` or ``upload.chunk-too-large``.
    """
    received = bytearray()
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size <= bytes_max:
                received += piece
            elif size > 2 * CONTAINER_BYTES_MAX:
                break
            # In between it is read and dropped: who is hung up on in mid-chunk never hears the limit.
    except ClientDisconnect as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "upload.broken-off", "The chunk broke off.") from error
    if size > bytes_max:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "upload.chunk-too-large",
            "The chunk is too large.",
            {"Upload-Limit": f"max-append-size={bytes_max}"},
        )
    return bytes(received)


async def _chunk(request: Request) -> bytes:
    return await read_body(request, CHUNK_BYTES_MAX)


async def _incoming(request: Request, here: Here) -> AsyncGenerator[Incoming]:
    """Take a whole container in; one that breaks off is not kept."""
    whole = here.uploads.incoming()
    try:
        async for piece in request.stream():
            if whole.size + len(piece) > CONTAINER_BYTES_MAX:
                raise ProblemError(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "submission.too-large", "The container is too large."
                )
            if whole.take(piece):
                await run_in_threadpool(whole.write)
        yield whole
    except ClientDisconnect as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "upload.broken-off", "The container broke off.") from error
    finally:
        whole.close()


@router.put("/submissions/{submission_id}", responses={201: {"model": StateOut, "description": "Created."}})
def put_submission(
    here: Here,
    terminal: TerminalId,
    submission_id: SubmissionId,
    announced: AnnouncementIn,
    response: Response,
    idempotency_key: Annotated[
        str | None, Header(description="The submission id in quotes, as a structured field has it.")
    ] = None,
    device_signature: DeviceSignature = None,
) -> StateOut:
    """Create the submission or return it as it is. Repeating it changes nothing, for ever."""
    if idempotency_key not in {None, f'"{submission_id}"'}:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "submission.idempotency-key",
            "The Idempotency-Key is not the submission id.",
        )
    found = _announced(here, terminal, submission_id, announced, device_signature)
    if found.created:
        response.status_code = HTTPStatus.CREATED
    return state_of(found.row)


@router.get("/submissions/{submission_id}")
def get_submission(
    here: Here, terminal: TerminalId, submission_id: SubmissionId, response: Response
) -> StateOut:
    """Tell what became of a submission; an id that was never announced is ``unknown``, not an error."""
    with here.database.reading() as session:
        row = session.get(Submission, submission_id)
        if row is not None and row.terminal == terminal and row.earlier_no is not None:
            return state_of(row).model_copy(update={"earlier": earlier_of(session, row.earlier_no)})
    if row is None or row.terminal != terminal:
        return StateOut(state="unknown")
    if row.state == RECEIVING and row.upload_offset == row.size and here.uploads.is_busy(submission_id):
        response.headers["Retry-After"] = "1"
        return StateOut(state="processing", upload_offset=row.upload_offset)
    return state_of(row)


@router.head("/uploads/{submission_id}", status_code=HTTPStatus.NO_CONTENT)
def head_upload(here: Here, terminal: TerminalId, submission_id: SubmissionId) -> Response:
    """Tell in ``Upload-Offset`` how many bytes are durable here."""
    row = _uploading(here, terminal, submission_id)
    headers = {
        "Upload-Offset": str(row.upload_offset),
        "Upload-Complete": "?1" if row.is_settled else "?0",
        "Upload-Limit": f"max-size={CONTAINER_BYTES_MAX}, max-append-size={CHUNK_BYTES_MAX}",
        "Cache-Control": "no-store",
    }
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
        row = _unfinished(here, terminal, submission_id)
        if row.is_settled:
            return _settled(row)
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
        here.committer.commit(row)
        return _settled(_uploading(here, terminal, submission_id))


@router.post(
    "/uploads/{submission_id}",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def post_upload(
    here: Here,
    terminal: TerminalId,
    submission_id: SubmissionId,
    whole: Annotated[Incoming, Depends(_incoming)],
    announcement: Annotated[
        str,
        Header(
            max_length=_ANNOUNCEMENT_MAX,
            pattern=r"^:[A-Za-z0-9+/=]+:$",
            description="What `PUT /v1/submissions/{submission_id}` takes, as a structured field's bytes.",
        ),
    ],
    device_signature: DeviceSignature = None,
) -> StateOut:
    """Announce, send the whole container and commit, in one request; it may be repeated."""
    announced = announced_in(announcement)
    row = _announced(here, terminal, submission_id, announced, device_signature).row
    if row.is_settled:
        return state_of(row)
    with here.uploads.alone(submission_id):
        row = _unfinished(here, terminal, submission_id)
        if row.is_settled:
            return state_of(row)
        here.uploads.keep(row, whole)
        here.committer.commit(row)
        return state_of(_uploading(here, terminal, submission_id))


def _announced(
    here: Services, terminal: str, submission_id: str, announced: AnnouncementIn, signature: str | None
) -> Announced:
    here.uploads.sweep()
    with here.database.reading() as session:
        heed_signature(session, claim_of(submission_id, announced), signature)
    return announce(here.database, submission_id, announced, terminal, here.now())


def _uploading(here: Services, terminal: str, submission_id: str) -> Submission:
    with here.database.reading() as session:
        row = session.get(Submission, submission_id)
    if row is None or row.terminal != terminal:
        raise ProblemError(HTTPStatus.NOT_FOUND, "submission.unknown", "Announce the submission first.")
    return row


def _unfinished(here: Services, terminal: str, submission_id: str) -> Submission:
    row = _uploading(here, terminal, submission_id)
    if row.state == UNREADABLE and not row.is_settled:
        raise unreadable_problem(row.problem)
    return row


def _settled(row: Submission) -> Response:
    return JSONResponse(state_of(row).model_dump(exclude_none=True))
