"""Keeping a report, with how urgent its kind is and the first stage of its way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from district.dispatch.form import ReportForm
from district.dispatch.stages import Stage
from district.dispatch.tables import Report
from offline_queue.package import Part

ORDINARY, URGENT = "ordinary", "urgent"
_PHOTO_TYPE: Final = "image/jpeg"
_URGENT: Final = frozenset({"fire-exit", "road-surface", "power-cable", "gas-water", "building-safety"})
"""Kinds that may hurt somebody within hours."""


def keep_report(
    session: Session,
    form: ReportForm,
    parts: Iterable[Part],
    *,
    number: str,
    submission_id: str,
    receipt_no: str,
    terminal: str,
    at: datetime,
) -> Report:
    """Add the report; its photo is the first picture that came with it."""
    report = Report(
        number=number,
        submission_id=submission_id,
        receipt_no=receipt_no,
        kind=form.kind,
        level=URGENT if form.kind in _URGENT else ORDINARY,
        stage=Stage.RECEIVED.value,
        described=form.described,
        place_way=form.place.way,
        place=form.place.text,
        contact_phone=form.contact_phone,
        terminal=terminal,
        received_at=at,
        photo=next((part.data for part in parts if part.media_type == _PHOTO_TYPE), None),
    )
    session.add(report)
    session.flush()
    return report


def find_report(session: Session, number: str, *, lock: bool = False) -> Report | None:
    """Look up a report by its own number or by the receipt's."""
    written = number.strip().upper()
    found = select(Report).where(or_(Report.number == written, Report.receipt_no == written)).limit(1)
    return session.scalar(found.with_for_update() if lock else found)
