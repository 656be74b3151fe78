"""Ratings over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from district.acceptance.ratings import Score, rate
from district.auth import TerminalId
from district.base import PLAIN_TEXT
from district.services import Here

router = APIRouter(prefix="/v1", tags=["acceptance"])


class RatingIn(BaseModel):
    """How satisfied the resident is: 1 非常满意 … 5 非常不满意."""

    model_config = ConfigDict(extra="forbid")

    receipt_no: Annotated[str, Field(max_length=40, pattern=PLAIN_TEXT)]
    score: Score


class RatingOut(BaseModel):
    """The rating is kept."""

    number: str


@router.post("/ratings")
def post_rating(here: Here, terminal: TerminalId, told: RatingIn) -> RatingOut:
    """Keep a rating; once a case. May be repeated."""
    number = here.database.transact(
        lambda session: rate(session, terminal, told.receipt_no, told.score, here.now())
    )
    return RatingOut(number=number)
