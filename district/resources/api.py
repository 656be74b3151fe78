"""Prefill over HTTP."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel, Field

from district.auth import TerminalId
from district.holder import OfHolderIn
from district.problems import ProblemError
from district.resources.circumstances import circumstances
from district.resources.prefill import Known, PersonMismatchError, prefill
from district.services import Here

router = APIRouter(prefix="/v1", tags=["resources"])


class PrefillIn(OfHolderIn):
    """For which item, and for whom."""

    item: str = Field(max_length=64)


class SourceOut(BaseModel):
    """The department that keeps the datum, in each language."""

    zh: str
    en: str


class DatumOut(BaseModel):
    """One datum, where it comes from, and the day for which the source vouches for it."""

    field: str
    value: str = Field(repr=False)
    source: SourceOut
    as_of: date


class PrefillOut(BaseModel):
    """What is known; nothing for a person whom the resource base does not know."""

    data: list[DatumOut]


@router.post("/prefill")
def post_prefill(here: Here, terminal: TerminalId, asked: PrefillIn) -> PrefillOut:
    """Return what the district already knows and the item's form asks for."""
    wanted = here.catalogue.wanted(asked.item)
    if wanted is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "prefill.unknown-item", "The catalogue has no such item.")
    with here.database.writing() as session:
        try:
            known = prefill(
                session,
                terminal=terminal,
                item=asked.item,
                wanted=wanted,
                name=asked.holder.name,
                number=asked.holder.number,
                at=here.now(),
            )
        except PersonMismatchError:
            raise _mismatch() from None
        return PrefillOut(data=[_datum(one) for one in known])


class CircumstanceOut(BaseModel):
    """One fact; ``family.child_born`` has a value for each child."""

    field: str
    values: list[str] = Field(repr=False)


class CircumstancesOut(BaseModel):
    """What is known; nothing for a person whom the resource base does not know."""

    data: list[CircumstanceOut]


@router.post("/circumstances")
def post_circumstances(here: Here, terminal: TerminalId, asked: OfHolderIn) -> CircumstancesOut:
    """Return the facts on which the catalogue's offers depend, for offering services that fit."""
    with here.database.writing() as session:
        try:
            known = circumstances(
                session,
                terminal=terminal,
                wanted=here.catalogue.decisive,
                name=asked.holder.name,
                number=asked.holder.number,
                at=here.now(),
            )
        except PersonMismatchError:
            raise _mismatch() from None
    return CircumstancesOut(
        data=[CircumstanceOut(field=field, values=list(values)) for field, values in known.items()]
    )


def _mismatch() -> ProblemError:
    return ProblemError(HTTPStatus.CONFLICT, "prefill.mismatch", "The number is known under another name.")


def _datum(known: Known) -> DatumOut:
    source = SourceOut(zh=known.department.name_zh, en=known.department.name_en)
    return DatumOut(field=known.field, value=known.value, source=source, as_of=known.as_of)
