"""The signed set of seal keys over HTTP, for terminals that refresh theirs."""

import hashlib
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Header
from fastapi.responses import Response
from pydantic import BaseModel

from district.auth import TerminalId
from district.problems import ProblemError
from district.services import Here

router = APIRouter(prefix="/v1", tags=["keys"])


class SealKeyOut(BaseModel):
    """One public key; ``suite`` 1 is X25519 (32 bytes), 33 is SM2 (x and y, 64 bytes)."""

    kid: str
    public: str
    suite: int
    role: Literal["platform", "escrow"]
    not_after: str | None


class KeyPackageOut(BaseModel):
    """What is signed; keys oldest first."""

    version: int
    issued_at: str
    keys: list[SealKeyOut]


class KeySignatureOut(BaseModel):
    """Ed25519 (base64) over ``zhiwang.seal-keys``, a zero byte and the canonical JSON of the package."""

    kid: str
    ed25519: str


class KeySetOut(BaseModel):
    """The signed key set."""

    package: KeyPackageOut
    signature: KeySignatureOut


@router.get("/seal-keys", response_model=KeySetOut, responses={304: {"description": "Not changed."}})
def get_seal_keys(
    here: Here, _terminal: TerminalId, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Return the signed key set, or 304 when the terminal has it already."""
    body = here.committer.keys.key_set
    if body is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "keys.none", "No key set was made yet.")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and etag in if_none_match:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
