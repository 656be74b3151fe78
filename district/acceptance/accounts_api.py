"""Accounts over HTTP: compared with terminals, told for a receipt, listed for the desk."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from district.acceptance.receipts import ReceiptState, find_receipt
from district.acceptance.reconciliation import HoldingsIn, ReconciledOut, reconcile
from district.acceptance.tables import UNREADABLE, HoldingTold, Submission
from district.acceptance.undelivered import Gap, forgotten, gaps, unfinished
from district.auth import CallerName, OperatorName, TerminalId
from district.base import PLAIN_TEXT
from district.problems import ProblemError
from district.services import Here
from offline_queue.numbers import make_number

router = APIRouter(prefix="/v1")

TerminalQuery = Annotated[
    str | None, Query(max_length=16, pattern=PLAIN_TEXT, description="One terminal, or all of them.")
]


class ReceiptOut(BaseModel):
    """Where the application of a receipt is. Nothing in it names a person.

    ``certain``: the number, or a later one of its terminal, was heard of, so that it was given out for
    certain. ``held``: what its terminal last said of it.
    """

    state: ReceiptState
    certain: bool
    acceptance_no: str | None = None
    since: datetime | None = None
    held: str | None = None
    held_at: datetime | None = None


class GapOut(BaseModel):
    """Receipts of one terminal, one after the other, of which nothing was heard."""

    terminal: str
    first_receipt_no: str
    last_receipt_no: str
    count: int
    since: datetime
    held: int
    held_at: datetime | None


class UnfinishedOut(BaseModel):
    """One application that was announced and is not settled."""

    receipt_no: str
    submission_id: str
    terminal: str
    state: Literal["announced", "set-aside"]
    since: datetime
    upload_offset: int
    size: int
    problem: str | None


class ForgottenOut(BaseModel):
    """One application that the terminal has this platform's signed word for and that is not here."""

    receipt_no: str
    submission_id: str
    terminal: str
    held_at: datetime


class UndeliveredOut(BaseModel):
    """Everything that residents hold receipts for and that is no case; at most 1000 of each kind."""

    gaps: list[GapOut]
    unfinished: list[UnfinishedOut]
    forgotten: list[ForgottenOut]


@router.post("/reconciliations", tags=["acceptance"], response_model_exclude_none=True)
def post_reconciliation(here: Here, terminal: TerminalId, told: HoldingsIn) -> ReconciledOut:
    """Compare accounts: the terminal tells what it holds, the platform what it has. May be repeated."""
    if told.terminal != terminal:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "auth.other-terminal", "The token belongs to another terminal."
        )
    return here.database.transact(lambda session: reconcile(session, told, here.now()))


@router.get("/receipts/{receipt_no}", tags=["acceptance"], response_model_exclude_none=True)
def get_receipt(
    here: Here,
    _caller: CallerName,
    receipt_no: Annotated[str, Path(max_length=40, description="As printed, or as a person types it.")],
) -> ReceiptOut:
    """Tell where the application of a receipt is, also of one that has not come yet."""
    with here.database.reading() as session:
        found = find_receipt(session, receipt_no)
    return ReceiptOut(
        state=found.state,
        certain=found.is_certain,
        acceptance_no=found.acceptance_no,
        since=found.since,
        held=found.held,
        held_at=found.held_at,
    )


@router.get("/desk/undelivered", tags=["desk"])
def get_undelivered(here: Here, _operator: OperatorName, terminal: TerminalQuery = None) -> UndeliveredOut:
    """List the receipts whose applications are not here, and since when that is known."""
    with here.database.reading() as session:
        return UndeliveredOut(
            gaps=[_gap(gap) for gap in gaps(session, terminal)],
            unfinished=[_unfinished(row) for row in unfinished(session, terminal)],
            forgotten=[_forgotten(row) for row in forgotten(session, terminal)],
        )


def _gap(gap: Gap) -> GapOut:
    return GapOut(
        terminal=gap.terminal,
        first_receipt_no=make_number(gap.terminal, gap.first_seq),
        last_receipt_no=make_number(gap.terminal, gap.last_seq),
        count=gap.last_seq - gap.first_seq + 1,
        since=gap.since,
        held=gap.held,
        held_at=gap.held_at,
    )


def _unfinished(row: Submission) -> UnfinishedOut:
    return UnfinishedOut(
        receipt_no=row.receipt_no,
        submission_id=row.id,
        terminal=row.terminal,
        state="set-aside" if row.state == UNREADABLE else "announced",
        since=row.announced_at,
        upload_offset=row.upload_offset,
        size=row.size,
        problem=row.problem,
    )


def _forgotten(row: HoldingTold) -> ForgottenOut:
    return ForgottenOut(
        receipt_no=make_number(row.terminal, row.seq),
        submission_id=row.submission_id,
        terminal=row.terminal,
        held_at=row.told_at,
    )
