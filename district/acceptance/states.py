"""How far a submission is, as it goes over the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.acceptance.cases import latest
from district.acceptance.commit import unreadable_code
from district.acceptance.statuses import Status
from district.acceptance.tables import ACCEPTED, REJECTED, UNREADABLE, Case, Submission


class AckOut(BaseModel):
    """The signed acknowledgement; ``offline_queue.ack`` says what the signature covers."""

    terminal: str
    submission_id: str
    digest: str
    acceptance_no: str
    accepted_at: str
    kid: str
    signature: str


class VerdictOut(BaseModel):
    """The signed refusal for good; ``offline_queue.ack`` says what the signature covers."""

    terminal: str
    submission_id: str
    digest: str
    reason: str
    decided_at: str
    kid: str
    signature: str


class EarlierOut(BaseModel):
    """A case of the same applicant and item that was open when this submission became a case of its own."""

    number: str
    status: Status
    """Where it stands now."""
    since: datetime


class StateOut(BaseModel):
    """How far a submission is.

    ``partial`` tells where the upload goes on, ``accepted`` carries the acknowledgement, ``rejected`` the
    verdict, ``unreadable`` is kept but needs a person; ``problem`` is the code. ``earlier`` comes with
    ``accepted``, to who asks with GET: whether two applications are about one matter, a person decides.
    """

    state: Literal["unknown", "partial", "processing", "accepted", "rejected", "unreadable"]
    upload_offset: int | None = None
    ack: AckOut | None = None
    verdict: VerdictOut | None = None
    problem: str | None = None
    earlier: EarlierOut | None = None


def state_of(row: Submission) -> StateOut:
    """Tell how far a submission is."""
    if row.ack is not None:
        return StateOut(state=ACCEPTED, upload_offset=row.size, ack=AckOut.model_validate(row.ack))
    if row.verdict is not None:
        return StateOut(state=REJECTED, verdict=VerdictOut.model_validate(row.verdict))
    if row.state == UNREADABLE:
        return StateOut(state=UNREADABLE, problem=unreadable_code(row.problem))
    return StateOut(state="partial", upload_offset=row.upload_offset)


def earlier_of(session: Session, number: str) -> EarlierOut:
    """Return where an earlier case stands now."""
    entry = latest(session, session.scalars(select(Case.id).where(Case.number == number)).one())
    return EarlierOut(number=number, status=Status(entry.status), since=entry.at)
