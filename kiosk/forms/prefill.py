"""Answers that somebody already knows, each with its source."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from kiosk.domain.identity import Holder, Proof
from kiosk.domain.text import Text
from kiosk.forms.model import Answers, Datum, Field, Form, Problem
from kiosk.forms.parsing import parse
from kiosk.forms.questions import SKIPPED

CARD = Text("身份证芯片", "ID card chip")
CODE = Text("一码通", "One-ID code")
TYPED = Text("监护人填写", "Entered by the guardian")
_SOURCES: Mapping[Proof, Text] = MappingProxyType({"card": CARD, "code": CODE, "typed": TYPED})


class PlatformDatum(Protocol):
    """One datum as the platform tells it."""

    @property
    def field(self) -> str:
        """Key of the datum, e.g. ``"population.phone"``."""
        ...

    @property
    def value(self) -> str:
        """The datum."""
        ...

    @property
    def source(self) -> Text:
        """Who knows it."""
        ...

    @property
    def as_of(self) -> date | None:
        """Its date at the source."""
        ...


def from_card(form: Form, holder: Holder) -> tuple[Datum, ...]:
    """Return what the card answers: ``card.name .number .sex .ethnic .born .address .issuer``."""
    known = {
        "card.name": holder.name,
        "card.number": holder.number,
        "card.sex": holder.sex,
        "card.ethnic": holder.ethnic,
        "card.born": holder.born.isoformat(),
        "card.address": holder.address,
        "card.issuer": holder.issuer,
    }
    data = (
        _datum(field, known[field.prefill], _SOURCES[holder.proof], None)
        for field in form.fields
        if field.prefill is not None and field.prefill in known
    )
    return tuple(datum for datum in data if datum is not None)


def from_platform(form: Form, rows: Iterable[PlatformDatum]) -> tuple[Datum, ...]:
    """Return what the platform answers; rows that no field asks for or takes are dropped."""
    known = {row.field: row for row in rows}
    data: list[Datum] = []
    for field in form.fields:
        row = None if field.prefill is None or field.prefill.startswith("card.") else known.get(field.prefill)
        if row is None:
            continue
        datum = _datum(field, row.value, row.source, row.as_of)
        if datum is not None:
            data.append(datum)
    return tuple(data)


def answers_from(form: Form, data: Iterable[Datum]) -> Answers:
    """Return the answers that the data in use give."""
    names = {field.name for field in form.fields}
    return Answers({datum.field: datum.value for datum in data if datum.used and datum.field in names})


def _datum(field: Field, text: str, source: Text, as_of: date | None) -> Datum | None:
    value = parse(field, text)
    if isinstance(value, Problem) or value == SKIPPED:
        return None
    return Datum(field.name, value, source, as_of)
