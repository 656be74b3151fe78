"""Pages that were asked for again (补正) reach the case they belong to."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from district.acceptance.application import Form, Opened
from district.acceptance.cases import PLATFORM, add_attachments, append_status, latest
from district.acceptance.statuses import Status, may_follow
from district.acceptance.tables import Attachment, Case, Correction, Submission


def take_correction(
    session: Session, submission: Submission, opened: Opened, form: Form, at: datetime
) -> Case | None:
    """Add the documents of a correction to its case.

    The status moves on where it may; where the case has moved on meanwhile the documents are there all the
    same, and a person looks at them.

    Returns:
        The case, or None when no case of this applicant has the number: then the correction has to become a
        case of its own, since nothing that a receipt was given for is dropped.
    """
    case = session.scalar(select(Case).where(Case.number == form.corrects).with_for_update())
    if case is None or case.applicant_document_number != form.applicant_document_number.upper():
        return None
    newest = session.scalar(select(func.max(Attachment.n)).where(Attachment.case_id == case.id)) or 0
    add_attachments(session, case, opened.parts, first=newest + 1)
    if may_follow(Status(latest(session, case.id).status), Status.CORRECTION_RECEIVED):
        append_status(session, case, Status.CORRECTION_RECEIVED, at, by=PLATFORM, note="")
    session.add(Correction(submission_id=submission.id, case_id=case.id, received_at=at))
    session.flush()
    return case
