"""The terminals' signing keys: enrolled by hand, asked for what a terminal signed.

A terminal that speaks for itself is known by its token; its signature is proven where there is one. What
comes without the terminal, as on a stick, has nothing but the signature.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from district.problems import ProblemError
from district.tables import DeviceKey
from offline_queue.device_key import (
    Algorithm,
    Announced,
    DevicePublicKey,
    announcement_message,
    signature_from_text,
)
from offline_queue.errors import DeviceKeyError
from offline_queue.receipt_code import SignedReceipt, read_receipt, verify_receipt


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says a container is; fields as in an announcement."""

    terminal: str
    submission_id: str
    seq: int
    receipt_no: str
    service: str
    size: int
    digest: str


_log = structlog.get_logger("district.keys")


def enrol(session: Session, terminal: str, key: DevicePublicKey, at: datetime) -> None:
    """Take a terminal's signing key over. Earlier ones stay: what they signed is still to be proven."""
    if session.get(DeviceKey, (terminal, key.kid)) is None:
        row = DeviceKey(
            terminal=terminal, kid=key.kid, algorithm=key.algorithm.value, public=key.raw, enrolled_at=at
        )
        session.add(row)


def keys_of(session: Session, terminal: str) -> dict[str, DevicePublicKey]:
    """Return a terminal's signing keys by their names."""
    rows = session.scalars(select(DeviceKey).where(DeviceKey.terminal == terminal))
    return {row.kid: DevicePublicKey(Algorithm(row.algorithm), row.public) for row in rows}


def prove_announcement(session: Session, said: Announced, signature: str | None) -> None:
    """Prove the device signature of a container that arrives without its terminal.

    Raises:
        DeviceKeyError: ``device-key.missing`` for no signature, ``device-key.unknown-key``,
            ``device-key.bad-signature``.
    """
    if signature is None:
        raise DeviceKeyError("device-key.missing", "not signed")
    signed = signature_from_text(signature)
    key = keys_of(session, said.terminal).get(signed.kid)
    if key is None:
        raise DeviceKeyError("device-key.unknown-key", signed.kid)
    key.verify(signed.value, announcement_message(said))


def heed_signature(session: Session, said: Announced, signature: str | None) -> None:
    """Look at the device signature of a terminal that its token has proven.

    A key that is not enrolled (a new one after the TPM was cleared) hinders no delivery; a wrong signature by
    one that is does.

    Raises:
        ProblemError: ``device-key.bad-signature``.
    """
    try:
        prove_announcement(session, said, signature)
    except DeviceKeyError as error:
        if error.code == "device-key.bad-signature":
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                error.code,
                "The device signature is not that of this announcement.",
            ) from error
        _log.info(error.code, terminal=said.terminal)


def prove_receipt(session: Session, text: str) -> SignedReceipt:
    """Prove the code of a receipt against the keys of the terminal it names.

    Raises:
        ReceiptError: ``receipt.malformed``.
        DeviceKeyError: ``device-key.unknown-key`` or ``device-key.bad-signature``.
    """
    return verify_receipt(text, keys_of(session, read_receipt(text).terminal))
