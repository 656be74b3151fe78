"""The catalogue over HTTP."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import Response
from pydantic import BaseModel

from district.auth import TerminalId
from district.services import Here

router = APIRouter(prefix="/v1", tags=["catalogue"])


class PackageOut(BaseModel):
    """What is signed. ``items``: item code → file name → content."""

    version: int
    issued_at: str
    items: dict[str, dict[str, Any]]


class SignatureOut(BaseModel):
    """Ed25519 (base64) over ``zhiwang-catalogue-v1``, a line feed and the canonical JSON of the package."""

    kid: str
    ed25519: str


class CatalogueOut(BaseModel):
    """The signed catalogue."""

    package: PackageOut
    signature: SignatureOut


@router.get("/catalogue", response_model=CatalogueOut, responses={304: {"description": "Not changed."}})
def get_catalogue(
    here: Here, _terminal: TerminalId, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Return the signed catalogue, or 304 when the terminal has it already."""
    headers = {"ETag": here.catalogue.etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and here.catalogue.etag in if_none_match:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(here.catalogue.body, media_type="application/json", headers=headers)
