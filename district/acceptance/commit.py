"""The moment a submission becomes a case: once, in one transaction, with a signed acknowledgement."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from sqlalchemy import select

from district.acceptance.application import Opened, UnreadableError, open_application
from district.acceptance.cases import create_case
from district.acceptance.tables import ACCEPTED, UNREADABLE, Submission
from district.acceptance.uploads import RESTARTS_MAX, Uploads, offset_problem
from district.catalogue.package import Catalogue
from district.database import Database
from district.keys import KeyRing
from district.problems import ProblemError
from district.times import Now
from offline_queue.ack import Ack, sign_ack, to_json

_log = structlog.get_logger("district.acceptance")


@dataclass(frozen=True, slots=True)
class Committer:
    """Opens whole containers and makes cases of them."""

    database: Database
    uploads: Uploads
    keys: KeyRing
    catalogue: Catalogue
    now: Now

    def commit(self, submission: Submission) -> dict[str, str]:
        """Make the case of a submission whose bytes are all here; the caller works on it alone.

        Returns:
            The signed acknowledgement; the same one for ever.

        Raises:
            ProblemError: ``upload.offset-mismatch`` (0) when the bytes are not those announced,
                ``submission.digest-mismatch`` when that happened too often, ``submission.unknown-key`` or
                ``submission.unreadable``.
        """
        if submission.ack is not None:
            return dict(submission.ack)
        container = self.uploads.read(submission)[: submission.size]
        if hashlib.sha256(container).hexdigest() != submission.digest:
            self._start_again(submission)
        try:
            opened = open_application(container, submission, self.keys.seal)
        except UnreadableError as error:
            self._keep_unreadable(submission, error.code)
            raise unreadable_problem(error.code) from error
        return self._accept(submission.id, opened)

    def reopen_all(self) -> None:
        """Try again to open what could not be opened, as after a key was brought back."""
        with self.database.reading() as session:
            waiting = list(session.scalars(select(Submission).where(Submission.state == UNREADABLE)))
        for submission in waiting:
            with suppress(ProblemError):
                self.commit(submission)

    def _accept(self, submission_id: str, opened: Opened) -> dict[str, str]:
        with self.database.writing() as session:
            submission = session.get_one(Submission, submission_id, with_for_update=True)
            if submission.ack is not None:
                return dict(submission.ack)
            at = self.now()
            case = create_case(session, submission, opened, self.catalogue, at)
            said = Ack(
                terminal=submission.terminal,
                submission_id=submission.id,
                digest=submission.digest,
                acceptance_no=case.number,
                accepted_at=at.isoformat(timespec="seconds"),
                kid=self.keys.ack.kid,
            )
            ack = to_json(sign_ack(said, self.keys.ack.private))
            submission.ack = dict(ack)
            submission.state = ACCEPTED
            submission.problem = None
        _log.info("case.received", submission=submission_id, case=ack["acceptance_no"])
        return ack

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
            row.state = UNREADABLE
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
