"""What one resident has given in a visit so far; it lives in the state only."""

from dataclasses import dataclass, field, replace

from kiosk.catalogue.model import Material, ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import Holder
from kiosk.domain.signature import Signature
from kiosk.forms.model import Answers, Datum, Form
from kiosk.session.progress_states import Correction

Situation = tuple[tuple[str, str], ...]
"""Answers to the pre-check in the order of its questions: code and value."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything one resident has given in this visit; lives in the state only.

    Args:
        item: What is applied for.
        form: Its questions.
        holder: Who applies.
        data: Prefilled data, each with its source and whether it is used.
        answers: Answers so far, the used data among them.
        pages: Accepted pages; those of one document in the order they are handed in.
        scanned: Whether anything was laid on the scanner, kept or not.
        situation: What was answered in the pre-check; it settles which documents are needed.
        correction: The case that these documents go to; None for an application of its own.
        signature: How it was signed, the last thing before it is submitted.
    """

    item: ServiceItem
    form: Form
    holder: Holder
    data: tuple[Datum, ...] = ()
    answers: Answers = field(default_factory=Answers)
    pages: tuple[CapturedPage, ...] = ()
    scanned: bool = False
    situation: Situation = ()
    correction: Correction | None = None
    signature: Signature | None = None

    @property
    def materials(self) -> tuple[Material, ...]:
        """The documents that the resident has to lay before the terminal."""
        return self.item.to_bring(dict(self.situation))

    def pages_of(self, material: str) -> tuple[CapturedPage, ...]:
        """Return the accepted pages of one document, in their order."""
        return tuple(page for page in self.pages if page.material == material)

    def with_pages(self, material: str, pages: tuple[CapturedPage, ...]) -> "Visit":
        """Return the visit with these pages of one document instead of those it had."""
        others = tuple(page for page in self.pages if page.material != material)
        return replace(self, pages=(*others, *pages))
