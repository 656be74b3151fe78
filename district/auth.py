"""Bearer tokens of terminals and operators."""

import hashlib
import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from district.problems import ProblemError
from district.services import Here
from district.tables import Operator, Terminal

_TOKEN_BYTES = 32
_terminal_scheme = HTTPBearer(auto_error=False, scheme_name="terminal")
_operator_scheme = HTTPBearer(auto_error=False, scheme_name="operator")


def new_token() -> str:
    """Return a fresh token of 256 random bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _terminal(
    here: Here, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_terminal_scheme)]
) -> str:
    if sent is not None:
        with here.database.reading() as session:
            found = session.scalar(
                select(Terminal.id).where(Terminal.token_hash == token_hash(sent.credentials))
            )
        if found is not None:
            return found
    raise _unknown()


def _operator(
    here: Here, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_operator_scheme)]
) -> str:
    if sent is not None:
        with here.database.reading() as session:
            found = session.scalar(
                select(Operator.name).where(Operator.token_hash == token_hash(sent.credentials))
            )
        if found is not None:
            return found
    raise _unknown()


def _caller(
    here: Here,
    terminal: Annotated[HTTPAuthorizationCredentials | None, Depends(_terminal_scheme)],
    operator: Annotated[HTTPAuthorizationCredentials | None, Depends(_operator_scheme)],
) -> str:
    try:
        return _terminal(here, terminal)
    except ProblemError:
        return _operator(here, operator)


def _unknown() -> ProblemError:
    return ProblemError(
        HTTPStatus.UNAUTHORIZED,
        "auth.unknown-token",
        "The bearer token is missing or not known.",
        {"WWW-Authenticate": "Bearer"},
    )


TerminalId = Annotated[str, Depends(_terminal)]
"""Id of the enrolled terminal that calls, e.g. ``"T0421"``."""
OperatorName = Annotated[str, Depends(_operator)]
"""Name of the operator who calls."""
CallerName = Annotated[str, Depends(_caller)]
"""Id of the terminal or name of the operator who calls."""
