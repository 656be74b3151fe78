"""The desk's list of receipts whose applications are not here: whom to call, which terminal to look after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.acceptance.receipts import known_since
from district.acceptance.reconciliation import SETTLED_THERE
from district.acceptance.tables import RECEIVING, UNREADABLE, HoldingTold, NumberTold, Submission

LISTED_MAX = 1000


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers given out one after the other of which nothing was ever heard.

    Args:
        terminal: Whose.
        first_seq: The first of them.
        last_seq: The last of them.
        since: Since when it is known that they were given out.
        held: How many of them the terminal said it still holds.
        held_at: When it last said so.
    """

    terminal: str
    first_seq: int
    last_seq: int
    since: datetime
    held: int
    held_at: datetime | None


def gaps(session: Session, terminal: str | None) -> list[Gap]:
    """Return the gaps in a terminal's numbers, or in all terminals', the longest known first."""
    ranges = [*_between(session, terminal), *_behind(session, terminal)]
    found = [_gap(session, *one) for one in ranges]
    return sorted(found, key=lambda gap: (gap.since, gap.terminal, gap.first_seq))[:LISTED_MAX]


def unfinished(session: Session, terminal: str | None) -> list[Submission]:
    """Return what was announced and is not settled: still on its way, or here and unreadable."""
    wanted = select(Submission).where(Submission.state.in_([RECEIVING, UNREADABLE]))
    if terminal is not None:
        wanted = wanted.where(Submission.terminal == terminal)
    return list(session.scalars(wanted.order_by(Submission.announced_at, Submission.seq).limit(LISTED_MAX)))


def forgotten(session: Session, terminal: str | None) -> list[HoldingTold]:
    """Return what a terminal has this platform's signed word for and what is not here: this side lost it."""
    wanted = select(HoldingTold).where(HoldingTold.state.in_(SETTLED_THERE))
    if terminal is not None:
        wanted = wanted.where(HoldingTold.terminal == terminal)
    ordered = wanted.order_by(HoldingTold.terminal, HoldingTold.seq).limit(LISTED_MAX)
    return list(session.scalars(ordered))


def _between(session: Session, terminal: str | None) -> list[tuple[str, int, int]]:
    before = func.coalesce(
        func.lag(Submission.seq).over(partition_by=Submission.terminal, order_by=Submission.seq), 0
    )
    numbers = select(Submission.terminal, Submission.seq, before.label("before"))
    if terminal is not None:
        numbers = numbers.where(Submission.terminal == terminal)
    steps = numbers.subquery()
    rows = session.execute(
        select(steps.c.terminal, steps.c.before, steps.c.seq)
        .where(steps.c.seq - steps.c.before > 1)
        .limit(LISTED_MAX)
    )
    return [(name, before + 1, seq - 1) for name, before, seq in rows]


def _behind(session: Session, terminal: str | None) -> list[tuple[str, int, int]]:
    told = select(NumberTold.terminal, func.max(NumberTold.newest_seq)).group_by(NumberTold.terminal)
    if terminal is not None:
        told = told.where(NumberTold.terminal == terminal)
    found: list[tuple[str, int, int]] = []
    for name, newest in session.execute(told):
        seen = session.scalar(select(func.max(Submission.seq)).where(Submission.terminal == name)) or 0
        if newest > seen:
            found.append((name, seen + 1, newest))
    return found


def _gap(session: Session, terminal: str, first_seq: int, last_seq: int) -> Gap:
    held, held_at = session.execute(
        select(func.count(), func.max(HoldingTold.told_at)).where(
            HoldingTold.terminal == terminal, HoldingTold.seq.between(first_seq, last_seq)
        )
    ).one()
    since = known_since(session, terminal, first_seq)
    if since is None:
        raise LookupError("a gap ends at a number that was heard of")
    return Gap(terminal, first_seq, last_seq, since, held, held_at)
