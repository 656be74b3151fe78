"""The cases of whoever lays an identity card on a terminal."""

from fastapi import APIRouter
from pydantic import BaseModel

from district.acceptance.progress import of_holder
from district.acceptance.progress_api import CaseOut, case_out
from district.auth import TerminalId
from district.holder import OfHolderIn
from district.services import Here

router = APIRouter(prefix="/v1", tags=["acceptance"])


class OwnCasesOut(BaseModel):
    """The newest cases, newest first; none for a number under another name."""

    cases: list[CaseOut]


@router.post("/cases/of-holder", response_model_exclude_none=True)
def post_own_cases(here: Here, _terminal: TerminalId, asked: OfHolderIn) -> OwnCasesOut:
    """Tell how the cases of the card's holder stand."""
    with here.database.reading() as session:
        found = of_holder(session, asked.holder.name, asked.holder.number)
        return OwnCasesOut(cases=[case_out(one) for one in found])
