"""What one resident has given in a visit so far; it lives in the state only."""

from dataclasses import dataclass, field

from kiosk.catalogue.model import Material, ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import Holder
from kiosk.forms.model import Answers, Datum, Form

Situation = tuple[tuple[str, str], ...]
"""Answers to the pre-check in the order of its questions: code and value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong, as a stable code of ``docs/errors.md``."""

    code: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything one resident has given in this visit; lives in the state only.

    Args:
        item: What is applied for.
        form: Its questions.
        holder: Who applies.
        data: Prefilled data, each with its source and whether it is used.
        answers: Answers so far, the used data among them.
        pages: Accepted pages.
        situation: What was answered in the pre-check; it settles which documents are needed.
    """

    item: ServiceItem
    form: Form
    holder: Holder
    data: tuple[Datum, ...] = ()
    answers: Answers = field(default_factory=Answers)
    pages: tuple[CapturedPage, ...] = ()
    situation: Situation = ()

    @property
    def materials(self) -> tuple[Material, ...]:
        """The documents that the resident has to lay before the terminal."""
        return self.item.to_bring(dict(self.situation))
