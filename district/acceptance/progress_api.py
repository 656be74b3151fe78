"""Progress of a case over HTTP, for residents at a terminal."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from district.acceptance.progress import Awaited, Found, find
from district.acceptance.statuses import Status
from district.auth import TerminalId
from district.base import PLAIN_TEXT
from district.problems import ProblemError
from district.services import Here

router = APIRouter(prefix="/v1", tags=["acceptance"])

CaseNumber = Annotated[
    str,
    Path(max_length=96, pattern=PLAIN_TEXT, description="办件编号, or the number on a terminal's receipt."),
]


class StatusOut(BaseModel):
    """One entry of the status list."""

    status: Status
    at: datetime
    note: str
    materials: list[str] = []
    """Codes of the documents that are asked for again, where they are named."""


class CaseOut(BaseModel):
    """The case, its statuses oldest first."""

    kind: Literal["case"] = "case"
    number: str
    receipt_no: str
    item: str
    item_name: str
    received_at: datetime
    statuses: list[StatusOut]
    earlier: str | None = None
    """A case of the same applicant and item that was open when this one came."""


class AwaitedOut(BaseModel):
    """The receipt is genuine, but the application has not arrived from its terminal yet.

    ``certain``: later applications of that terminal are here, so this one is on its way for certain.
    """

    kind: Literal["awaited"] = "awaited"
    receipt_no: str
    certain: bool


@router.get("/cases/{number}", response_model_exclude_none=True)
def get_progress(
    here: Here,
    _terminal: TerminalId,
    number: CaseNumber,
    id_last4: Annotated[
        str, Query(pattern=r"^[0-9]{3}[0-9Xx]$", description="End of the applicant's id number.")
    ],
) -> Annotated[CaseOut | AwaitedOut, Field(discriminator="kind")]:
    """Tell how a case stands; an unknown number and wrong digits get the same answer."""
    now = here.now()
    key = number.strip().upper()
    if wait_s := here.guesses.wait_s(key, now):
        raise ProblemError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "case.too-many-tries",
            "Too many wrong tries for this number.",
            {"Retry-After": str(wait_s)},
        )
    with here.database.reading() as session:
        found = find(session, number, id_last4)
    match found:
        case Found():
            return case_out(found)
        case Awaited():
            return AwaitedOut(receipt_no=found.receipt_no, certain=found.certain)
        case None:
            here.guesses.wrong(key, now)
            raise ProblemError(
                HTTPStatus.NOT_FOUND, "case.not-found", "No case has this number and these digits."
            )


def case_out(found: Found) -> CaseOut:
    """Return what a terminal is told of a case."""
    return CaseOut(
        number=found.case.number,
        receipt_no=found.receipt_no,
        item=found.case.item,
        item_name=found.case.item_name,
        received_at=found.case.received_at,
        statuses=[
            StatusOut(
                status=Status(entry.status), at=entry.at, note=entry.note, materials=entry.materials or []
            )
            for entry in found.statuses
        ],
        earlier=found.earlier_no,
    )
