"""Containers that come by hand instead of by line: the same commit, the same ids, so never a second case."""

import hashlib
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel, ValidationError

from district.acceptance.announcing import AnnouncementIn, announce, claim_of
from district.acceptance.commit import unreadable_code
from district.acceptance.tables import UNREADABLE, Submission
from district.device_keys import keys_of, prove_announcement
from district.problems import ProblemError
from district.services import Services
from district.tables import Terminal
from offline_queue.errors import DeviceKeyError, NumberError, SealError
from offline_queue.header import Header, read_header
from offline_queue.numbers import make_number, parse_number

_SET_ASIDE: Final = frozenset({"submission.unknown-key", "submission.unreadable"})


class Outcome(StrEnum):
    """What became of a container that was imported."""

    ACCEPTED = "accepted"
    """It is a case now."""
    ALREADY = "already"
    """It was settled before; nothing changed."""
    SET_ASIDE = "set-aside"
    """It is here and cannot be read; a person has to look at it."""
    CONFLICT = "conflict"
    """Its id is known with another container; it was not taken."""
    REFUSED = "refused"
    """It was not taken; the code says why."""


class ImportedOut(BaseModel):
    """What became of one container; ``acceptance_no`` is the case, ``problem`` the code."""

    outcome: Outcome
    acceptance_no: str | None = None
    problem: str | None = None


def take(
    here: Services, receipt_no: str, container: bytes, device_signature: str = "", *, unsigned: bool = False
) -> ImportedOut:
    """Take a sealed container as if its terminal had delivered it. Taking it again changes nothing.

    Args:
        here: The platform.
        receipt_no: What the resident holds for it.
        container: The whole container.
        device_signature: The terminal's, as it would announce the container; ``""`` for none.
        unsigned: Take it even if a terminal that has a device key did not sign, as when its TPM is broken.
    """
    try:
        header = read_header(container)
        announced = _announcement(header, receipt_no, container)
        _prove(here, header.submission_id.hex(), announced, device_signature, unsigned=unsigned)
        return _commit(here, header.submission_id.hex(), announced, container)
    except (SealError, DeviceKeyError) as error:
        return ImportedOut(outcome=Outcome.REFUSED, problem=error.code)
    except NumberError:
        return ImportedOut(outcome=Outcome.REFUSED, problem="submission.bad-receipt-no")
    except ValidationError:
        return ImportedOut(outcome=Outcome.REFUSED, problem="request.invalid")
    except ProblemError as error:
        return ImportedOut(outcome=_outcome(error.code), problem=error.code)


def _announcement(header: Header, receipt_no: str, container: bytes) -> AnnouncementIn:
    if len(container) != header.container_bytes:
        raise SealError("seal.tampered", "length differs from the header")
    number = parse_number(receipt_no)
    return AnnouncementIn(
        digest=hashlib.sha256(container).hexdigest(),
        size=len(container),
        service=header.service,
        seq=number.seq,
        receipt_no=make_number(number.terminal, number.seq),  # a person may have typed it
        kid=header.recipients[0].kid,
        container_ver=header.ver,
        terminal=header.terminal,
    )


def _prove(
    here: Services, submission_id: str, announced: AnnouncementIn, signature: str, *, unsigned: bool
) -> None:
    """Want the device signature of every terminal that has a key."""
    said = claim_of(submission_id, announced)
    with here.database.reading() as session:
        if not keys_of(session, announced.terminal):
            return
        try:
            prove_announcement(session, said, signature or None)
        except DeviceKeyError as error:
            if not unsigned or error.code == "device-key.bad-signature":
                raise


def _commit(here: Services, submission_id: str, announced: AnnouncementIn, container: bytes) -> ImportedOut:
    with here.database.reading() as session:
        if session.get(Terminal, announced.terminal) is None:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "import.unknown-terminal", "No such terminal is enrolled."
            )
    with here.uploads.alone(submission_id):
        row = announce(here.database, submission_id, announced, announced.terminal, here.now()).row
        if row.is_settled:
            return _settled(row, Outcome.ALREADY)
        if row.state == UNREADABLE:
            return ImportedOut(outcome=Outcome.SET_ASIDE, problem=unreadable_code(row.problem))
        here.uploads.replace(row, container)
        with here.database.reading() as session:
            row = session.get_one(Submission, submission_id)
        here.committer.commit(row)
        with here.database.reading() as session:
            return _settled(session.get_one(Submission, submission_id), Outcome.ACCEPTED)


def _settled(row: Submission, outcome: Outcome) -> ImportedOut:
    if row.ack is None:
        return ImportedOut(outcome=outcome)
    return ImportedOut(outcome=outcome, acceptance_no=str(row.ack["acceptance_no"]))


def _outcome(code: str) -> Outcome:
    if code == "submission.digest-conflict":
        return Outcome.CONFLICT
    return Outcome.SET_ASIDE if code in _SET_ASIDE else Outcome.REFUSED
