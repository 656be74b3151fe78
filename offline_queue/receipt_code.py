"""The signed code on a receipt: proves offline which terminal gave it out, and names nobody.

It is a link, so that a telephone comes to the progress page: ``…?receipt=T0421-000137-96&proof=…``. ``proof``
is base64url without padding of 101 bytes: version 1, the submission id (16), the first 16 bytes of the
container's SHA-256, the key's name (4), the signature (64). Signed are a context, the version, the receipt
number, the submission id and those 16 bytes. What else stands in the link is not signed.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from offline_queue.device_key import KID_BYTES, SIGNATURE_BYTES, DevicePublicKey, DeviceSigner
from offline_queue.errors import DeviceKeyError, NumberError, ReceiptError
from offline_queue.numbers import parse_number

_CONTEXT: Final = b"zhiwang.device.receipt\x00"
_VERSION: Final = 1
_ID_BYTES: Final = 16
DIGEST_BYTES: Final = 16
_PROOF_BYTES: Final = 1 + _ID_BYTES + DIGEST_BYTES + KID_BYTES + SIGNATURE_BYTES
_PARAMETER: Final = re.compile(r"[?&](receipt|proof)=([A-Za-z0-9_-]+)(?=&|#|$)")


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """What a receipt's code says.

    Args:
        receipt_no: The number on the paper.
        submission_id: 16 bytes.
        digest16: First 16 bytes of the container's SHA-256.
        kid: Name of the device key that signed.
    """

    receipt_no: str
    submission_id: bytes
    digest16: bytes
    kid: str

    @property
    def terminal(self) -> str:
        """The terminal that the number names."""
        return parse_number(self.receipt_no).terminal


def receipt_proof(signer: DeviceSigner, receipt_no: str, submission_id: bytes, digest: bytes) -> str:
    """Return ``proof`` for the link on a receipt, 135 characters that need no escaping in a link.

    Args:
        signer: The terminal's key.
        receipt_no: The number on the paper.
        submission_id: 16 bytes.
        digest: SHA-256 of the container.

    Raises:
        DeviceKeyError: What the signer raises.
    """
    digest16 = digest[:DIGEST_BYTES]
    signed = signer.sign(_message(receipt_no, submission_id, digest16))
    proof = bytes([_VERSION]) + submission_id + digest16 + bytes.fromhex(signed.kid) + signed.value
    return base64.urlsafe_b64encode(proof).decode().rstrip("=")


def read_receipt(text: str) -> SignedReceipt:
    """Read what a receipt's code says, without proving it.

    Raises:
        ReceiptError: ``receipt.malformed``.
    """
    return _parts(text)[0]


def verify_receipt(text: str, keys: Mapping[str, DevicePublicKey]) -> SignedReceipt:
    """Prove that one of these keys signed a receipt's code. Needs no network.

    Args:
        text: What was scanned.
        keys: Key name to public key, of the terminal that the number names and of no other.

    Raises:
        ReceiptError: ``receipt.malformed``.
        DeviceKeyError: ``device-key.unknown-key`` or ``device-key.bad-signature``.
    """
    said, signature = _parts(text)
    public = keys.get(said.kid)
    if public is None:
        raise DeviceKeyError("device-key.unknown-key", said.kid)
    public.verify(signature, _message(said.receipt_no, said.submission_id, said.digest16))
    return said


def _parts(text: str) -> tuple[SignedReceipt, bytes]:
    found = _PARAMETER.findall(text.strip())
    told = dict(found)
    try:
        number = parse_number(told["receipt"])
        proof = base64.b64decode(told["proof"] + "=", altchars=b"-_", validate=True)
    except (KeyError, NumberError, binascii.Error) as error:
        raise ReceiptError("receipt.malformed") from error
    if len(found) != len(told) or len(proof) != _PROOF_BYTES or proof[0] != _VERSION or number.seq < 1:
        raise ReceiptError("receipt.malformed")
    digest_at = 1 + _ID_BYTES
    kid_at = digest_at + DIGEST_BYTES
    signature_at = kid_at + KID_BYTES
    said = SignedReceipt(
        told["receipt"], proof[1:digest_at], proof[digest_at:kid_at], proof[kid_at:signature_at].hex()
    )
    return said, proof[signature_at:]


def _message(receipt_no: str, submission_id: bytes, digest16: bytes) -> bytes:
    return _CONTEXT + bytes([_VERSION]) + submission_id + digest16 + receipt_no.encode()
