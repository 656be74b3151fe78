"""Comparing accounts with a terminal: lost acknowledgements are said again, missing numbers are noticed."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from district.acceptance.announcing import ID, SEQ_MAX
from district.acceptance.states import AckOut, StateOut, VerdictOut, state_of
from district.acceptance.tables import HoldingTold, NumberTold, Submission
from district.database import insert_for

RANGE_MAX = 500
SETTLED_THERE = frozenset({"acked", "wiped", "rejected"})
"""States of a terminal that has the platform's signed word."""


class HoldingIn(BaseModel):
    """What the terminal says of one application."""

    model_config = ConfigDict(extra="forbid")

    seq: int = Field(gt=0, le=SEQ_MAX)
    submission_id: str = Field(pattern=ID)
    digest8: str = Field(pattern=r"^[0-9a-f]{8}$", description="Beginning of the container's SHA-256.")
    state: str = Field(pattern=r"^[a-z-]{1,16}$", description="Its state at the terminal.")


class HoldingsIn(BaseModel):
    """Everything a terminal knows of between two of its numbers."""

    model_config = ConfigDict(extra="forbid")

    terminal: str = Field(max_length=16)
    newest_seq: Annotated[int, Field(ge=0, le=SEQ_MAX, description="The highest number given out so far.")]
    first_seq: int = Field(gt=0)
    last_seq: int = Field(ge=0)
    items: list[HoldingIn] = Field(max_length=RANGE_MAX)

    @model_validator(mode="after")
    def _is_one_range(self) -> Self:
        if not self.first_seq - 1 <= self.last_seq <= self.newest_seq:
            raise ValueError("the range is none")
        if self.last_seq - self.first_seq >= RANGE_MAX:
            raise ValueError(f"more than {RANGE_MAX} numbers")
        seqs = [item.seq for item in self.items]
        if len(set(seqs)) != len(seqs) or not all(self.first_seq <= seq <= self.last_seq for seq in seqs):
            raise ValueError("an item is not of the range, or stands there twice")
        return self


class SettledOut(BaseModel):
    """One signed word: the acknowledgement or the verdict."""

    ack: AckOut | None = None
    verdict: VerdictOut | None = None


class ReconciledOut(BaseModel):
    """The platform's account of the same range; what stands in no list is as the terminal thinks."""

    settled: list[SettledOut]
    unfinished: list[str]
    unknown: list[str]
    conflicts: list[str]
    gaps: list[int]


def reconcile(session: Session, told: HoldingsIn, at: datetime) -> ReconciledOut:
    """Compare, and remember what the terminal said of what is not settled here. May be repeated."""
    _note_newest(session, told, at)
    found = {
        row.id: row
        for row in session.scalars(
            select(Submission).where(
                Submission.terminal == told.terminal,
                Submission.id.in_([item.submission_id for item in told.items]),
            )
        )
    }
    known_seqs = session.scalars(
        select(Submission.seq).where(
            Submission.terminal == told.terminal, Submission.seq.between(told.first_seq, told.last_seq)
        )
    ).all()
    answer = ReconciledOut(settled=[], unfinished=[], unknown=[], conflicts=[], gaps=[])
    pending = [item for item in told.items if not _compare(item, found.get(item.submission_id), answer)]
    _remember(session, told, pending, at)
    there = {item.seq for item in told.items} | set(known_seqs)
    answer.gaps = [seq for seq in range(told.first_seq, told.last_seq + 1) if seq not in there]
    return answer


def _compare(item: HoldingIn, row: Submission | None, answer: ReconciledOut) -> bool:
    """Put ``item`` into the list it belongs to; tell whether it is settled here."""
    if row is None:
        answer.unknown.append(item.submission_id)
        return False
    if not row.digest.startswith(item.digest8):
        answer.conflicts.append(item.submission_id)
        return False
    if not row.is_settled:
        answer.unfinished.append(item.submission_id)
        return False
    if item.state not in SETTLED_THERE:
        answer.settled.append(_word(state_of(row)))
    return True


def _word(state: StateOut) -> SettledOut:
    return SettledOut(ack=state.ack, verdict=state.verdict)


def _note_newest(session: Session, told: HoldingsIn, at: datetime) -> None:
    known = session.scalar(
        select(func.max(NumberTold.newest_seq)).where(NumberTold.terminal == told.terminal)
    )
    if told.newest_seq > (known or 0):
        row = insert_for(session)(NumberTold).values(
            terminal=told.terminal, newest_seq=told.newest_seq, told_at=at
        )
        session.execute(row.on_conflict_do_nothing())


def _remember(session: Session, told: HoldingsIn, pending: list[HoldingIn], at: datetime) -> None:
    session.execute(
        delete(HoldingTold).where(
            HoldingTold.terminal == told.terminal, HoldingTold.seq.between(told.first_seq, told.last_seq)
        )
    )
    for item in sorted(pending, key=lambda item: item.seq):
        fields = {**item.model_dump(), "told_at": at}
        row = insert_for(session)(HoldingTold).values(terminal=told.terminal, **fields)
        session.execute(
            row.on_conflict_do_update(
                index_elements=[HoldingTold.terminal, HoldingTold.seq],
                set_={name: value for name, value in fields.items() if name != "seq"},
            )
        )
