"""Certificates over HTTP: which a card's holder can have, and one of them as a PDF."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from district.auth import TerminalId
from district.holder import HolderIn, OfHolderIn
from district.problems import ProblemError
from district.resources.api import SourceOut
from district.resources.documents import Offer, as_pdf, note_handed_out, offers, person_of
from district.resources.prefill import PersonMismatchError
from district.resources.tables import Department, Person
from district.services import Here
from district.times import district_day

router = APIRouter(prefix="/v1", tags=["resources"])


class DocumentIn(OfHolderIn):
    """Which of somebody's certificates."""

    kind: Annotated[str, Field(max_length=40, pattern=r"^[a-z-]+$")]


class DocumentOut(BaseModel):
    """One certificate, and whose it is."""

    kind: str
    title: SourceOut
    department: SourceOut
    name: str = Field(repr=False)
    number: str = Field(repr=False)
    as_of: date
    pages: int


class DocumentsOut(BaseModel):
    """What can be printed; nothing for a person whom the resource base does not know."""

    documents: list[DocumentOut]


@router.post("/documents")
def post_documents(here: Here, _terminal: TerminalId, asked: OfHolderIn) -> DocumentsOut:
    """Tell which certificates the holder of a card can have printed."""
    with here.database.reading() as session:
        person = _person(session, asked.holder)
        found = () if person is None else offers(person)
        return DocumentsOut(
            documents=[_document(session, person, one) for one in found if person is not None]
        )


@router.post(
    "/documents/pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "One page of A4."}},
)
def post_document(here: Here, terminal: TerminalId, asked: DocumentIn) -> Response:
    """Return one certificate, and record that it was handed out."""
    now = here.now()
    with here.database.writing() as session:
        person = _person(session, asked.holder)
        offer = next((one for one in offers(person) if one.kind == asked.kind), None) if person else None
        if person is None or offer is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "document.not-found", "There is no such certificate.")
        department = session.get_one(Department, offer.source.department_code)
        body = as_pdf(person, offer, department.name_zh, district_day(now))
        note_handed_out(session, person, offer.kind, terminal, now)
    return Response(body, media_type="application/pdf", headers={"Cache-Control": "no-store"})


def _person(session: Session, holder: HolderIn) -> Person | None:
    try:
        return person_of(session, holder.name, holder.number)
    except PersonMismatchError:
        raise ProblemError(
            HTTPStatus.CONFLICT, "prefill.mismatch", "The number is known under another name."
        ) from None


def _document(session: Session, person: Person, offer: Offer) -> DocumentOut:
    department = session.get_one(Department, offer.source.department_code)
    return DocumentOut(
        kind=offer.kind,
        title=SourceOut(zh=offer.title_zh, en=offer.title_en),
        department=SourceOut(zh=department.name_zh, en=department.name_en),
        name=person.name,
        number=person.number,
        as_of=offer.source.as_of,
        pages=1,
    )
