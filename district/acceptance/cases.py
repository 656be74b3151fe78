"""Making a case of an application: number, first status, attachments."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.acceptance.application import Form, Opened
from district.acceptance.statuses import Status, is_over
from district.acceptance.tables import Attachment, Case, CaseStatus, DailyNumber, Submission
from district.catalogue.package import Catalogue
from district.database import insert_for
from district.times import district_day
from offline_queue.package import Part

PLATFORM = "platform"
_TERMINAL_CHANNEL = "9"
_LOOKED_BACK = 8
"""So many of somebody's newest cases of an item are looked at for one that is still open."""


def create_case(
    session: Session, submission: Submission, opened: Opened, form: Form, catalogue: Catalogue, at: datetime
) -> Case:
    """Add the case of ``submission`` with its attachments and its first status."""
    # What the district publishes of an item goes before what an older terminal still shows of it.
    code = catalogue.implementation_code(submission.service) or form.implementation_code or submission.service
    case = Case(
        number=next_number(session, code, at),
        submission_id=submission.id,
        implementation_code=code,
        item=submission.service,
        item_name=catalogue.name(submission.service) or form.item_name or submission.service,
        applicant_name=form.applicant_name,
        applicant_document_kind_code=form.applicant_document_kind_code,
        applicant_document_number=form.applicant_document_number.upper(),
        contact_phone=form.contact_phone,
        channel_code=_TERMINAL_CHANNEL,
        terminal=submission.terminal,
        received_at=at,
        application=opened.whole,
    )
    submission.earlier_no = newest_open(session, case)
    session.add(case)
    session.flush()
    add_attachments(session, case, opened.parts)
    append_status(session, case, Status.RECEIVED, at, by=PLATFORM, note="")
    return case


def newest_open(session: Session, case: Case) -> str | None:
    """Return the number of the newest case of the same applicant and item that is not at its end."""
    earlier = (
        select(Case.id, Case.number)
        .where(
            Case.applicant_document_number == case.applicant_document_number,
            Case.applicant_name == case.applicant_name,
            Case.item == case.item,
        )
        .order_by(Case.id.desc())
        .limit(_LOOKED_BACK)
    )
    for case_id, number in session.execute(earlier):
        if not is_over(Status(latest(session, case_id).status)):
            return number
    return None


def latest(session: Session, case_id: int) -> CaseStatus:
    """Return the entry that says where a case stands now."""
    newest = select(CaseStatus).where(CaseStatus.case_id == case_id).order_by(CaseStatus.n.desc()).limit(1)
    return session.scalars(newest).one()


def add_attachments(session: Session, case: Case, parts: Iterable[Part], *, first: int = 1) -> None:
    """Add documents to a case, counted from ``first``."""
    for n, part in enumerate(parts, start=first):
        session.add(
            Attachment(
                case_id=case.id,
                n=n,
                name=part.name,
                media_type=part.media_type,
                size=len(part.data),
                sha256=hashlib.sha256(part.data).hexdigest(),
                content=part.data,
            )
        )


def append_status(
    session: Session,
    case: Case,
    status: Status,
    at: datetime,
    *,
    by: str,
    note: str,
    materials: tuple[str, ...] = (),
) -> CaseStatus:
    """Add one entry to the case's status list."""
    last = session.scalar(select(func.max(CaseStatus.n)).where(CaseStatus.case_id == case.id)) or 0
    entry = CaseStatus(
        case_id=case.id,
        n=last + 1,
        status=status.value,
        at=at,
        by=by,
        note=note,
        materials=list(materials) or None,
    )
    session.add(entry)
    session.flush()
    return entry


def statuses(session: Session, case: Case) -> list[CaseStatus]:
    """Return the case's status list, oldest first."""
    return list(
        session.scalars(select(CaseStatus).where(CaseStatus.case_id == case.id).order_by(CaseStatus.n))
    )


def next_number(session: Session, implementation_code: str, at: datetime) -> str:
    """Return the next number of this code and day."""
    # 办件编号 as live in Guangdong: 实施编码, the day, and a sequence of (at least) four digits of that day.
    day = district_day(at)
    first = insert_for(session)(DailyNumber).values(implementation_code=implementation_code, day=day, last=1)
    # One statement, so that two first cases of a day cannot both find that there is no number yet.
    taken = session.scalars(
        first.on_conflict_do_update(
            index_elements=[DailyNumber.implementation_code, DailyNumber.day],
            set_={"last": DailyNumber.last + 1},
        ).returning(DailyNumber.last)
    ).one()
    return f"{implementation_code}{day:%Y%m%d}{taken:04d}"
