"""Refusals as RFC 9457 problem documents with a stable code."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

API_HEADERS = {"Zhiwang-Api": "1"}
"""On every answer. A captive portal or a proxy does not send it, so a terminal can tell them apart."""

_DATABASE_RETRY_S = "5"
_log = structlog.get_logger("district")


class Problem(BaseModel):
    """RFC 9457 problem document.

    ``code`` is stable and listed in ``docs/errors.md``; ``title`` is for people reading a log.
    """

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    status: int
    code: str
    title: str


class ProblemError(Exception):
    """A refusal that the client is told.

    Args:
        status: HTTP status.
        code: Stable dotted code.
        title: One sentence without personal data.
        headers: Further headers, such as ``Upload-Offset``.
    """

    def __init__(
        self, status: HTTPStatus, code: str, title: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status}: {code}")
        self.status = status
        self.code = code
        self.title = title
        self.headers = dict(headers or {})


def answer(status: int, code: str, title: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the problem document as a response."""
    problem = Problem(status=status, code=code, title=title)
    return JSONResponse(
        problem.model_dump(),
        status_code=status,
        media_type="application/problem+json",
        headers={**API_HEADERS, **(headers or {})},
    )


def _told(_request: Request, error: Exception) -> JSONResponse:
    problem = cast("ProblemError", error)
    return answer(problem.status, problem.code, problem.title, problem.headers)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    # The framework's own answer repeats what was sent; names and numbers of people must not come back so.
    places = sorted(
        {".".join(map(str, entry["loc"])) for entry in cast("RequestValidationError", error).errors()}
    )
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid", f"Not as agreed: {', '.join(places)}")


def _framework(_request: Request, error: Exception) -> JSONResponse:
    refusal = cast("HTTPException", error)
    code = {
        HTTPStatus.NOT_FOUND: "request.not-found",
        HTTPStatus.METHOD_NOT_ALLOWED: "request.method-not-allowed",
    }.get(HTTPStatus(refusal.status_code), "request.refused")
    return answer(refusal.status_code, code, HTTPStatus(refusal.status_code).phrase, refusal.headers)


def _broken(_request: Request, _error: Exception) -> JSONResponse:
    return answer(
        HTTPStatus.INTERNAL_SERVER_ERROR, "district.failed", "The platform failed; try again later."
    )


def _no_database(_request: Request, error: Exception) -> JSONResponse:
    why = cast("OperationalError", error).orig
    _log.error("district.no-database", why=type(why).__name__)
    return answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "district.no-database",
        "The platform's database does not answer; try again later.",
        {"Retry-After": _DATABASE_RETRY_S},
    )


def install(app: FastAPI) -> None:
    """Make every refusal of ``app`` a problem document."""
    app.add_exception_handler(ProblemError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(Exception, _broken)
