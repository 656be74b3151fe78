"""What one resident has given in a visit so far; it lives in the state only."""

from dataclasses import dataclass, field, replace

from kiosk.catalogue.acting import Relation, WayCode
from kiosk.catalogue.model import Material, ServiceItem
from kiosk.domain.application import CapturedPage
from kiosk.domain.identity import Holder
from kiosk.domain.signature import Signature
from kiosk.forms.model import Answers, Datum, Form
from kiosk.session.progress_states import Correction

Situation = tuple[tuple[str, str], ...]
"""Answers to the pre-check in the order of its questions: code and value."""


@dataclass(frozen=True, slots=True)
class Acting:
    """That somebody files for somebody else.

    Args:
        way: For another adult, or for a child.
        relation: What the agent is to the applicant, and which evidence shows it.
        agent: Who stands here (代理人).
    """

    way: WayCode
    relation: Relation
    agent: Holder


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
        acting: Who files it for the holder; None for whoever files for themselves.
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
    acting: Acting | None = None

    @property
    def evidence(self) -> tuple[Material, ...]:
        """The documents that show that one may act for the other."""
        return () if self.acting is None else self.acting.relation.evidence

    @property
    def materials(self) -> tuple[Material, ...]:
        """The documents that the resident has to lay before the terminal."""
        return (*self.evidence, *self.item.to_bring(dict(self.situation)))

    @property
    def signer(self) -> Holder:
        """Who stands here, and signs."""
        return self.holder if self.acting is None else self.acting.agent

    def pages_of(self, material: str) -> tuple[CapturedPage, ...]:
        """Return the accepted pages of one document, in their order."""
        return tuple(page for page in self.pages if page.material == material)

    def with_pages(self, material: str, pages: tuple[CapturedPage, ...]) -> "Visit":
        """Return the visit with these pages of one document instead of those it had."""
        others = tuple(page for page in self.pages if page.material != material)
        return replace(self, pages=(*others, *pages))
