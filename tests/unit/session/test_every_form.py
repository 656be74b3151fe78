"""Every service that can be filed here can be finished, whichever way its questions are answered."""

import random
from datetime import date

import pytest

from kiosk.catalogue.loader import load_builtin
from kiosk.catalogue.model import ServiceItem
from kiosk.demo.scenes import visits
from kiosk.forms.checking import check
from kiosk.forms.entries import entries_of, is_full
from kiosk.forms.loading import load_form
from kiosk.forms.model import Field, Form
from kiosk.forms.prefill import from_card
from kiosk.forms.questions import settled, visible
from kiosk.session.base import Context
from kiosk.session.events import AnswerEdited, Continued, EntryAdded, Event, PlaceByHand
from kiosk.session.machine import step
from kiosk.session.states import Asking, Gathering, PrefillPhase, Previewing, Reviewing, Session, Visit

CATALOGUE = load_builtin()
TODAY = date(2026, 11, 25)
WAYS = 12
PAGES_MOST = 200
SAMPLES = {"phone": "138 0013 8000", "date": "2019-08-07", "id-number": "440306194305179908"}


def _no_form(item: ServiceItem) -> Form:
    raise AssertionError(item.code)


def _answer(asked: Field, dice: random.Random) -> str:
    if not asked.required and dice.random() < 0.3:
        return ""
    if asked.kind == "choice":
        return dice.choice(asked.choices).value
    if asked.kind == "choices":
        most = min(asked.limits.most or len(asked.choices), len(asked.choices))
        count = dice.randint(asked.limits.least or 1, most)
        return "\n".join(choice.value for choice in dice.sample(asked.choices, count))
    if asked.kind == "number":
        if asked.limits.whole:
            return str(dice.randint(asked.limits.least or 0, asked.limits.most or 9))
        return "1" * max(1, asked.limits.length_min)
    return SAMPLES.get(asked.kind, "甲" * max(2, asked.limits.length_min))


def _replies(state: Asking, dice: random.Random) -> tuple[Event, ...]:
    asked = state.field
    if asked.kind == "group":
        entries = entries_of(state.visit.answers, state.name)
        needs = len(entries) < (asked.limits.least or 0)
        more = needs or (dice.random() < 0.4 and not is_full(asked, entries))
        return (EntryAdded(),) if more else (Continued(),)
    if asked.kind == "address":
        return PlaceByHand(), AnswerEdited("广东省深圳市宝安区示例路1号"), Continued()
    return AnswerEdited(_answer(asked, dice)), Continued()


def _finish(form: Form, item: ServiceItem, dice: random.Random) -> Visit:
    visit = Visit(item, form, visits.holder(), data=from_card(form, visits.holder()))
    session = Session(state=Previewing(visit, PrefillPhase.READY))
    events: tuple[Event, ...] = (Continued(),)
    for _ in range(PAGES_MOST):
        for event in events:
            session, _ = step(session, event, Context(0.0, TODAY, _no_form))
        state = session.state
        if isinstance(state, Gathering | Reviewing):
            return state.visit
        assert isinstance(state, Asking)
        assert state.problem is None, f"{state.field.name}: {state.problem}"
        events = _replies(state, dice)
    raise AssertionError("asked without end")


@pytest.mark.parametrize("code", [item.code for item in CATALOGUE.items if item.filing == "here"])
def test_every_way_through_a_form_ends_in_an_application_that_is_whole(code: str) -> None:
    source = CATALOGUE.form_source(code)
    assert source is not None
    form = load_form(source)
    for seed in range(WAYS):
        visit = _finish(form, CATALOGUE.item(code), random.Random(seed))
        assert check(form, settled(form, visit.answers)) == (), f"{code}, way {seed}"
        computed = {field.name for field in form.fields if field.computed is not None}
        shown = {field.name for field in visible(form, visit.answers)}
        assert computed & set(visit.answers) <= shown
