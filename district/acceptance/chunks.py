"""The digest of a chunk as RFC 9530 writes it."""

import base64
import binascii
import hashlib
import re
from http import HTTPStatus

from district.problems import ProblemError

_SHA256 = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")


def proven(chunk: bytes, content_digest: str | None) -> None:
    """Prove ``chunk`` against its ``Content-Digest`` field, where it carries one for SHA-256.

    Raises:
        ProblemError: ``upload.chunk-damaged``: send it again.
    """
    if content_digest is None:
        return
    match = _SHA256.search(content_digest)
    if match is None:
        return
    try:
        told = base64.b64decode(match[1], validate=True)
    except binascii.Error:
        told = b""
    if told != hashlib.sha256(chunk).digest():
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "upload.chunk-damaged", "The chunk arrived damaged; send it again."
        )
