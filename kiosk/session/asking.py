"""One question after the other: typed, ticked, picked from lists, or asked entry by entry."""

from dataclasses import replace
from datetime import date

from kiosk.forms.address import address_text, by_hand, known_addresses, pick, start, step_back
from kiosk.forms.computing import with_computed
from kiosk.forms.model import Field, Problem, Value
from kiosk.forms.parsing import check_entries, parse, ticked
from kiosk.forms.questions import dependent, next_question, previous_question, remaining
from kiosk.session.base import Context, Step, go, stay
from kiosk.session.entering import (
    add_entry,
    change_entry,
    listed,
    next_column,
    previous_column,
    remove_entry,
)
from kiosk.session.events import (
    AddressTaken,
    AnswerEdited,
    Continued,
    EntryAdded,
    EntryChosen,
    EntryRemoved,
    Event,
    OptionToggled,
    PlaceByHand,
    PlacePicked,
    PlacesReopened,
    WentBack,
)
from kiosk.session.filling import after_questions, ask
from kiosk.session.states import Asking, Gathering, PrefillPhase, Previewing, Reviewing, Session


def on_asking(session: Session, state: Asking, event: Event, context: Context) -> Step:
    """Take the answer to one question and go to the next."""
    match event:
        case AnswerEdited(text) if text == state.draft and _can_be_undone(state.field):
            return go(session, replace(state, draft="", problem=None))
        case AnswerEdited(text):
            return go(session, replace(state, draft=text, problem=None))
        case OptionToggled(value) if state.field.kind == "choices":
            return go(session, replace(state, draft=ticked(state.draft, value), problem=None))
        case PlacePicked() | PlaceByHand() | PlacesReopened() | AddressTaken():
            return go(session, _pick(state, event))
        case EntryAdded():
            return go(session, add_entry(state))
        case EntryChosen(index):
            return go(session, change_entry(state, index))
        case EntryRemoved(index) if state.field.kind == "group":
            return go(session, _with_answer(state, remove_entry(state, index), context.today))
        case Continued():
            return go(session, _continue(state, context.today))
        case WentBack():
            return go(session, _go_back(state))
        case _:
            return stay(session)


def _can_be_undone(field: Field) -> bool:
    """Tell whether a choice can be taken back by touching it again: nobody is held to an optional answer."""
    return field.kind == "choice" and not field.required


def _pick(state: Asking, event: PlacePicked | PlaceByHand | PlacesReopened | AddressTaken) -> Asking:
    places, picking = state.field.places, state.picking
    if places is None or picking is None:
        return state
    match event:
        case PlacePicked(name):
            # What was typed before belongs to another place.
            return replace(state, picking=pick(places, picking, name), draft="", problem=None)
        case PlaceByHand():
            return replace(state, picking=by_hand(picking), draft="", problem=None)
        case PlacesReopened():
            return replace(state, picking=start(""), draft="", problem=None)
        case AddressTaken(name):
            known = known_addresses(state.visit.form, state.visit.answers, state.name)
            text = next((value for field, value in known if field.name == name), state.draft)
            return replace(state, picking=start(text), draft=text, problem=None)


def _continue(state: Asking, today: date) -> Asking | Gathering | Reviewing:
    answer = _answer(state, today)
    if isinstance(answer, Problem):
        return replace(state, problem=answer)
    if state.entry is not None:
        following = next_column(state, state.entry, answer)
        if isinstance(following, Asking):
            return following
        return _with_answer(replace(state, entry=None, picking=None, draft=""), following, today)
    return _after_answer(_with_answer(state, answer, today))


def _answer(state: Asking, today: date) -> Value | Problem:
    field = state.field
    if field.kind == "group":
        entries = listed(state)
        return check_entries(field, entries) or entries
    text = state.draft if state.picking is None else address_text(field, state.picking, state.draft)
    return text if isinstance(text, Problem) else parse(field, text, today)


def _with_answer(state: Asking, value: Value, today: date) -> Asking:
    """Return the question with its answer; what depends on another answer is open again."""
    visit, name = state.visit, state.name
    answers = visit.answers
    if answers.get(name, value) != value:
        given = {datum.field for datum in visit.data if datum.used}
        answers = answers.without(*(dependent(visit.form, name) - given))
    data = tuple(
        replace(datum, used=False) if datum.field == name and datum.value != value else datum
        for datum in visit.data
    )
    answers = with_computed(visit.form, answers.with_(name, value), today)
    return replace(state, visit=replace(visit, answers=answers, data=data), problem=None)


def _after_answer(state: Asking) -> Asking | Gathering | Reviewing:
    visit = state.visit
    if state.changing:
        # A changed answer may open questions that did not apply before.
        opened = remaining(visit.form, visit.answers, visit.data)
        return ask(visit, opened[0], changing=True) if opened else Reviewing(visit)
    following = next_question(visit.form, visit.answers, state.name, visit.data)
    return ask(visit, following) if following is not None else after_questions(visit)


def _go_back(state: Asking) -> Asking | Previewing | Reviewing:
    places = state.field.places
    if state.picking is not None and places is not None:
        earlier = step_back(places, state.picking)
        if earlier is not None:
            return replace(state, picking=earlier, draft="", problem=None)
    if state.entry is not None:
        return previous_column(state, state.entry)
    if state.changing:
        return Reviewing(state.visit)
    before: Field | None = previous_question(
        state.visit.form, state.visit.answers, state.name, state.visit.data
    )
    if before is None:
        return Previewing(state.visit, PrefillPhase.READY)
    return ask(state.visit, before)
