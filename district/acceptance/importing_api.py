"""What the desk does by hand about applications that did not come, or cannot be read."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from district.acceptance.importing import ImportedOut, take
from district.acceptance.states import StateOut, state_of
from district.acceptance.submissions import SubmissionId, read_body
from district.acceptance.tables import Submission
from district.acceptance.uploads import CONTAINER_BYTES_MAX
from district.auth import OperatorName
from district.services import Here

router = APIRouter(prefix="/v1/desk", tags=["desk"])


class RejectionIn(BaseModel):
    """Why it is refused for good; the resident is told by this code."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=64, pattern=r"^[a-z]+(-[a-z]+)*$")


async def _container(request: Request) -> bytes:
    return await read_body(request, CONTAINER_BYTES_MAX)


@router.post(
    "/containers",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def post_container(
    here: Here,
    _operator: OperatorName,
    container: Annotated[bytes, Depends(_container)],
    receipt_no: Annotated[str, Query(max_length=40, description="What the resident holds for it.")],
    device_signature: Annotated[
        str, Header(description="The terminal's signature of the announcement, `<kid>:<base64>`.")
    ] = "",
    proof: Annotated[
        Literal["signed", "unsigned"],
        Query(description="`unsigned` takes it without the signature of a terminal that has a key."),
    ] = "signed",
) -> ImportedOut:
    """Take a sealed container that was carried here by hand. Taking it again changes nothing."""
    return take(here, receipt_no, container, device_signature, unsigned=proof == "unsigned")


@router.post("/submissions/{submission_id}/rejection")
def post_rejection(
    here: Here, _operator: OperatorName, submission_id: SubmissionId, asked: RejectionIn
) -> StateOut:
    """Refuse for good what is here and cannot be read; its terminal hears of it, signed."""
    here.committer.reject(submission_id, asked.reason)
    with here.database.reading() as session:
        return state_of(session.get_one(Submission, submission_id))
