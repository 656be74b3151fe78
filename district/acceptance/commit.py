"""The moment a submission is settled: a case, or refused for good; once, in one transaction, signed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.acceptance.application import Form, Opened, UnreadableError, open_application
from district.acceptance.cases import create_case, next_number
from district.acceptance.corrections import take_correction
from district.acceptance.tables import ACCEPTED, REJECTED, UNREADABLE, Submission
from district.acceptance.uploads import RESTARTS_MAX, Uploads, offset_problem
from district.catalogue.package import Catalogue
from district.database import Database
from district.dispatch.form import ReportForm
from district.dispatch.reports import keep_report
from district.keys import KeyRing
from district.problems import ProblemError
from district.times import Now
from offline_queue.ack import Ack, Verdict, sign_ack, sign_verdict, to_json

REPORT_PREFIX = "SSP440306"
"""随手拍 of Bao'an: stands before the day in the number of a report."""
_log = structlog.get_logger("district.acceptance")


@dataclass(frozen=True, slots=True)
class Committer:
    """Opens whole containers and makes cases of them."""

    database: Database
    uploads: Uploads
    keys: KeyRing
    catalogue: Catalogue
    now: Now

    def commit(self, submission: Submission) -> None:
        """Make the case of a submission whose bytes are all here, unless it is settled.

        Raises:
            ProblemError: ``upload.offset-mismatch`` (0) when the bytes are not those announced,
                ``submission.digest-mismatch`` when that happened too often, ``submission.unknown-key`` or
                ``submission.unreadable``.
        """
        if submission.is_settled:
            return
        container = self.uploads.read(submission)[: submission.size]
        if hashlib.sha256(container).hexdigest() != submission.digest:
            self._start_again(submission)
        try:
            opened = open_application(container, submission, self.keys.seal)
        except UnreadableError as error:
            self._keep_unreadable(submission, error.code)
            raise unreadable_problem(error.code) from error
        case = self.database.transact(lambda session: self._accept(session, submission.id, opened))
        if case is not None:
            _log.info("case.received", submission=submission.id, case=case)

    def reject(self, submission_id: str, reason: str) -> None:
        """Refuse for good what is kept and cannot be read; a person has decided so.

        Raises:
            ProblemError: ``submission.unknown``, or ``submission.not-set-aside`` when it can be read or is
                not here yet.
        """
        self.database.transact(lambda session: self._reject(session, submission_id, reason))
        _log.warning("submission.rejected", submission=submission_id, why=reason)

    def reopen_all(self) -> None:
        """Try again to open what could not be opened, as after a key was brought back."""
        with self.database.reading() as session:
            waiting = list(session.scalars(select(Submission).where(Submission.state == UNREADABLE)))
        for submission in waiting:
            try:
                self.commit(submission)
            except ProblemError:
                continue
            except OSError as error:
                # One file that cannot be read keeps nobody else from being served.
                _log.warning("submission.unreadable", submission=submission.id, why=type(error).__name__)

    def _accept(self, session: Session, submission_id: str, opened: Opened) -> str | None:
        # The row is locked: of two that commit the same submission, the second finds it settled.
        submission = session.get_one(Submission, submission_id, with_for_update=True)
        if submission.is_settled:
            return None
        at = self.now()
        number = self._settle(session, submission, opened, at)
        said = Ack(
            terminal=submission.terminal,
            submission_id=submission.id,
            digest=submission.digest,
            acceptance_no=number,
            accepted_at=at.isoformat(timespec="seconds"),
            kid=self.keys.ack.kid,
        )
        submission.ack = dict(to_json(sign_ack(said, self.keys.ack.private)))
        submission.state = ACCEPTED
        submission.upload_offset = submission.size
        submission.problem = None
        return number

    def _settle(self, session: Session, submission: Submission, opened: Opened, at: datetime) -> str:
        """Make of a submission what it is: a report, documents for a case, or a case; return its number."""
        match opened.form:
            case ReportForm() as form:
                number = next_number(session, REPORT_PREFIX, at)
                keep_report(
                    session,
                    form,
                    opened.parts,
                    number=number,
                    submission_id=submission.id,
                    receipt_no=submission.receipt_no,
                    terminal=submission.terminal,
                    at=at,
                )
                return number
            case Form() as form:
                corrected = take_correction(session, submission, opened, form, at) if form.corrects else None
                case = corrected or create_case(session, submission, opened, form, self.catalogue, at)
                return case.number

    def _reject(self, session: Session, submission_id: str, reason: str) -> None:
        submission = session.get(Submission, submission_id, with_for_update=True)
        if submission is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "submission.unknown", "No submission has this id.")
        if submission.state != UNREADABLE:
            raise ProblemError(
                HTTPStatus.CONFLICT,
                "submission.not-set-aside",
                "Only what is kept and cannot be read can be refused for good.",
            )
        said = Verdict(
            terminal=submission.terminal,
            submission_id=submission.id,
            digest=submission.digest,
            reason=reason,
            decided_at=self.now().isoformat(timespec="seconds"),
            kid=self.keys.ack.kid,
        )
        submission.verdict = dict(to_json(sign_verdict(said, self.keys.ack.private)))
        submission.state = REJECTED

    def _start_again(self, submission: Submission) -> None:
        _log.warning("upload.not-as-announced", submission=submission.id, restarts=submission.restarts)
        if submission.restarts >= RESTARTS_MAX:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "submission.digest-mismatch",
                "The bytes sent are not those announced, time and again.",
            )
        self.uploads.restart(submission)
        raise offset_problem(0)

    def _keep_unreadable(self, submission: Submission, code: str) -> None:
        with self.database.writing() as session:
            row = session.get_one(Submission, submission.id, with_for_update=True)
            if row.is_settled:
                return
            row.state = UNREADABLE
            row.upload_offset = row.size
            row.problem = code
        _log.warning("submission.unreadable", submission=submission.id, why=code)


def unreadable_code(why: str | None) -> str:
    """Return what the terminal is told of a container that cannot be read for the reason ``why``."""
    return "submission.unknown-key" if why == "seal.no-key" else "submission.unreadable"


def unreadable_problem(why: str | None) -> ProblemError:
    """Return the refusal for a container that is kept but cannot be read."""
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        unreadable_code(why),
        "The container is kept, but the platform cannot read it; it needs a person.",
    )
