"""Every kind of question, in every state its input can be in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from kiosk.demo.scenes import sample_form
from kiosk.forms.address import Picking
from kiosk.forms.computing import with_computed
from kiosk.forms.entries import Entry
from kiosk.forms.model import Answers, Problem
from kiosk.session.filling import ask
from kiosk.session.states import Asking, Reviewing, State, Visit

TODAY = date(2026, 11, 25)
STREET = ("宝安区", "新安街道")
BUILDING = (*STREET, "样例海棠社区", "样例海棠路1号海棠花园1栋")
REST = "某村3巷5号"


def question_states(blank: Visit) -> Iterator[tuple[str, State]]:
    """Yield the questions of the sample form, by a name.

    Args:
        blank: A visit about an item; its form and answers are replaced.
    """
    empty = replace(blank, form=sample_form.form(), answers=Answers(), data=(), pages=())
    full = replace(empty, answers=with_computed(empty.form, sample_form.answers(), TODAY))
    yield "question-number", _asking(empty, "rent", "2600")
    yield "question-id-number", _asking(empty, "number", "440306194305")
    yield "question-id-number-problem", _asking(empty, "number", "440306194305", "form.not-an-id-number")
    yield "question-phone-typed", _asking(empty, "phone", "1380000123")
    yield "question-date-typed", _asking(empty, "born", "19430")
    yield "question-date-problem", _asking(empty, "born", "19431332", "form.not-a-date")
    yield "question-choices", _asking(empty, "needs", "bed\nramp")
    yield "question-choices-problem", _asking(empty, "needs", "bed\ncare\nramp", "form.too-many")
    yield from _addresses(empty, full)
    yield "question-group-empty", _asking(empty, "children", "", "form.too-few")
    yield "question-group", _asking(full, "children")
    yield "question-group-full", _asking(_with_pets(full), "pets")
    first = Entry(2, "born", Answers({"name": "陈小强"}))
    yield "question-entry", replace(_asking(full, "children", "20210601"), entry=first)
    yield "question-entry-optional", replace(_asking(full, "children"), entry=replace(first, column="number"))
    yield "review-computed", Reviewing(full)


def _addresses(empty: Visit, full: Visit) -> Iterator[tuple[str, State]]:
    home = _asking(empty, "home")
    yield "question-address", home
    known = replace(empty, answers=Answers({"registered": str(full.answers["registered"])}))
    yield "question-address-known", _asking(known, "home")
    yield "question-address-list", replace(home, picking=Picking(STREET))
    yield "question-address-rooms", replace(home, picking=Picking(BUILDING))
    yield "question-address-whole", replace(home, picking=Picking((*BUILDING, "302")))
    yield "question-address-typing", replace(home, draft=REST, picking=Picking(STREET, typing=True))
    wrong = Problem(home.name, "form.address-incomplete")
    yield "question-address-problem", replace(home, problem=wrong, picking=Picking(STREET))
    yield "question-address-given", ask(full, full.form.field("home"))


def _with_pets(visit: Visit) -> Visit:
    pets = (Answers({"kind": "cat"}), Answers({"kind": "dog"}))
    return replace(visit, answers=visit.answers.with_("pets", pets))


def _asking(visit: Visit, name: str, draft: str = "", problem: str | None = None) -> Asking:
    wrong = None if problem is None else Problem(name, problem, MappingProxyType({"least": 1, "most": 2}))
    return replace(ask(visit, visit.form.field(name)), draft=draft, problem=wrong)
