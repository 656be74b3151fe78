"""How a case stands, asked by its number or a receipt's, with the end of the holder's id number."""

import hmac
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.acceptance.cases import statuses
from district.acceptance.tables import Case, CaseStatus, Correction, Submission
from district.tables import Terminal
from offline_queue.errors import NumberError
from offline_queue.numbers import parse_number

_LAST = 4
_CASES_MAX = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The case, and its status list, oldest first."""

    case: Case
    statuses: list[CaseStatus]
    receipt_no: str
    earlier_no: str | None = None
    """A case of the same applicant and item that was open when this one came."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """The receipt is genuine by its check characters, but nothing has arrived under it yet.

    Args:
        receipt_no: As a machine writes it.
        certain: Whether later applications of that terminal are here already, so that this one was certainly
            given out: sequences have no gaps.
    """

    receipt_no: str
    certain: bool


def find(session: Session, number: str, id_last4: str) -> Found | Awaited | None:
    """Look up a case number or a receipt number.

    Returns:
        None for an unknown number and for wrong digits alike; nobody can tell the two apart.
    """
    written = number.strip().upper()
    with_receipts = (
        select(Case, Submission.receipt_no, Submission.earlier_no)
        .join(Submission, Submission.id == Case.submission_id)
        .order_by(Case.id.desc())
    )
    try:
        receipt = parse_number(written)
    except NumberError:
        query = with_receipts.where(Case.number == number.strip())
    else:
        known = session.scalar(select(Submission.id).where(Submission.receipt_no == written).limit(1))
        accepted = select(Submission.id).where(Submission.receipt_no == written, Submission.ack.is_not(None))
        if known is None or session.scalar(accepted.limit(1)) is None:
            return _awaited(session, written, receipt.terminal, receipt.seq, is_known=known is not None)
        query = with_receipts.where(Submission.receipt_no == written)
        corrected = (
            select(Case, Submission.receipt_no, Submission.earlier_no)
            .join(Correction, Correction.case_id == Case.id)
            .join(Submission, Submission.id == Correction.submission_id)
            .where(Submission.receipt_no == written)
        )
        if session.execute(corrected).first() is not None:
            query = corrected
    for case, receipt_no, earlier_no in session.execute(query):
        last = case.applicant_document_number[-_LAST:]
        if hmac.compare_digest(last.encode(), id_last4.strip().upper().encode()):
            return Found(case, statuses(session, case), receipt_no, earlier_no)
    return None


def of_holder(session: Session, name: str, number: str) -> list[Found]:
    """Return the newest cases of a person, newest first; none for a number under another name."""
    query = (
        select(Case, Submission.receipt_no, Submission.earlier_no)
        .join(Submission, Submission.id == Case.submission_id)
        .where(Case.applicant_document_number == number.strip().upper(), Case.applicant_name == name)
        .order_by(Case.id.desc())
        .limit(_CASES_MAX)
    )
    return [
        Found(case, statuses(session, case), receipt_no, earlier_no)
        for case, receipt_no, earlier_no in session.execute(query)
    ]


def _awaited(session: Session, receipt_no: str, terminal: str, seq: int, *, is_known: bool) -> Awaited | None:
    if session.get(Terminal, terminal) is None:
        return None
    newest = session.scalar(select(func.max(Submission.seq)).where(Submission.terminal == terminal)) or 0
    return Awaited(receipt_no, certain=is_known or seq < newest)
