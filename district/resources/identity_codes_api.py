"""Verifying one-ID codes over HTTP."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from district.auth import TerminalId
from district.base import PLAIN_TEXT
from district.problems import ProblemError
from district.resources.identity_codes import verify
from district.services import Here

router = APIRouter(prefix="/v1", tags=["resources"])


class IdentityCodeIn(BaseModel):
    """What the code on the phone says; opaque to the terminal."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    code: Annotated[str, Field(min_length=1, max_length=512, pattern=PLAIN_TEXT, repr=False)]


class IdentifiedOut(BaseModel):
    """Whose code it was, as an identity card would say it; ``valid_until`` is null for 长期."""

    name: str = Field(repr=False)
    number: str = Field(repr=False)
    sex: str
    born: date = Field(repr=False)
    address: str = Field(repr=False)
    valid_until: date | None


@router.post("/identity-codes/verify")
def post_identity_code(here: Here, terminal: TerminalId, shown: IdentityCodeIn) -> IdentifiedOut:
    """Tell whose code it is and use it up: the second time it is refused, also to the same terminal."""
    now = here.now()
    wait_s = here.code_guesses.wait_s(terminal, now)
    if wait_s:
        raise ProblemError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "identity-code.too-many-tries",
            "Too many codes of this terminal were none.",
            {"Retry-After": str(wait_s)},
        )
    try:
        person = here.database.transact(lambda session: verify(session, terminal, shown.code, now))
    except ProblemError:
        here.code_guesses.wrong(terminal, now)
        raise
    here.code_guesses.forgive(terminal)
    return IdentifiedOut(
        name=person.name,
        number=person.number,
        sex=person.sex,
        born=person.born,
        address=person.address,
        valid_until=person.valid_until,
    )
