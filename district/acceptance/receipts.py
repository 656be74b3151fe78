"""What became of a receipt, also of one whose application never came; without a word about a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.acceptance.tables import UNREADABLE, HoldingTold, NumberTold, Submission
from district.tables import Terminal
from offline_queue.errors import NumberError
from offline_queue.numbers import ReceiptNumber, make_number, parse_number


class ReceiptState(StrEnum):
    """Where the application of a receipt is."""

    DELIVERED = "delivered"
    """It is a case."""
    REJECTED = "rejected"
    """It was refused for good."""
    SET_ASIDE = "set-aside"
    """It is here and cannot be read; a person looks at it."""
    ANNOUNCED = "announced"
    """Its terminal has announced it and is not done sending it."""
    NOT_DELIVERED = "not-delivered"
    """The number is well-formed and of an enrolled terminal, which has not delivered it."""
    NO_RECEIPT = "no-receipt"
    """Not a number of a receipt of this district."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a receipt.

    Args:
        state: Where its application is.
        acceptance_no: The case number, if it is one.
        since: Since when it is known to have been given out, if it is.
        held: What its terminal last said of it, if it said anything: a word such as ``queued``.
        held_at: When it said so.
    """

    state: ReceiptState
    acceptance_no: str | None = None
    since: datetime | None = None
    held: str | None = None
    held_at: datetime | None = None

    @property
    def is_certain(self) -> bool:
        """Tell whether the receipt was certainly given out: it, or a later one, is known here."""
        return self.since is not None


def find_receipt(session: Session, text: str) -> Receipt:
    """Tell what became of the receipt with the number ``text``, as a person types it."""
    try:
        number = parse_number(text)
    except NumberError:
        return Receipt(ReceiptState.NO_RECEIPT)
    if session.get(Terminal, number.terminal) is None:
        return Receipt(ReceiptState.NO_RECEIPT)
    rows = session.scalars(
        select(Submission).where(Submission.receipt_no == make_number(number.terminal, number.seq))
    ).all()
    found = [_arrived(row) for row in rows]
    # A terminal that lost its database may have given a number twice; the best news is told.
    best = min(found, key=lambda receipt: list(ReceiptState).index(receipt.state), default=None)
    return best or _not_delivered(session, number)


def known_since(session: Session, terminal: str, seq: int) -> datetime | None:
    """Return since when ``seq`` is known to have been given out: it, or a later one, was heard of then."""
    announced = session.scalar(
        select(func.min(Submission.announced_at)).where(
            Submission.terminal == terminal, Submission.seq >= seq
        )
    )
    told = session.scalar(
        select(func.min(NumberTold.told_at)).where(
            NumberTold.terminal == terminal, NumberTold.newest_seq >= seq
        )
    )
    return min((moment for moment in (announced, told) if moment is not None), default=None)


def _arrived(row: Submission) -> Receipt:
    if row.ack is not None:
        return Receipt(ReceiptState.DELIVERED, str(row.ack["acceptance_no"]), row.announced_at)
    if row.verdict is not None:
        return Receipt(ReceiptState.REJECTED, since=row.announced_at)
    state = ReceiptState.SET_ASIDE if row.state == UNREADABLE else ReceiptState.ANNOUNCED
    return Receipt(state, since=row.announced_at)


def _not_delivered(session: Session, number: ReceiptNumber) -> Receipt:
    held = session.get(HoldingTold, (number.terminal, number.seq))
    return Receipt(
        ReceiptState.NOT_DELIVERED,
        since=known_since(session, number.terminal, number.seq),
        held=None if held is None else held.state,
        held_at=None if held is None else held.told_at,
    )
