"""Create or return: the first word about a submission, and the only one that is compared with later ones."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

import structlog
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from district.acceptance.tables import RECEIVING, Submission
from district.acceptance.uploads import CONTAINER_BYTES_MAX
from district.database import Database
from district.device_keys import Claim
from district.problems import ProblemError
from offline_queue.errors import NumberError
from offline_queue.numbers import ReceiptNumber, parse_number

ID = r"^[0-9a-f]{32}$"
SEQ_MAX: Final = 10**12 - 1
"""A receipt number has at most 12 digits for the sequence."""
_WORD: Final = r"^[!-~]+$"
_CHAIN_RETRY_S: Final = 30
_log = structlog.get_logger("district.acceptance")


class AnnouncementIn(BaseModel):
    """What is said of a container before its bytes; nothing in it names a person."""

    model_config = ConfigDict(extra="forbid")

    digest: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the container.")
    size: int = Field(gt=0)
    service: str = Field(max_length=64, pattern=_WORD, description="Code of the service item.")
    seq: int = Field(gt=0, le=SEQ_MAX, description="Gapless number of the application on its terminal.")
    receipt_no: str = Field(max_length=40, description="What the resident holds.")
    kid: str = Field(max_length=64, pattern=_WORD, description="Key the container is sealed to.")
    container_ver: int = Field(gt=0, le=255)
    terminal: str = Field(max_length=16)
    prev_in_chain: str | None = Field(
        default=None, pattern=ID, description="Submission that has to be settled before this one."
    )


def announced_in(header: str) -> AnnouncementIn:
    """Read an announcement that comes in a header: its JSON as a byte sequence of RFC 8941, ``:base64:``.

    Raises:
        ProblemError: ``request.invalid``.
    """
    try:
        return AnnouncementIn.model_validate_json(base64.b64decode(header.strip(":"), validate=True))
    except (binascii.Error, ValueError) as error:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid", "Not as agreed: header.announcement"
        ) from error


def claim_of(submission_id: str, announced: AnnouncementIn) -> Claim:
    """Return what a terminal's device key signs of an announcement."""
    names = {"terminal", "seq", "receipt_no", "service", "size", "digest"}
    return Claim(submission_id=submission_id, **announced.model_dump(include=names))


@dataclass(frozen=True, slots=True)
class Announced:
    """The submission as it stands now, and whether this announcement made it."""

    row: Submission
    created: bool


def announce(
    database: Database, submission_id: str, announced: AnnouncementIn, terminal: str, at: datetime
) -> Announced:
    """Create the submission or find it. Of two that announce the same id at once, one creates it.

    Args:
        database: Where it is kept, for ever.
        submission_id: Chosen by the terminal.
        announced: What the terminal says of it.
        terminal: Who calls.
        at: The present.

    Raises:
        ProblemError: ``auth.other-terminal``, ``submission.too-large``, ``submission.bad-receipt-no``,
            ``submission.digest-conflict`` when the id is known with another container, or
            ``submission.out-of-order``.
    """
    _check(announced, terminal)
    found = database.transact(lambda session: _create_or_return(session, submission_id, announced, at))
    known = (found.row.terminal, found.row.digest, found.row.size, found.row.service)
    if known != (terminal, announced.digest, announced.size, announced.service):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "submission.digest-conflict",
            "The id is known with another container.",
        )
    if found.created:
        _log.info("submission.announced", submission=submission_id, terminal=terminal, seq=announced.seq)
    return found


def _create_or_return(
    session: Session, submission_id: str, announced: AnnouncementIn, at: datetime
) -> Announced:
    known = session.get(Submission, submission_id)
    if known is not None:
        session.expunge(known)
        return Announced(known, created=False)
    if announced.prev_in_chain is not None:
        previous = session.get(Submission, announced.prev_in_chain)
        if previous is None or previous.terminal != announced.terminal or not previous.is_settled:
            raise ProblemError(
                HTTPStatus.PRECONDITION_REQUIRED,
                "submission.out-of-order",
                "An earlier application of the same chain has to be settled first.",
                {"Retry-After": str(_CHAIN_RETRY_S)},
            )
    row = Submission(
        id=submission_id,
        **announced.model_dump(),
        state=RECEIVING,
        upload_offset=0,
        restarts=0,
        announced_at=at,
    )
    session.add(row)
    session.flush()
    session.refresh(row)
    session.expunge(row)
    return Announced(row, created=True)


def _check(announced: AnnouncementIn, terminal: str) -> None:
    if announced.terminal != terminal:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "auth.other-terminal", "The token belongs to another terminal."
        )
    if announced.size > CONTAINER_BYTES_MAX:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "submission.too-large",
            "The container is too large.",
            {"Upload-Limit": f"max-size={CONTAINER_BYTES_MAX}"},
        )
    try:
        number = parse_number(announced.receipt_no)
    except NumberError:
        number = None
    if number != ReceiptNumber(terminal, announced.seq):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "submission.bad-receipt-no",
            "The receipt number is not that of this terminal and sequence.",
        )
