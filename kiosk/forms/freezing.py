"""The answers of a visit → the application that is sealed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from kiosk.catalogue.model import Material, ServiceItem
from kiosk.domain.application import (
    Agent,
    Applicant,
    Application,
    CapturedPage,
    ItemFacts,
    MaterialLine,
    SituationLine,
    Source,
)
from kiosk.domain.identity import Holder
from kiosk.domain.signature import Signature
from kiosk.domain.text import Language
from kiosk.forms.model import Answers, Datum, Form
from kiosk.forms.questions import settled


def freeze(
    *,
    item: ServiceItem,
    form: Form,
    holder: Holder,
    data: Iterable[Datum],
    answers: Answers,
    pages: Iterable[CapturedPage],
    situation: Iterable[tuple[str, str]] = (),
    signature: Signature | None = None,
    terminal: str,
    language: Language,
    declared_at: datetime,
    corrects: str = "",
    agent: Agent | None = None,
    evidence: Iterable[Material] = (),
) -> Application:
    """Make the application of a visit whose answers are complete (``check`` finds nothing).

    Args:
        item: What is applied for.
        form: Its questions.
        holder: Who applies.
        data: Prefilled data; the source of each that is used and was not typed over goes along, and
            of each that the resident disputes.
        answers: All answers; those of questions that do not apply are left out.
        pages: Accepted pages, counted per material.
        situation: Answers to the pre-check; they settle which materials are on the list.
        signature: How it was signed, None where the item wants no signature.
        terminal: Number of the terminal.
        language: Language in which the declaration was read.
        declared_at: Aware UTC time of the declaration.
        corrects: 办件编号 of the case that asks for these documents, ``""`` for an application of its own.
        agent: Who files for the holder, None for whoever files for themselves.
        evidence: Documents that show that the agent may.
    """
    final = settled(form, answers)
    given = dict(situation)
    taken = Counter(page.material for page in pages)
    return Application(
        item=_facts(item),
        applicant=Applicant(holder.name, holder.number, holder.document, holder.proof),
        phone=_phone(form, final),
        answers=dict(final),
        sources=_sources(data, final),
        materials=tuple(
            MaterialLine(
                material.code, material.name, material.required, material.capture, taken[material.code]
            )
            for material in (*evidence, *item.needed(given))
        ),
        signed_by=None if signature is None else "card" if signature.by_card else "hand",
        situation=tuple(_choice(item, code, value) for code, value in given.items()),
        terminal=terminal,
        language=language,
        declared_at=declared_at,
        corrects=corrects,
        agent=agent,
    )


def _sources(data: Iterable[Datum], final: Answers) -> tuple[Source, ...]:
    return tuple(
        Source(datum.field, datum.source, datum.as_of, str(datum.value) if datum.disputed else None)
        for datum in data
        if datum.disputed or (datum.used and final.get(datum.field) == datum.value)
    )


def _choice(item: ServiceItem, code: str, value: str) -> SituationLine:
    question = next(one for one in item.precheck if one.code == code)
    return SituationLine(code, value, question.title, question.way(value).title)


def _facts(item: ServiceItem) -> ItemFacts:
    return ItemFacts(
        code=item.code,
        basic_code=item.basic_code,
        implementation_code=item.implementation_code,
        name=item.name,
        kind_code=item.kind_code,
        department=item.department,
        version=item.version,
    )


def _phone(form: Form, answers: Answers) -> str:
    """Return the applicant's phone: the first phone that the form asks for."""
    for field in form.fields:
        if field.kind == "phone" and field.name in answers:
            return str(answers[field.name])
    return ""
