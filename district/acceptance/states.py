"""How far a submission is, as it goes over the wire."""

from typing import Literal

from pydantic import BaseModel

from district.acceptance.commit import unreadable_code
from district.acceptance.tables import ACCEPTED, REJECTED, UNREADABLE, Submission


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


class StateOut(BaseModel):
    """How far a submission is.

    ``partial`` tells where the upload goes on, ``accepted`` carries the acknowledgement, ``rejected`` the
    verdict, ``unreadable`` is kept but needs a person; ``problem`` is the code.
    """

    state: Literal["unknown", "partial", "processing", "accepted", "rejected", "unreadable"]
    upload_offset: int | None = None
    ack: AckOut | None = None
    verdict: VerdictOut | None = None
    problem: str | None = None


def state_of(row: Submission) -> StateOut:
    """Tell how far a submission is."""
    if row.ack is not None:
        return StateOut(state=ACCEPTED, upload_offset=row.size, ack=AckOut.model_validate(row.ack))
    if row.verdict is not None:
        return StateOut(state=REJECTED, verdict=VerdictOut.model_validate(row.verdict))
    if row.state == UNREADABLE:
        return StateOut(state=UNREADABLE, problem=unreadable_code(row.problem))
    return StateOut(state="partial", upload_offset=row.upload_offset)
