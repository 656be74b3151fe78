"""The cases of whoever lays an identity card on a terminal."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from district.acceptance.progress import of_holder
from district.acceptance.progress_api import CaseOut, case_out
from district.auth import TerminalId
from district.base import PLAIN_TEXT
from district.services import Here

router = APIRouter(prefix="/v1", tags=["acceptance"])


class CardIn(BaseModel):
    """Who sits at the terminal, as the identity card says."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)
    number: str = Field(min_length=1, max_length=18, pattern=PLAIN_TEXT, repr=False)


class OwnCasesIn(BaseModel):
    """Whose cases."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    holder: CardIn


class OwnCasesOut(BaseModel):
    """The newest cases, newest first; none for a number under another name."""

    cases: list[CaseOut]


@router.post("/cases/of-holder", response_model_exclude_none=True)
def post_own_cases(here: Here, _terminal: TerminalId, asked: OwnCasesIn) -> OwnCasesOut:
    """Tell how the cases of the card's holder stand."""
    with here.database.reading() as session:
        found = of_holder(session, asked.holder.name, asked.holder.number)
        return OwnCasesOut(cases=[case_out(one) for one in found])
