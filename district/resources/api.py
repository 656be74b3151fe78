"""Prefill over HTTP."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from district.auth import TerminalId
from district.base import PLAIN_TEXT
from district.problems import ProblemError
from district.resources.circumstances import circumstances
from district.resources.prefill import Known, PersonMismatchError, prefill
from district.services import Here

router = APIRouter(prefix="/v1", tags=["resources"])


class HolderIn(BaseModel):
    """Who sits at the terminal, as the identity card says."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=200, pattern=PLAIN_TEXT, repr=False)
    number: str = Field(min_length=1, max_length=18, pattern=PLAIN_TEXT, repr=False)


class PrefillIn(BaseModel):
    """For which item, and for whom."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    item: str = Field(max_length=64)
    holder: HolderIn


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


class CircumstancesIn(BaseModel):
    """Of whom."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    holder: HolderIn


class CircumstanceOut(BaseModel):
    """One fact; ``family.child_born`` has a value for each child."""

    field: str
    values: list[str] = Field(repr=False)


class CircumstancesOut(BaseModel):
    """What is known; nothing for a person whom the resource base does not know."""

    data: list[CircumstanceOut]


@router.post("/circumstances")
def post_circumstances(here: Here, terminal: TerminalId, asked: CircumstancesIn) -> CircumstancesOut:
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
